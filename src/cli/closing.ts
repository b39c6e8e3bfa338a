/** What is open, closed in the reverse order of opening. (Node 20 has no AsyncDisposableStack.) */
export class Closing implements AsyncDisposable {
  readonly #steps: (() => Promise<void>)[] = [];

  /** Remembers to close what was opened. */
  use<T extends AsyncDisposable>(resource: T): T {
    this.defer(async () => resource[Symbol.asyncDispose]());
    return resource;
  }

  defer(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** Closes everything, whatever fails on the way; the first failure is thrown at the end. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse()) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}

/** Opens things in order; when one cannot be opened, those before it are closed again. */
export async function opening<T>(open: (closing: Closing) => Promise<T>): Promise<{ value: T; closing: Closing }> {
  const closing = new Closing();
  try {
    return { value: await open(closing), closing };
  } catch (error) {
    await closing[Symbol.asyncDispose]().catch(() => {});
    throw error;
  }
}
