import { Argument, Command } from 'commander';
import { bashCompletion } from './completion/bash.ts';
import { commandTree } from './completion/command-tree.ts';
import { fishCompletion } from './completion/fish.ts';
import { zshCompletion } from './completion/zsh.ts';
import { createTerminal } from './terminal.ts';
import { examples } from './usage.ts';

/** `concordat completion`: what a shell needs to complete commands, options, their choices and files. */

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export function completionCommand(): Command {
  return new Command('completion')
    .summary('print the completion of commands for bash, zsh, fish')
    .description('print what a shell needs to complete commands, options, choices and files')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(SHELLS)))
    .addHelpText(
      'after',
      examples(
        ['bash, for this session or in ~/.bashrc:', 'source <(concordat completion bash)'],
        ['zsh, in a folder of $fpath:', 'concordat completion zsh > ~/.zfunc/_concordat'],
        ['fish:', 'concordat completion fish > ~/.config/fish/completions/concordat.fish'],
      ),
    )
    .action((shell: keyof typeof SHELLS, _: unknown, command: Command) => {
      createTerminal().print(SHELLS[shell](commandTree(command.parent ?? command)));
    });
}
