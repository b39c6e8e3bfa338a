import type { Api } from '../data/api.ts';
import { type Count, fetchRelationships, PAGE, type RelationshipPage } from '../data/details.ts';
import type { Knowledge } from '../data/knowledge.ts';
import type { Legend } from '../data/legend.ts';
import { distinct } from '../state/view.ts';
import { notice } from './announce.ts';
import type { Connections } from './connections.ts';

/** Bringing more onto the graph: a page of one type of relationships, or everything around an entity that has little. */

export interface ExpandingFrom {
  readonly api: Api;
  readonly legend: Legend;
  readonly knowledge: Knowledge;
  readonly isShown: (id: string) => boolean;
  readonly show: (ids: readonly string[], selected: string) => void;
  readonly select: (id: string) => void;
  readonly fail: (error: unknown) => void;
}

export interface Expanding {
  readonly expand: Connections['expand'];
  /** Everything around an entity, where that is one page; else its panel tells how much there is of what. */
  readonly expandAll: (id: string) => Promise<void>;
}

export function expanding({ api, legend, knowledge, isShown, show, select, fail }: ExpandingFrom): Expanding {
  const cursors = new Map<string, string | null>();

  async function nextPage(id: string, count: Count, goesOnGraph: boolean): Promise<RelationshipPage> {
    const at = `${id} ${count.type} ${count.direction} ${goesOnGraph ? 'shown' : 'listed'}`;
    for (;;) {
      const page = await fetchRelationships(api, legend, id, count, cursors.get(at) ?? null);
      const { hasNextPage, endCursor } = page.pageInfo;
      cursors.set(at, hasNextPage ? endCursor : null);
      // Pages of which all is on the graph already are passed by.
      if (!goesOnGraph || !hasNextPage || page.edges.some(({ other }) => !isShown(other.id))) return page;
    }
  }

  return {
    async expand(id, count, goesOnGraph) {
      try {
        const page = await nextPage(id, count, goesOnGraph);
        knowledge.learn({
          nodes: page.edges.map(({ other }) => other),
          relationships: page.edges.map(({ node }) => node),
        });
        if (!goesOnGraph) return page;
        const others = distinct(page.edges.map(({ other }) => other.id).filter((other) => !isShown(other)));
        if (others.length === 0) notice('All of these are on the graph.');
        else {
          show(others, id);
          notice(`${others.length} more on the graph${page.pageInfo.hasNextPage ? ', and there are others' : ''}.`);
        }
        return page;
      } catch (error) {
        fail(error);
        return null;
      }
    },

    async expandAll(id) {
      try {
        const { entity } = await api.ask<{ entity: { relationshipCounts: readonly Count[] } | null }>(
          'query Around($id: ID!) { entity(id: $id) { relationshipCounts { type direction count } } }',
          { id },
        );
        // What mentions it is seldom what one looks for, and mostly many.
        const counts = (entity?.relationshipCounts ?? []).filter(({ type }) => type !== 'MENTIONS');
        const total = counts.reduce((sum, { count }) => sum + count, 0);
        if (total > PAGE) {
          select(id);
          notice(`It has ${total} relationships: choose in the panel which to show.`);
          return;
        }
        const pages = await Promise.all(counts.map((count) => fetchRelationships(api, legend, id, count, null)));
        const others = pages.flatMap(({ edges }) => edges.map(({ other }) => other.id));
        const fresh = distinct(others.filter((other) => !isShown(other)));
        if (fresh.length === 0) notice('Everything around it is on the graph.');
        else show(fresh, id);
      } catch (error) {
        fail(error);
      }
    },
  };
}
