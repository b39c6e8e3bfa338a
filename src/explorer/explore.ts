import { type Api, Refused } from './data/api.ts';
import { opening } from './data/finding.ts';
import { createKnowledge } from './data/knowledge.ts';
import type { Legend } from './data/legend.ts';
import { fetchPaths, type Paths } from './data/paths.ts';
import type { Edge, Entity } from './data/things.ts';
import { lettersOf } from './drawing/appearance.ts';
import { createGraphView } from './drawing/graph-view.ts';
import { createLayout } from './layout/layout.ts';
import { announce, notice } from './parts/announce.ts';
import { dateSlider } from './parts/date-slider.ts';
import { byId } from './parts/dom.ts';
import { expanding } from './parts/expanding.ts';
import { exportDialog } from './parts/export-dialog.ts';
import { keyboard } from './parts/keyboard.ts';
import { filterControls, legendPanel } from './parts/legend-panel.ts';
import { drawListing } from './parts/listing.ts';
import { loadDialog } from './parts/load-dialog.ts';
import { closePanel, type PanelActions, showEdge, showEntity } from './parts/panel.ts';
import { closePaths, showPaths } from './parts/path-panel.ts';
import { picking } from './parts/picking.ts';
import { createPlaces } from './parts/places.ts';
import { searchBox } from './parts/search-box.ts';
import { palette, theme } from './parts/theme.ts';
import { toolbar } from './parts/toolbar.ts';
import { loadWhole } from './parts/whole.ts';
import { type Shown, shownOf } from './state/shown.ts';
import { createSteps } from './state/steps.ts';
import { distinct, type View } from './state/view.ts';

