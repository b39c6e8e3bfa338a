import { beforeAll, describe, expect, test } from 'vitest';
import { bloomPerspective, PHRASES } from '../../src/derive/bloom-perspective.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { seedFolder } from '../../src/transfer/seed.ts';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';

const graph = testGraph();

describe('the perspective for Bloom', () => {
  beforeAll(async () => {
    await seedFolder(graph.connection, ontology, projectFile('seeds/el-salvador-2025'), 'test');
  });

  test.each(PHRASES)('"$text" finds something of the article', async ({ cypher }) => {
    const name = 'Migration agreement between El Salvador and the United States';
    const rows = await graph.rows(cypher, { name, other: 'Marco Rubio' });
    // Nothing is offered or alleged around the agreement itself: that is said of its terms.
    const term = rows.length > 0 ? rows : await graph.rows(cypher, { name: 'Term 4: the fee', other: 'Marco Rubio' });
    expect(term.length).toBeGreaterThan(0);
  });

  test('has a category for every label that nodes of the graph are told apart by', async () => {
    const { categories } = bloomPerspective(ontology) as { categories: { labels: string[]; captionKeys: string[] }[] };
    const labels = categories.flatMap((category) => category.labels);
    const rows = await graph.rows('MATCH (n) WHERE n:Entity OR n:Claim RETURN DISTINCT labels(n)');
    for (const [of] of rows) expect((of as string[]).filter((label) => labels.includes(label))).toHaveLength(1);
    for (const { labels: on, captionKeys } of categories)
      for (const label of on) {
        const [[without] = []] = await graph.rows(`MATCH (n:${label}) WHERE n[$key] IS NULL RETURN count(n)`, {
          key: captionKeys[0],
        });
        expect(without, label).toBe(0);
      }
  });
});
