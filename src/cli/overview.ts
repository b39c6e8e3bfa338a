import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** What `concordat` alone prints: the commands by what they are for, and where to begin. */

const GROUPS: readonly (readonly [title: string, names: readonly string[]])[] = [
  ['Run', ['serve', 'migrate', 'key', 'doctor']],
  ['Ask', ['query', 'search', 'path', 'match']],
  ['Bring in', ['seed', 'import', 'restore']],
  ['Take out', ['export', 'dump']],
  ['Shell', ['completion']],
];

export function overview(program: Command, { style }: Pick<Terminal, 'style'>): string {
  const commands = new Map(program.commands.map((each) => [each.name(), each]));
  const width = Math.max(...[...commands.keys()].map((name) => name.length)) + 2;
  const groups = GROUPS.flatMap(([title, names]) => {
    const lines = names.flatMap((name) => {
      const command = commands.get(name);
      return command ? [`  ${style('cyan', name.padEnd(width))}${command.summary() || command.description()}`] : [];
    });
    return lines.length > 0 ? [[style('bold', title), ...lines].join('\n')] : [];
  });
  return [
    'concordat: a knowledge graph of actors, institutions and policies,\nwith the source of everything it says.',
    ...groups,
    [
      style('bold', 'Begin'),
      '  concordat serve --seed seeds/el-salvador-2025  serve the first data set',
      '  concordat search bukele                        look something up, beside it',
      '  concordat <command> --help                     what it takes, with examples',
    ].join('\n'),
  ].join('\n\n');
}
