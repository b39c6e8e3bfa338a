/** Says a line `everyMs` milliseconds, told the seconds gone by, until the work is done. */
export async function withProgress<T>(
  say: (line: string) => void,
  line: (seconds: number) => string,
  everyMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const start = Date.now();
  const timer = setInterval(() => say(line(Math.round((Date.now() - start) / 1000))), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
