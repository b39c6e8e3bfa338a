/**
 * How many transactions of one process write at once; the others wait their turn, in the order in which they came. Where
 * many write to the same few things, most of them would only hold what others wait for, and be told by the database to
 * begin anew. One that was told so again and again goes through alone.
 */
export class Turnstile {
  readonly #width: number;
  #within = 0;
  readonly #waiting: { readonly weight: number; readonly enter: () => void }[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** Waits for room, which is held until what it returns is disposed; `alone` takes all the room there is. */
  async enter(alone: boolean): Promise<Disposable> {
    const weight = alone ? this.#width : 1;
    await new Promise<void>((enter) => {
      this.#waiting.push({ weight, enter });
      this.#admit();
    });
    return {
      [Symbol.dispose]: () => {
        this.#within -= weight;
        this.#admit();
      },
    };
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && this.#within + next.weight <= this.#width; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#within += next.weight;
      next.enter();
    }
  }
}
