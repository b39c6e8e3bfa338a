import type { Problem, ProblemCode } from '../../model/records.ts';

/** Where in a call something stands: the record, and the keys inside it. */
export interface Place {
  readonly record: number;
  readonly path: readonly (string | number)[];
}

export const within = (place: Place, ...steps: (string | number)[]): Place => ({
  record: place.record,
  path: [...place.path, ...steps],
});

/** Gathers problems, all of them, so that nobody has to mend one to see the next. */
export class Problems {
  readonly all: Problem[] = [];

  add(place: Place, code: ProblemCode, message: string, suggestion?: string): void {
    this.all.push({ ...place, code, message, ...(suggestion ? { suggestion } : {}) });
  }

  /** Whether anything is wrong with the record. */
  has(record: number): boolean {
    return this.all.some((problem) => problem.record === record);
  }
}
