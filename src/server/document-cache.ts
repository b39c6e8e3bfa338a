/**
 * What was parsed, kept for the next request with the same text.
 *
 * Yoga's own cache counts documents, not their size: a thousand different documents of a megabyte each, which anybody
 * may send, would fill the memory. This one counts characters, and lets the longest unused go.
 */

/** Characters of one document; what is longer is parsed each time, which is little beside sending it. */
const LONGEST = 20_000;
/** Characters of all documents together. A parsed document takes some hundred times its text. */
const ALL = 400_000;

export interface DocumentCache<T> {
  get(text: string): T | undefined;
  set(text: string, value: T): void;
}

export function createDocumentCache<T>(longest = LONGEST, all = ALL): DocumentCache<T> {
  // A Map keeps the order in which keys were set: the first is the one that was unused longest.
  const kept = new Map<string, T>();
  let size = 0;
  const drop = (text: string) => {
    if (kept.delete(text)) size -= text.length;
  };
  return {
    get(text) {
      const value = kept.get(text);
      if (value === undefined) return undefined;
      kept.delete(text);
      kept.set(text, value);
      return value;
    },
    set(text, value) {
      if (text.length > longest) return;
      drop(text);
      kept.set(text, value);
      size += text.length;
      for (const oldest of kept.keys()) {
        if (size <= all) break;
        drop(oldest);
      }
    },
  };
}
