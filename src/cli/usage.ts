import type { Command } from 'commander';
import { EXIT } from './exit-codes.ts';

/** How commands are explained, and what is said of those that are wrong. */

/** Worked examples below a command's help: a line that says what for, and the command. */
export const examples = (...all: readonly (readonly [what: string, command: string])[]): string =>
  `\nExamples:\n${all.map(([what, command]) => `  ${what}\n    $ ${command}`).join('\n')}\n`;

/** Makes every command of a tree end alike: wrong usage is told on standard error, with where to read on, and ends with 2. */
export function explained(command: Command): Command {
  command
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.DONE : EXIT.USAGE))
    .showHelpAfterError(`→ See: ${pathOf(command)} --help`)
    .configureHelp({ showGlobalOptions: false, styleTitle: (text) => bold(command, text) });
  for (const each of command.commands) explained(each as Command);
  return command;
}

const bold = (command: Command, text: string): string => {
  const colours = command.configureOutput().getOutHasColors?.() ?? false;
  return colours ? `\u001B[1m${text}\u001B[22m` : text;
};

/** `concordat key create`. */
export const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
