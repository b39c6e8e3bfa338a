/** A file of records as it was read: each input with the line that it begins at. */
export interface RecordFile {
  /** The file's name inside its folder. */
  readonly file: string;
  readonly inputs: readonly unknown[];
  /** Where something inside an input stands; 1-based. */
  lineOf(input: number, path: readonly (string | number)[]): number;
  /** What made the file unreadable as records, by line. */
  readonly unreadable: readonly { readonly line: number; readonly message: string }[];
}
