import { allCommands, type TreeCommand, type TreeOption } from './command-tree.ts';

/** Completion for zsh: a function a command, each with its options, arguments and commands. */

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** Within a specification, colons and brackets have a meaning. */
const told = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
const nameOf = ({ path }: TreeCommand): string => ['_concordat', ...path].join('_').replaceAll('-', '_');

export function zshCompletion(root: TreeCommand): string {
  return [
    '#compdef concordat',
    ...allCommands(root).map(functionOf),
    // Both ways: found in $fpath as a file, or sourced.
    'if [ "$funcstack[1]" = "_concordat" ]; then _concordat "$@"; else compdef _concordat concordat; fi',
  ].join('\n\n');
}

function functionOf(command: TreeCommand): string {
  const { options, commands, choices, takesFile } = command;
  const specifications = options.map((option) => quoted(specification(option)));
  const rest = takesFile ? ["'*:file:_files'"] : choices.length > 0 ? [quoted(`1:value:(${choices.join(' ')})`)] : [];
  if (commands.length === 0)
    return `${nameOf(command)}() {\n  _arguments ${[...specifications, ...rest].join(' \\\n    ')}\n}`;
  const named = commands.map((each) => quoted(`${each.path.at(-1)}:${each.description.replaceAll(':', '\\:')}`));
  const cases = commands.map((each) => `    ${each.path.at(-1)}) ${nameOf(each)} ;;`);
  return `${nameOf(command)}() {
  local state line
  _arguments -C ${[...specifications, "'1: :->command'", "'*::argument:->rest'"].join(' \\\n    ')}
  case $state in
  command)
    local -a commands=(
      ${named.join('\n      ')}
    )
    _describe command commands ;;
  rest)
    case $line[1] in
${cases.join('\n')}
    esac ;;
  esac
}`;
}

function specification({ flags, description, takesValue, choices, isFile }: TreeOption): string {
  const [long = ''] = flags;
  const value = !takesValue
    ? ''
    : isFile
      ? ':file:_files'
      : choices.length > 0
        ? `:value:(${choices.join(' ')})`
        : ':value: ';
  return `${long}[${told(description)}]${value}`;
}
