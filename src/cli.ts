#!/usr/bin/env node
import { hideKey } from './cli/hide-key.ts';
import { overview } from './cli/overview.ts';
import { createProgram } from './cli/program.ts';
import { createTerminal } from './cli/terminal.ts';

/** The command line: `cli/` holds a command a file, and the tree that they make. */

hideKey(process.argv);
const program = createProgram();
const terminal = createTerminal();
if (process.argv.length <= 2) terminal.print(overview(program, terminal));
else await program.parseAsync();
