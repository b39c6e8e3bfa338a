import type { Shown } from '../state/shown.ts';

/** What is on screen as node-link JSON, as NetworkX reads it: made here, so that it may be of any size. */
export function nodeLink({ nodes, edges }: Shown): string {
  return JSON.stringify(
    {
      directed: true,
      multigraph: true,
      graph: { name: 'explore' },
      nodes: nodes.map(({ id, name, type }) => ({ id, label: name, type })),
      edges: edges.map(({ edge: { from, to, id, begins, ends, ...rest }, state }) => ({
        source: from,
        target: to,
        key: id,
        ...rest,
        validFrom: begins,
        validTo: ends,
        ...(state === null ? {} : { state }),
      })),
    },
    null,
    1,
  );
}
