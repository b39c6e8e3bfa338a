import { allCommands, type TreeCommand } from './command-tree.ts';

/** Completion for fish. */

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export function fishCompletion(root: TreeCommand): string {
  const lines = allCommands(root).flatMap((command) => {
    const when = quoted(condition(command));
    return [
      ...command.commands.map(
        (each) =>
          `complete -c concordat -f -n ${when} -a ${quoted(each.path.at(-1) ?? '')} -d ${quoted(each.description)}`,
      ),
      ...(command.choices.length > 0
        ? [`complete -c concordat -f -n ${when} -a ${quoted(command.choices.join(' '))}`]
        : []),
      ...(command.takesFile ? [`complete -c concordat -F -n ${when}`] : []),
      ...command.options.map(({ flags, description, takesValue, choices, isFile }) => {
        const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
        const value = !takesValue
          ? '-f'
          : isFile
            ? '-r -F'
            : choices.length > 0
              ? `-x -a ${quoted(choices.join(' '))}`
              : '-x';
        return `complete -c concordat -n ${when} ${names.join(' ')} ${value} -d ${quoted(description)}`;
      }),
    ];
  });
  return ['# concordat completion fish', 'complete -c concordat -f', ...lines].join('\n');
}

/** Whether the words so far lead to a command, and to none below it. */
function condition({ path, commands }: TreeCommand): string {
  if (path.length === 0) return '__fish_use_subcommand';
  const here = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const below = commands.map((each) => each.path.at(-1)).join(' ');
  return [...here, ...(below ? [`not __fish_seen_subcommand_from ${below}`] : [])].join('; and ');
}
