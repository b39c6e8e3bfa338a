/** Communities: parts of a graph that are tied among themselves more than to others, found by labels that spread. */

const ROUNDS = 8;

/**
 * The community of each node, as a number from 0. Nodes take the label that most of their neighbours have, in their order,
 * so that the same graph always falls into the same parts.
 * @param edges source and target of each
 */
export function communitiesOf(count: number, edges: Uint32Array): Uint32Array {
  const neighbours = Array.from({ length: count }, (): number[] => []);
  for (let index = 0; index < edges.length; index += 2) {
    const [source = 0, target = 0] = [edges[index], edges[index + 1]];
    neighbours[source]?.push(target);
    neighbours[target]?.push(source);
  }
  const labels = Uint32Array.from({ length: count }, (_, index) => index);
  for (let round = 0; round < ROUNDS; round++) {
    let changes = 0;
    for (let node = 0; node < count; node++) {
      const label = commonest(neighbours[node] ?? [], labels);
      if (label === null || label === labels[node]) continue;
      labels[node] = label;
      changes += 1;
    }
    if (changes === 0) break;
  }
  const numbers = new Map<number, number>();
  return labels.map((label) => {
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    return number;
  });
}

/** The label that occurs most, of several the smallest; null where there is none. */
function commonest(nodes: readonly number[], labels: Uint32Array): number | null {
  const counts = new Map<number, number>();
  let [best, most]: [number | null, number] = [null, 0];
  for (const node of nodes) {
    const label = labels[node] ?? 0;
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    if (count > most || (count === most && best !== null && label < best)) [best, most] = [label, count];
  }
  return best;
}
