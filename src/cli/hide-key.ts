/** Whatever follows `--key` is a secret that the list of processes would show for as long as the command runs. */
export function hideKey(argv: readonly string[]): void {
  if (argv.some((each) => each === '--key' || each.startsWith('--key='))) process.title = 'concordat';
}
