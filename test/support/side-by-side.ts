/** Statements that are planned at once: as one is under way to the database, it is at work on the others. */
const TOGETHER = 3;

/**
 * Does the same for each item, a few at a time, in their order; the results in that order.
 * @throws the first error, once what was under way has ended; nothing else is begun after it.
 */
export async function sideBySide<T, R>(items: Iterable<T>, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = [...items].entries();
  const lane = async () => {
    for (const [nth, item] of left) results[nth] = await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: TOGETHER }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}
