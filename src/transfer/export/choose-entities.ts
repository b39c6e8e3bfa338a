import { byIds, byQuery, firstByIds, oneStepFrom } from '../../compile/choosing.ts';
import type { Extent } from '../../compile/extent.ts';
import type { Statement } from '../../compile/plan.ts';
import { badInput } from '../../errors.ts';
import { isSource } from '../../model/common-fields.ts';
import type { EntityType } from '../../model/declarations.ts';
import { enumName, typeAmong } from '../../model/model.ts';
import type { Connection } from '../../store/connection.ts';
import type { CountsOfAll } from './counts.ts';
import { type CheckedRequest, DEFAULT_LIMIT, MOST } from './export-request.ts';

/** Which entities an export is of: those that are named or found, grown step by step, up to a limit. */

export interface Choice {
  /** Null where it is all of the extent's types. */
  readonly chosen: ReadonlyMap<EntityType, readonly string[]> | null;
  /** In words, what a limit has left out; null where nothing was. */
  readonly truncated: string | null;
}

type Ask = (statement: Statement) => Promise<unknown[][]>;

/** @throws BAD_USER_INPUT for ids that nothing has */
export async function chooseEntities(
  connection: Connection,
  extent: Extent,
  request: CheckedRequest,
  there: CountsOfAll,
  signal?: AbortSignal,
): Promise<Choice> {
  const ask: Ask = (statement) => connection.read(statement, { operation: 'export', ...(signal ? { signal } : {}) });
  return request.ids.length === 0 && request.query === null
    ? firstOfAll(ask, extent, request, there.entities(extent.entityTypes))
    : grown(ask, extent, request);
}

/** The whole graph, or where that has more entities than a limit, the first of them by their ids. */
async function firstOfAll(ask: Ask, extent: Extent, { limit }: CheckedRequest, there: number): Promise<Choice> {
  if (limit === null || there <= limit) return { chosen: null, truncated: null };
  const found = new Found(extent, limit);
  for (const [id, labels] of await ask(firstByIds(extent, limit))) found.add(id, labels);
  return {
    chosen: found.byType(),
    truncated: `limit: ${limit} of ${there} entities are here, the first by their ids, with the relationships among them; leave limit out for all of them`,
  };
}

async function grown(ask: Ask, extent: Extent, request: CheckedRequest): Promise<Choice> {
  const limit = request.limit ?? DEFAULT_LIMIT;
  const found = new Found(extent, limit);
  if (request.ids.length > 0) {
    const rows = await ask(byIds(request.ids));
    const known = new Set(rows.map(([given]) => given));
    const missing = request.ids.filter((id) => !known.has(id));
    if (missing.length > 0) throw unknownIds(missing);
    for (const [, id, labels] of rows) found.add(id, labels);
  }
  if (request.query !== null) {
    const types = extent.entityTypes.length < extent.model.entities.length ? extent.entityTypes.map(enumName) : [];
    for (const [id, labels] of await ask(byQuery(request.query, types, limit + 1))) found.add(id, labels);
  }
  let rim = found.takeNew();
  for (let step = 0; step < request.depth && rim.length > 0 && !found.isFull; step++) {
    const through = rim.filter(({ type }) => step === 0 || !isSource(type)).map(({ id }) => id);
    const room = limit - found.size + 1;
    for (const [id, labels] of await ask(oneStepFrom(extent, through, found.ids(), room))) found.add(id, labels);
    rim = found.takeNew();
  }
  return {
    chosen: found.byType(),
    truncated: found.isFull
      ? `limit: there are more than ${limit} entities; those nearest to what was asked for are here. ${limit < MOST ? `Raise limit (at most ${MOST}), or name types` : 'Name types'}, or take a smaller depth`
      : null,
  };
}

const unknownIds = (missing: readonly string[]) =>
  badInput(
    missing.length === 1
      ? `There is no entity ${missing[0]}.`
      : `There are no entities ${missing.slice(0, 20).join(', ')}${missing.length > 20 ? ` and ${missing.length - 20} more` : ''}.`,
    {
      path: ['ids'],
      value: missing.slice(0, 20).join(','),
      suggestion: 'Find ids by name: { suggest(prefix: "…") { id name } }. Ids that a merge retired will do.',
    },
  );

/** Entities in the order in which they were found, each once, up to a limit. */
class Found {
  readonly #types = new Map<string, EntityType>();
  #taken = 0;
  isFull = false;

  constructor(
    readonly extent: Extent,
    readonly limit: number,
  ) {}

  get size(): number {
    return this.#types.size;
  }

  ids(): string[] {
    return [...this.#types.keys()];
  }

  add(id: unknown, labels: unknown): void {
    const type = typeAmong(this.extent.model, labels as string[]);
    if (!type || this.#types.has(String(id))) return;
    if (this.#types.size >= this.limit) this.isFull = true;
    else this.#types.set(String(id), type);
  }

  /** Those that were found since it was last called. */
  takeNew(): { readonly id: string; readonly type: EntityType }[] {
    const fresh = [...this.#types].slice(this.#taken).map(([id, type]) => ({ id, type }));
    this.#taken = this.#types.size;
    return fresh;
  }

  byType(): Map<EntityType, string[]> {
    const byType = new Map<EntityType, string[]>();
    for (const [id, type] of this.#types) {
      const some = byType.get(type);
      if (some) some.push(id);
      else byType.set(type, [id]);
    }
    return byType;
  }
}
