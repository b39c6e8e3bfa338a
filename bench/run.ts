import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { projectPath } from '../src/cli/project.ts';
import { concordatSchema, peerSchema } from './arms.ts';
import { printChart } from './chart.ts';
import { circumstances } from './circumstances.ts';
import { measureWorld, type Row } from './comparison.ts';
import { readOptions, sizeName, USAGE } from './options.ts';
import { printPage } from './page.ts';
import { COMPARED, GROWING } from './questions/all.ts';
import type { Question } from './questions/question.ts';
import type { Compared } from './report.ts';
import { openWorld } from './world-home.ts';

/** `npm run bench`: installs what is missing, opens each world in turn, measures, prints, writes. */

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const options = readOptions(process.argv.slice(2));
if (options === 'help') console.log(USAGE);
else {
  const { sizes, growth, questions, rounds, seed, keep } = options;
  const asked = (all: readonly Question[]): Question[] => all.filter(({ key }) => questions?.includes(key) ?? true);
  if (!existsSync(projectPath('bench/node_modules/@neo4j/graphql/package.json'))) {
    say('Installing what only the comparison needs into bench/node_modules.');
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: projectPath('bench'),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const schema = concordatSchema();
  const peer = await peerSchema();
  const compared: Compared[] = [];
  const grown: Compared[] = [];
  let version = '';
  for (const nodes of [...new Set([...sizes, ...growth])].sort((a, b) => a - b)) {
    await using home = await openWorld({ nodes, seed, keep, say });
    version = home.version;
    const measure = (all: readonly Question[], library: typeof peer | null): Promise<Row[]> =>
      measureWorld(home, { questions: asked(all), rounds, seed, schema, peer: library, say });
    say(`Asking in the world of ${sizeName(nodes)}.`);
    if (sizes.includes(nodes)) compared.push({ nodes, rows: await measure(COMPARED, peer) });
    if (growth.includes(nodes)) grown.push({ nodes, rows: await measure(GROWING, null) });
  }
  const page = printPage(circumstances({ rounds, seed }, version), compared, grown);
  console.log(page);
  const [shown] = compared;
  if (options.write && shown) {
    writeFileSync(projectPath('docs/performance.md'), page);
    writeFileSync(
      projectPath('docs/performance.svg'),
      printChart(shown, `How many times the floor, ${sizeName(shown.nodes)} entities (logarithmic)`),
    );
    say('Wrote docs/performance.md and docs/performance.svg.');
  }
}
