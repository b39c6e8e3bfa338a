import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookupName } from '../../src/model/model.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { cityGraph } from '../support/city-graph.ts';
import { comparable, cursorsAt } from '../support/oracle/agreement.ts';
import { Choices } from '../support/oracle/choices.ts';
import { generate } from '../support/oracle/generate.ts';
import { deepOperations } from '../support/oracle/operations.ts';

/**
 * One operation, answered twice: by the compiled statement on a real Neo4j, and by graphql-js over plain objects. Both
 * must be equal to the letter, the order of keys included. To look at a failure by its seed, or for longer:
 * `CONFORMANCE_SEED=7 CONFORMANCE_RUNS=2000`; with `CONFORMANCE_SHRINK=true` the smallest operation that fails is sought.
 */

const graph = cityGraph();

const seed = Number(process.env['CONFORMANCE_SEED'] ?? 20240203);
const numRuns = Number(process.env['CONFORMANCE_RUNS'] ?? 210);
const endOnFailure = process.env['CONFORMANCE_SHRINK'] !== 'true';

const ROOTS = [
  ...ontology.entities.map(lookupName),
  ...[...ontology.families, ...ontology.entities].map((end) => end.plural),
  ...['entity', 'claim', 'claims', 'node', 'nodes'],
];

type Variables = Record<string, unknown>;

/** Answers both ways and compares; cursors are each side's own, so that variables may differ. */
async function agree(query: string, variables: Variables = {}, theirs = variables) {
  const compiled = await graph.ask(query, variables);
  const expected = await graph.oracle.answer(query, theirs);
  expect(comparable(compiled), `${query}\n${JSON.stringify(variables)}`).toBe(comparable(expected));
  return { ours: compiled.data, theirs: expected.data };
}

describe('a compiled operation', () => {
  it.each(deepOperations)('answers as the plain graph does: $name', async ({ query, variables }) => {
    await agree(query, variables);
  });

  it('answers as the plain graph does, and so do its next pages, whatever is drawn', {
    timeout: 60_000 + numRuns * 500,
  }, async () => {
    const followed = new Set<string>();
    const property = fc.asyncProperty(
      fc.array(fc.nat(), { minLength: 20, maxLength: 160, size: 'max' }),
      async (drawn) => {
        const choices = new Choices(drawn);
        const { query, variables, cursors } = generate(graph.schema, ROOTS, choices, graph.pool);
        const answers = await agree(query, variables);
        for (const { variable, path } of cursors) {
          const ours = cursorsAt(answers.ours, path, 'followed');
          const theirs = cursorsAt(answers.theirs, path, 'followed');
          if (ours.length === 0) continue;
          const nth = choices.below(ours.length);
          const turned = (some: readonly string[]) => ({ ...variables, [variable]: some[nth] });
          await agree(query, turned(ours), turned(theirs));
          followed.add(query);
        }
      },
    );
    await fc.assert(property, { seed, numRuns, endOnFailure });
    expect(followed.size).toBeGreaterThan(numRuns / 20);
  });
});

describe('a list read page by page', () => {
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
