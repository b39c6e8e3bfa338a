import { tooManyStreams } from './refusals.ts';

/** How many streams of events each caller has open. One costs little to begin, and then stays: no minute is ever over. */

/**
 * Notes that a stream begins.
 * @param who as limits count them, such as `key:…`
 * @returns what to call when it ends; calling it again does nothing
 * @throws RATE_LIMITED when as many are open as may be
 */
export type BeginStream = (who: string) => () => void;

/** @param most streams of one caller at once; 0 for no limit */
export function countStreams(most: number): BeginStream {
  const open = new Map<string, number>();
  return (who) => {
    const count = open.get(who) ?? 0;
    if (most > 0 && count >= most) throw tooManyStreams(most);
    open.set(who, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (open.get(who) ?? 1) - 1;
      if (left > 0) open.set(who, left);
      else open.delete(who);
    };
  };
}
