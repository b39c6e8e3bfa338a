import { styleText } from 'node:util';

/** Where a command writes: what it answers on standard output, everything else on standard error. */

type OneStyle = Extract<Parameters<typeof styleText>[0], string>;
export type Style = OneStyle | readonly OneStyle[];

export interface Terminal {
  /** Whether a person reads standard output. */
  readonly isTerminal: boolean;
  /** Columns that a line of standard output may take; without end where nobody's screen is in the way. */
  readonly columns: number;
  /** Says a line on standard error; nothing where it shall be quiet. */
  say(line: string): void;
  /** Says a line on standard error in any case. */
  warn(line: string): void;
  /** Prints text and a line's end on standard output. */
  print(text: string): void;
  /** Text for standard output, in colour where that is wanted. */
  style(style: Style, text: string): string;
  /** Text for standard error. */
  styleError(style: Style, text: string): string;
}

/**
 * NO_COLOR, FORCE_COLOR and whether it is a terminal are looked at by `styleText` itself; for one style at a time, since
 * Node 20 looks at nothing when it is handed several.
 */
const styled =
  (stream: NodeJS.WriteStream) =>
  (style: Style, text: string): string =>
    [style].flat().reduce((done, each) => styleText(each, done, { stream }), text);

export function createTerminal({ quiet = false }: { readonly quiet?: boolean } = {}): Terminal {
  const warn = (line: string) => {
    process.stderr.write(`${line}\n`);
  };
  const isTerminal = process.stdout.isTTY === true;
  return {
    isTerminal,
    columns: isTerminal ? Math.max(process.stdout.columns || 80, 40) : Number.POSITIVE_INFINITY,
    say: quiet ? () => {} : warn,
    warn,
    print: (text) => {
      process.stdout.write(`${text}\n`);
    },
    style: styled(process.stdout),
    styleError: styled(process.stderr),
  };
}
