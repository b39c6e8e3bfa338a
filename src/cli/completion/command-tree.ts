import type { Argument, Command, Option } from 'commander';

/** The command tree as completion sees it: what may come next, and after which option a value does. */

export interface TreeOption {
  /** `--format`, and `-h` where there is a short one. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  /** Whether its value is a file or a folder. */
  readonly isFile: boolean;
}

export interface TreeCommand {
  /** Words that lead here, the program's name left out: `['key', 'create']`. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly TreeOption[];
  readonly commands: readonly TreeCommand[];
  /** Values of its arguments that are known. */
  readonly choices: readonly string[];
  /** Whether one of its arguments is a file or a folder. */
  readonly takesFile: boolean;
}

/** What an argument or a value is called that names a file. */
const FILE = /\b(file|folder)\b/;

export function commandTree(command: Command, path: readonly string[] = []): TreeCommand {
  const args: readonly Argument[] = command.registeredArguments;
  const help = command.createHelp();
  return {
    path,
    description: oneLine(command.description()),
    options: help.visibleOptions(command).map(treeOption),
    commands: command.commands.map((each) => commandTree(each, [...path, each.name()])),
    choices: args.flatMap((each) => each.argChoices ?? []),
    takesFile: args.some((each) => FILE.test(each.name())),
  };
}

const treeOption = (option: Option): TreeOption => ({
  flags: [option.long, option.short].filter((flag) => flag !== null && flag !== undefined),
  description: oneLine(option.description),
  takesValue: option.required || option.optional,
  choices: option.argChoices ?? [],
  isFile: FILE.test(option.flags.replace(/^\S+/, '')),
});

/** Descriptions stand within quotes of a shell, a line each. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** Every command of a tree, the root first. */
export const allCommands = (root: TreeCommand): TreeCommand[] => [root, ...root.commands.flatMap(allCommands)];
