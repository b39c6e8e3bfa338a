import { allCommands, type TreeCommand } from './command-tree.ts';

/** Completion for bash 3.2 and newer; no bash-completion package is needed. */

export function bashCompletion(root: TreeCommand): string {
  const all = allCommands(root);
  const where = all
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `      "${[...path.slice(0, -1), path.at(-1)].join(' ')}") at="${path.join(' ')}" ;;`);
  const values = all.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, choices, isFile }) => {
        const reply = isFile ? 'files' : `words "${choices.join(' ')}"`;
        return `    ${flags.map((flag) => `"${path.join(' ')}|${flag}"`).join('|')}) ${reply}; return ;;`;
      }),
  );
  const next = all.map(({ path, options, commands, choices, takesFile }) => {
    const words = [...commands.map((each) => each.path.at(-1)), ...choices].join(' ');
    const flags = options.flatMap((each) => each.flags.filter((flag) => flag.startsWith('--'))).join(' ');
    return `    "${path.join(' ')}") words "${words}" "${flags}"${takesFile ? '; files' : ''} ;;`;
  });
  return `# concordat completion bash: source it, or put it where bash-completion looks.
_concordat() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" at="" word i
  COMPREPLY=()
  # Words, and flags only once a dash is there.
  words() {
    local all="$1"
    if [[ "$current" == -* ]]; then all="$2"; [[ -z "$2" ]] && all=""; fi
    COMPREPLY+=($(compgen -W "$all" -- "$current"))
  }
  files() {
    [[ "$current" == -* ]] && return
    local line
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    compopt -o filenames 2>/dev/null
  }
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "\${at:+$at }$word" in
${where.join('\n')}
    esac
  done
  case "$at|$before" in
${values.join('\n')}
  esac
  case "$at" in
${next.join('\n')}
  esac
}
complete -F _concordat concordat`;
}
