import { type Extent, isWhole } from '../../compile/extent.ts';
import { alikeTypes, claimRows, edgeRows, entityRows } from '../../compile/extent-rows.ts';
import type { Statement } from '../../compile/plan.ts';
import { type Model, relationshipNamed } from '../../model/model.ts';
import type { Connection } from '../../store/connection.ts';
import { lookAtFeed } from '../../store/log/feed.ts';
import { chooseEntities } from './choose-entities.ts';
import { countAll, countExtent, type ExtentCounts } from './counts.ts';
import type { ExportClaim, ExportEdge, ExportGraph, ExportNode } from './export-graph.ts';
import { type CheckedRequest, checkRequest, type ExportRequest } from './export-request.ts';
import { IdIndex } from './id-index.ts';
import { claimNode, claimTies, readClaim, readEdge, readEntity } from './rows.ts';

/**
 * A part of the graph, or the whole, to be written by any format. What is in it is chosen and counted here, and nothing
 * of it read: `nodes`, `edges` and `claims` do that as they are consumed, from a session each.
 * @param signal ends whatever is read of it
 * @throws ConcordatError BAD_USER_INPUT or LIMIT_EXCEEDED with the parameter's name as its path, TIMEOUT, DATABASE_UNAVAILABLE
 */
export async function exportGraph(
  connection: Connection,
  model: Model,
  request: ExportRequest,
  signal?: AbortSignal,
): Promise<ExportGraph> {
  const checked = checkRequest(model, request);
  const { entityTypes, relationshipTypes, asOf, minCommitment } = checked;
  const all: Extent = { model, chosen: null, entityTypes, relationshipTypes, asOf, minCommitment };
  const ask = (statement: Statement) =>
    connection.read(statement, { operation: 'export', ...(signal ? { signal } : {}) });
  const [there, feed] = await Promise.all([countAll(ask), lookAtFeed(connection, signal)]);
  const { chosen, truncated } = await chooseEntities(connection, all, checked, there, signal);
  const extent: Extent = { ...all, chosen };
  const { counts, ...types } = await countExtent(ask, extent, there, checked.view === 'full');
  const reading = new Reading(connection, extent, types, checked.view, signal);
  const { name, parameters, view } = checked;
  const exportedAt = feed.at ?? new Date().toISOString();
  return {
    about: { name, parameters, view, exportedAt, counts, truncated },
    nodes: () => reading.nodes(),
    edges: () => reading.edges(),
    claims: () => reading.claims(),
  };
}

class Reading {
  /** Ids of all nodes, once they have been read to the last. */
  #known: IdIndex | null = null;

  constructor(
    readonly connection: Connection,
    readonly extent: Extent,
    /** Types that have any: no other is asked for. */
    readonly types: Pick<ExtentCounts, 'entityTypes' | 'relationshipTypes'>,
    readonly view: CheckedRequest['view'],
    readonly signal: AbortSignal | undefined,
  ) {}

  async *nodes(): AsyncGenerator<ExportNode, void> {
    const known = new IdIndex();
    for (const type of this.types.entityTypes) {
      const { statement, columns } = entityRows(this.extent, type);
      for await (const rows of this.#stream(statement))
        for (const row of rows) {
          const node = readEntity(type, columns, row);
          known.add(node.id);
          yield node;
        }
    }
    if (this.view === 'full')
      for await (const claim of this.claims()) {
        known.add(claim.id);
        yield claimNode(claim);
      }
    this.#known ??= known;
  }

  /** Between two sessions the graph may have changed: an edge whose end was not among the nodes is passed over. */
  async *edges(): AsyncGenerator<ExportEdge, void> {
    const known = await this.#nodeIds();
    for (const types of alikeTypes(this.types.relationshipTypes)) {
      const { statement, columns } = edgeRows(this.extent, types);
      for await (const rows of this.#stream(statement))
        for (const row of rows) {
          const type = relationshipNamed(this.extent.model, String(row[3]));
          if (type && known.has(String(row[1])) && known.has(String(row[2]))) yield readEdge(type, columns, row);
        }
    }
    if (this.view === 'full')
      for await (const claim of this.claims())
        for (const tie of claimTies(claim)) if (known.has(tie.from) && known.has(tie.to)) yield tie;
  }

  async *claims(): AsyncGenerator<ExportClaim, void> {
    const isOnce = isWhole(this.extent);
    const seen = new IdIndex();
    for await (const rows of this.#stream(claimRows(this.extent)))
      for (const row of rows) {
        const claim = readClaim(row);
        if (!isOnce) {
          if (seen.has(claim.id)) continue;
          seen.add(claim.id);
        }
        yield claim;
      }
  }

  async #nodeIds(): Promise<IdIndex> {
    if (!this.#known) for await (const _ of this.nodes());
    if (!this.#known) throw new Error('the ids of the nodes are known once they have been read');
    return this.#known;
  }

  #stream(statement: Statement): AsyncIterable<unknown[][]> {
    return this.connection.stream(statement, {
      operation: 'export',
      ...(this.signal ? { signal: this.signal } : {}),
    });
  }
}
