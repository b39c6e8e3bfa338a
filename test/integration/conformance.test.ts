import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { cityGraph } from '../support/city-graph.ts';
import { agreeing, agreeOnDrawn, cursorsAt, isShort } from '../support/oracle/agreement.ts';
import { Choices } from '../support/oracle/choices.ts';
import { generate, rootsOf } from '../support/oracle/generate.ts';
import { generateScoped } from '../support/oracle/generate-scoped.ts';
import { deepOperations } from '../support/oracle/operations.ts';
import { agreeOnDays, scopedOperations } from '../support/oracle/operations-scoped.ts';
import { draws } from '../support/thoroughness.ts';

/**
 * One operation, answered twice: by the compiled statement on a real Neo4j, and by graphql-js over plain objects. Both
 * must be equal to the letter, the order of keys included. To look at a failure by its seed, or for longer:
 * `CONFORMANCE_SEED=7 CONFORMANCE_RUNS=2000`; with `CONFORMANCE_SHRINK=true` the smallest operation that fails is sought.
 */

const graph = cityGraph();

const seed = Number(process.env['CONFORMANCE_SEED'] ?? 20240203);
const numRuns = Number(process.env['CONFORMANCE_RUNS'] ?? draws(25, 80));
const endOnFailure = process.env['CONFORMANCE_SHRINK'] !== 'true';

/** Characters of a statement; longer ones take the database seconds to plan, and are drawn where there is time. */
const longest = process.env['CONFORMANCE_RUNS'] === undefined ? 5_000 : Number.POSITIVE_INFINITY;

const roots = rootsOf(ontology);
const agree = agreeing(graph);

// Nothing is written, so that tests may wait for the database side by side.
describe.concurrent('a compiled operation', () => {
  it.each(deepOperations)('answers as the plain graph does: $name', async ({ query, variables }) => {
    await agree(query, variables);
  });

  it.each(scopedOperations)('answers as the plain graph does for every day: $name', async ({ query }) => {
    await agreeOnDays(agree, query, graph.pool, 24);
  });

  it('answers as the plain graph does, and so do its next pages, whatever is drawn', {
    timeout: 240_000 + numRuns * 500,
  }, async () => {
    let pages = 0;
    const property = fc.asyncProperty(
      fc.array(fc.nat(), { minLength: 20, maxLength: 160, size: 'max' }),
      async (drawn) => {
        const choices = new Choices(drawn);
        const operation = choices.once(2)
          ? generateScoped(graph.schema, choices, graph.pool)
          : generate(graph.schema, roots, choices, graph.pool);
        fc.pre(await isShort(operation, longest));
        const { followed } = await agreeOnDrawn(agree, operation, choices, graph.pool);
        if (followed) pages += 1;
      },
    );
    await fc.assert(property, { seed, numRuns, endOnFailure });
    // Most of what is drawn has no next page; some has.
    expect(pages).toBeGreaterThan(0);
  });
});

describe.concurrent('a list read page by page', () => {
  /** Follows cursors to the end; answers the ids met, page after page. */
  async function walk(list: string, orderBy: string, backward: boolean, step = 7): Promise<string[][]> {
    const [size, place] = backward ? ['last', 'before'] : ['first', 'after'];
    const [more, edge] = backward ? ['hasPreviousPage', 'startCursor'] : ['hasNextPage', 'endCursor'];
    const query = `query($at: String) { ${list}(${size}: ${step}, ${place}: $at, orderBy: [${orderBy}]) {
      nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    type Page = { nodes: { id: string }[]; pageInfo: Record<string, unknown> };
    const pages: string[][] = [];
    let [ours, theirs]: unknown[] = [null, null];
    for (;;) {
      const answers = await agree(query, { at: ours }, { at: theirs });
      const [page, other] = [answers.ours, answers.theirs].map((data) => (data as Record<string, Page>)[list]);
      if (!page || !other) throw new Error('no page');
      pages.push(page.nodes.map(({ id }) => id));
      if (page.pageInfo[more] !== true) return pages;
      [ours, theirs] = [page.pageInfo[edge], other.pageInfo[edge]];
    }
  }

  const orders = [
    ['people', '{birthDate: ASC}'],
    ['people', '{birthDate: DESC}, {name: DESC}'],
    ['people', '{gender: DESC}, {deathDate: ASC}, {id: DESC}'],
    ['people', '{name: ASC}'],
    ['agreementTerms', '{text: DESC}'],
    ['agreementTerms', '{status: DESC}, {amount: DESC}'],
    ['populationGroups', '{size: ASC}'],
    ['entities', '{description: ASC}, {updatedAt: DESC}'],
    ['claims', '{confidence: DESC}, {commitment: ASC}'],
  ] as const;

  it.each(orders)('has each of the %s ordered by %s once, forward and backward', async (list, orderBy) => {
    const forward = (await walk(list, orderBy, false)).flat();
    const backward = (await walk(list, orderBy, true)).reverse().flat();
    expect(new Set(forward).size).toBe(forward.length);
    expect(backward).toEqual(forward);
  });

  it('has each name once, one by one, in the order of code points', async () => {
    for (const backward of [false, true]) {
      const pages = await walk('actors', '{name: ASC}', backward, 1);
      expect(new Set(pages.flat()).size).toBe(pages.length);
    }
  });

  it('tells of what lies beyond a cursor that is no longer in the list, absent keys included', async () => {
    const order = 'orderBy: [{birthDate: ASC}]';
    const { ours, theirs } = await agree(`{ people(${order}, first: 100) { followed: edges { cursor } } }`);
    const last = (data: unknown) => cursorsAt(data, ['people'], 'followed')[6];
    await agree(
      `query($at: String) { people(${order}, last: 2, before: $at, where: {birthDate: {isNull: true}}) { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }`,
      { at: last(ours) },
      { at: last(theirs) },
    );
  });
});
