/**
 * The one door by which a name enters Cypher text. Names come from the model, never from a request; they are escaped all
 * the same, so that a declaration cannot break out of its place either.
 */
export function identifier(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  return `\`${name.replaceAll('`', '``')}\``;
}
