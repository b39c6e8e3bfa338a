import { sizeName } from './options.ts';
import {
  type Circumstances,
  type Compared,
  countsTable,
  failures,
  type Grown,
  growthTable,
  missing,
  timesTable,
} from './report.ts';

/** `docs/performance.md`, whole. */
export function printPage(about: Circumstances, compared: readonly Compared[], grown: Grown): string {
  const parts = [
    `# Performance

What the API costs beside the statement that somebody would write by hand, and beside another library. Printed by \`npm run bench\`
on ${about.date}, on ${about.machine}, with ${about.versions.join(', ')}. Times are that machine's; a load above
its number of processors says that it had other work to do, so that times are long and ratios rough. Database hits are the same everywhere.

![concordat and peer beside the floor](performance.svg)`,
    ARMS,
    ...compared.map(
      ({ nodes, rows }) => `## ${sizeName(nodes)} entities

Medians of ${about.rounds} rounds, with the 5th and the 95th of a hundred in brackets; fewer where an arm had taken 15 s. Bold: above the goal.

${timesTable(rows)}
${list('What failed:', failures(rows))}${list('Not in the schema yet, and so not asked:', missing(rows))}
What a request uses. Hits are those of \`PROFILE\` on the very statement, which counts none for map projections such as \`n { .id, .name }\`, the peer's
way to read properties; bytes on Bolt are counted on the wire, both ways; CPU and heap are those of the process, which holds the client of the driver and, for what is asked over GraphQL, the server.

${countsTable(rows)}`,
    ),
    ...(grown.length > 0
      ? [
          `## How cost grows

The same questions, with the same ids, in worlds whose parts that are asked for are the same. Goal: at most 1.5 from the smallest to the largest.

${growthTable(grown)}
${list('Not in the schema yet, and so not asked:', missing(grown[0]?.rows ?? []))}`,
        ]
      : []),
    REPEAT(about),
  ];
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

const list = (title: string, items: readonly string[]): string =>
  items.length > 0 ? `\n${title}\n\n${items.join('\n')}\n` : '';

const ARMS = `## The arms

- **floor**: a statement written by hand for the question, one auto-commit read, rows as lists, \`JSON.stringify\`. No GraphQL.
- **concordat**: the question as GraphQL through the server's fetch handler, without a port; and once more over HTTP on loopback, where the
  process is its own client.
- **peer**: [\`@neo4j/graphql\`](https://www.npmjs.com/package/@neo4j/graphql) 7.6.3 on the same Yoga, the same driver, the same store with the same
  indexes. Its [type definitions](../bench/peer-schema.ts) name only the types and fields that the questions need, and it has none of our limits on
  documents and none of our plugins. It would open a transaction for each request; here it is handed something that runs its
  statement as one auto-commit read, as ours is, which is faster. Where a list is asked for whole, it is asked for its plain list, without an order,
  and answers are compared in any order; where it has two ways to ask, both are in the table.

Before anything is timed, each arm's answer is read into one form and compared, order included where one is asked for. Rounds are interleaved and the
arms shuffled in each, after thirty that do not count; ids and names are drawn from many.

The world is made up and the same for the same seed: blocks of a thousand entities, each tied to the four before it, degrees that fall
off as in life, three hubs of up to 20,000 neighbours, names in eight scripts, a claim for every relationship. It is
[drawn](../bench/world.ts) as records would be and loaded in bulk; a test compares what is loaded to what the one door writes.`;

const REPEAT = ({ rounds, seed }: Circumstances): string => `## Repeat it

\`\`\`sh
npm run bench                                  # 100k entities, and growth from 10k to 100k
npm run bench -- --growth 10k,100k,1m          # growth to a million
npm run bench -- --questions look-up,hub-by-name --print
\`\`\`

installs what only the comparison needs into \`bench/\`, starts a Neo4j with data of its own for each world, loads it, compares, measures, and writes this page.
This one is of \`--rounds ${rounds} --seed ${seed}\`. \`--keep folder\` keeps the worlds for the next run; \`--help\` tells the rest.`;
