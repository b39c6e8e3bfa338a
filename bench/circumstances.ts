import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { projectPath } from '../src/cli/project.ts';
import type { Circumstances } from './report.ts';

/** When, where and with what a run was. */
export function circumstances({ rounds, seed }: { rounds: number; seed: number }, neo4j: string): Circumstances {
  const [cpu] = cpus();
  const versionIn = (file: string, name: string): string => {
    const { dependencies } = JSON.parse(readFileSync(projectPath(file), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    return `${name} ${dependencies[name]}`;
  };
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpu?.model.trim() || 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, at a load of ${loadavg()[1]?.toFixed(1)}`,
    versions: [
      neo4j,
      `Node ${process.versions.node}`,
      ...['neo4j-driver', 'graphql', 'graphql-yoga'].map((name) => versionIn('package.json', name)),
      versionIn('bench/package.json', '@neo4j/graphql'),
    ],
    rounds,
    seed,
  };
}