/** The explorer: steps change the view, and everything on the page is drawn from the view. */
export async function explore(api: Api, legend: Legend): Promise<void> {
  const knowledge = createKnowledge(api, legend);
  const places = createPlaces();
  const layout = createLayout();
  const letters = lettersOf(legend);
  const box = byId('graph');
  let whole: { readonly key: string; readonly ids: readonly string[] } | null = null;
  let shown: Shown = { nodes: [], edges: [], entityCounts: new Map(), edgeCounts: new Map() };
  let inView: readonly string[] = [];
  let paths: { readonly key: string; readonly found: Paths; chosen: number } | null = null;
  let updating = new AbortController();
  /** What the panel tells of. */
  let told: string | null = null;

  const fail = (error: unknown): void => {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    const suggestion = error instanceof Refused && error.suggestion ? ` ${error.suggestion}` : '';
    notice(error instanceof Refused ? `${error.message}${suggestion}` : 'The server cannot be reached.', true);
  };
  const steps = createSteps((view) => void update(view));
  const show = (ids: readonly string[], selected: string | null): void =>
    steps.go({ ids: distinct([...steps.view.ids, ...ids]), selected });

  /** Selects whatever has the id, and brings it onto the graph first where it is not there. */
  const select = (id: string | null): void => {
    if (id !== null && pick.take(id)) return;
    const edge = id === null ? undefined : knowledge.edge(id);
    if (id === null || inView.includes(id)) steps.go({ selected: id });
    else if (edge)
      show(
        [edge.from, edge.to].filter((end) => !inView.includes(end)),
        id,
      );
    else show([id], id);
  };
  const { expand, expandAll } = expanding({
    api,
    legend,
    knowledge,
    isShown: (id) => inView.includes(id),
    show,
    select,
    fail,
  });
  const pick = picking(
    (from, to) => steps.go({ path: { from, to }, selected: null }),
    (id) => knowledge.entity(id)?.name ?? id,
  );

  const actions: PanelActions = {
    select,
    expand,
    fail,
    close: () => {
      steps.go({ selected: null });
      box.focus();
    },
    remove: (id) => {
      const { path } = steps.view;
      const kept = inView.filter((each) => each !== id);
      steps.go({ ids: kept, whole: null, selected: null, path: path?.from === id || path?.to === id ? null : path });
      announce(`${knowledge.entity(id)?.name ?? id} is off the graph.`);
    },
    startPath: (id) => pick.start(id),
  };
  const view = createGraphView(box, legend, palette(), {
    select,
    expand: (id) => void expandAll(id),
    drag: (id, place) => {
      places.put(id, place);
      layout.stop();
      view.move(places.placeOf, places.spread(inView));
    },
  });
  const drawDates = dateSlider(steps);

  async function idsOf({ whole: asked, ids }: View, signal: AbortSignal): Promise<readonly string[]> {
    if (!asked) return ids;
    const key = `${asked.limit} ${asked.types.join()}`;
    if (whole?.key !== key) {
      byId('progress').hidden = false;
      const loaded = await loadWhole(api, legend, knowledge, asked).finally(() => {
        byId('progress').hidden = true;
      });
      signal.throwIfAborted();
      whole = { key, ids: loaded.ids };
      notice(
        loaded.isTruncated
          ? `The first ${asked.limit} entities; there are more.`
          : `All ${loaded.ids.length} entities that there are.`,
      );
    }
    return distinct([...whole.ids, ...ids]);
  }

  async function update(next: View): Promise<void> {
    updating.abort();
    updating = new AbortController();
    const { signal } = updating;
    try {
      box.setAttribute('aria-busy', 'true');
      const ids = await idsOf(next, signal);
      await knowledge.complete(ids, signal);
      await findPaths(next, signal);
      if (signal.aborted) return;
      inView = ids.filter((id) => knowledge.entity(id));
      draw(next);
      tell(next);
    } catch (error) {
      if (!signal.aborted) fail(error);
    } finally {
      if (!signal.aborted) box.setAttribute('aria-busy', 'false');
    }
  }

  async function findPaths({ path }: View, signal: AbortSignal): Promise<void> {
    if (!path) {
      paths = null;
      return closePaths();
    }
    const key = `${path.from} ${path.to}`;
    if (paths?.key === key) return;
    const found = await fetchPaths(api, legend, path.from, path.to, signal);
    for (const each of found.paths) knowledge.learn(each);
    paths = { key, found, chosen: 0 };
    choosePath(0);
    const [first] = found.paths;
    announce(first ? `Path of ${first.length}: ${first.explanation.join(' ')}` : 'There is no path.');
  }
  function choosePath(index: number): void {
    if (!paths || !steps.view.path) return;
    paths.chosen = index;
    const { from, to } = steps.view.path;
    const names = [from, to].map((id) => knowledge.entity(id)?.name ?? id) as [string, string];
    showPaths(names, paths.found, index, choosePath, () => steps.go({ path: null }));
    const missing = (paths.found.paths[index]?.nodes ?? [])
      .map(({ id }) => id)
      .filter((id) => !steps.view.ids.includes(id));
    // What a path leads through is part of the step that asked for it.
    if (missing.length > 0) steps.amend({ ids: distinct([...steps.view.ids, ...missing]) });
    else markPath();
  }
  function markPath(): void {
    const chosen = paths?.found.paths[paths.chosen];
    const path = chosen && {
      nodes: new Set(chosen.nodes.map(({ id }) => id)),
      edges: new Set(chosen.relationships.map(({ id }) => String(id))),
    };
    view.mark({ selected: steps.view.selected, path: path ?? null });
  }

  function draw(next: View): void {
    const { entities, edges } = knowledge.among(inView);
    shown = shownOf(next, entities, edges, legend);
    const fresh = places.settle(entities, edges);
    const ids = entities.map(({ id }) => id);
    view.show(shown, places.placeOf, places.spread(ids));
    markPath();
    if (fresh > 0) arrange(entities, edges, ids, fresh);
    legendPanel(legend, next, shown, letters, steps);
    drawListing(legend, shown, next.selected, select);
    drawDates(next, edges);
    tools.draw(steps);
    byId('welcome').hidden = inView.length > 0;
  }

  /** Lays out anew; on the way, drawing takes a quarter of the time at most, so that the page stays responsive. */
  function arrange(entities: readonly Entity[], edges: readonly Edge[], ids: readonly string[], fresh: number): void {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    // Without the margins, and the bar of days.
    const room = {
      width: Math.max(200, box.clientWidth - 128),
      height: Math.max(200, (box.clientHeight - 128) / 1.12),
    };
    let next = 0;
    byId('progress').hidden = false;
    layout.start(places.task(entities, edges, fresh, room), (at, isDone) => {
      const start = performance.now();
      if (!isDone && (calm || start < next)) return;
      for (const [index, id] of ids.entries()) places.put(id, { x: at[2 * index] ?? 0, y: -(at[2 * index + 1] ?? 0) });
      view.move(places.placeOf, places.spread(ids));
      next = performance.now() + 3 * (performance.now() - start);
      if (!isDone) return;
      byId('progress').hidden = true;
      box.dataset['settled'] = String(ids.length);
    });
  }

  function tell({ selected }: View): void {
    if (told === selected) return;
    told = selected;
    if (selected === null) {
      closePanel();
      return;
    }
    const entity = knowledge.entity(selected);
    const edge = knowledge.edge(selected);
    if (entity) {
      const degree = view.scene.hasNode(selected) ? view.scene.degree(selected) : 0;
      announce(`${entity.name}, ${legend.entities.get(entity.type)?.label ?? ''}, ${degree} relationships on screen`);
      view.reveal(selected);
      void showEntity(api, legend, entity, actions);
    } else if (edge) void showEdge(api, legend, edge, actions);
    else closePanel();
  }

  const load = loadDialog(legend, (asked) => steps.go({ whole: asked, selected: null, path: null }));
  const exporting = exportDialog(api, () => ({
    ids: shown.nodes.map(({ id }) => id),
    shown,
    view: steps.view,
    drawn: view,
  }));
  const tools = toolbar(steps, {
    zoom: view.zoom,
    fit: view.fit,
    load,
    exporting,
    startPath: () =>
      pick.start(steps.view.selected !== null && knowledge.entity(steps.view.selected) ? steps.view.selected : null),
  });
  filterControls(steps);
  searchBox(api, legend, ({ id }) => select(id));
  keyboard(steps, view, {
    select,
    expand: (id) => void expandAll(id),
    remove: actions.remove,
    escape: () => pick.stop() || actions.close(),
  });
  theme(() => {
    view.paint(palette());
    view.show(shown, places.placeOf, places.spread(inView));
    markPath();
  });
  if (steps.view.ids.length === 0 && steps.view.whole === null) steps.amend({ ids: await opening(api) });
  else void update(steps.view);
}
