/** How a command ends, as the shell is told. */
export const EXIT = {
  /** It did what it was asked for. */
  DONE: 0,
  /** It was refused, failed, or found what should not be. */
  FAILED: 1,
  /** It was asked for in a way that it does not know: nothing was begun. */
  USAGE: 2,
  /** It was told to stop, by Ctrl-C or by SIGTERM: 128 and the signal's number, as shells have it. */
  INTERRUPTED: 130,
  TERMINATED: 143,
} as const;
