import type { Model } from '../../model/model.ts';

/** A format that records are read from. One a file; `formats.ts` lists them. */
export interface ImportFormat {
  /** `records`, `ftm`, `popolo`, `stix`, `mapping`, `gexf`, `graphml`. */
  readonly name: string;
  /** Endings of files that are taken for it where none is named, without the first dot. */
  readonly extensions: readonly string[];
  /** What it is called, in a few words. */
  readonly title: string;
  /**
   * Whether rows speak for themselves. `always` (unless said): a row without a claim is given one by the import's own
   * source. `whenNew`: only where it has a relationship that is not there yet; rows of entities alone are given none.
   * So that a graph which comes back as it went out changes nothing.
   */
  readonly ownClaims?: 'always' | 'whenNew';
  /** Whether what is there already is looked at first, and only what differs is recorded. */
  readonly comparesFirst?: boolean;
  /** Whether its records are ours, word for word: a new name replaces the old one, and tags hold in the whole file. */
  readonly isOurs?: boolean;
  /**
   * Rows as a file of the same format, which can be mended and imported by itself; its ending, without the first dot, and
   * what stands around and between them. Without it, rejected rows are written as they stand, one a line.
   */
  readonly rejects?: (input: ImportInput) => Promise<RejectsLayout>;
  /** What the mapping says of the import's own source. */
  source?(mapping: unknown): SourceOptions;
  /** Looks at the file before anything is written. Throws `badInput`, such as for a column that is not there. */
  check?(input: ImportInput): Promise<void>;
  /** Reads a file from its beginning, piece by piece. Called once a pass. A file that cannot be read on at all throws `badInput`. */
  read(input: ImportInput): AsyncIterable<ImportRow>;
}

/** What is known of the import's own source; all of it as in a record of a source. */
export interface SourceOptions {
  /** `source:import-<file>` unless said. */
  readonly id?: string;
  readonly name?: string;
  readonly kind?: string;
  readonly url?: string;
  readonly archivedUrl?: string;
  readonly publishedAt?: string;
  readonly retrievedAt?: string;
  readonly language?: string;
  readonly reliability?: string;
  readonly description?: string;
  /** Stands at the end of the description. */
  readonly licence?: string;
}

/** What stands around the rows of a file. */
export interface RejectsLayout {
  readonly extension: string;
  readonly head: string;
  readonly between: string;
  readonly tail: string;
}

export interface ImportInput {
  /** The file's name without its folder. */
  readonly fileName: string;
  /** Its bytes from the beginning, unpacked; a new reading each time. */
  open(): AsyncIterable<Uint8Array>;
  readonly model: Model;
  /** Id of the import's own source, for claims that name it themselves. */
  readonly source?: string;
  /** The parsed mapping file, for formats that take one. */
  readonly mapping?: unknown;
}

/**
 * What one row, object or line of a file became. Records have the shape of `record()`. Entities give their ids; whatever
 * refers to an entity does so by id or external id, since all entities of a file are recorded before what connects them.
 * Tags name edges for claims of the same row.
 *
 * A row whose edges carry no claim is given one: by the import's own source, asserting all of them. A row of entities
 * alone is given a remark about the first.
 */
export interface ImportRow {
  /** 1-based, where it begins in the file. */
  readonly line: number;
  /** What stands in the claim's locator: `line 12`, `row 12`, the id of an object. */
  readonly locator: string;
  readonly records: readonly unknown[];
  /** Why it could not be made into records; then it is refused whole. */
  readonly problems: readonly RowProblem[];
  /** What is worth a notice: values that this graph cannot hold and that were left out. */
  readonly notices: readonly RowProblem[];
  /** The row as it stands in the file, for the file of rejects. */
  readonly raw: string;
  /** What the row's own claim says, where it is better known than what can be read from its edges. */
  readonly claim?: {
    readonly text: string;
    readonly commitment?: string;
    readonly hedged?: boolean;
    readonly confidence?: number;
  };
}

export interface RowProblem {
  /** Where in the row: a column, a property, a path. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string;
}
