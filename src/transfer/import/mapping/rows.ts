/** A row of a file, before it is mapped: what it holds, and where it stands. */
export interface RawRow {
  /** 1-based. */
  readonly line: number;
  readonly locator: string;
  readonly value: unknown;
  readonly raw: string;
  /** Why it cannot be read; then `value` is null. */
  readonly problem?: string;
}
