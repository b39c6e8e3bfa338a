/** What is looked at: everything that the address holds, and nothing that is only how it looks. */

export interface View {
  /** The entities on screen, in the order in which they came. */
  readonly ids: readonly string[];
  /** Where the store was loaded at large: at most how many entities, and of which types (all where none is named). */
  readonly whole: { readonly limit: number; readonly types: readonly string[] } | null;
  /** Types of entities and of relationships that are not shown. */
  readonly withoutEntities: readonly string[];
  readonly withoutEdges: readonly string[];
  readonly minCommitment: string | null;
  readonly withoutDisputed: boolean;
  /** `YYYY-MM-DD`. */
  readonly asOf: string | null;
  /** The entity or relationship that the panel tells of. */
  readonly selected: string | null;
  readonly path: { readonly from: string; readonly to: string } | null;
}

export const EMPTY: View = {
  ids: [],
  whole: null,
  withoutEntities: [],
  withoutEdges: [],
  minCommitment: null,
  withoutDisputed: false,
  asOf: null,
  selected: null,
  path: null,
};

/** Grades of commitment, the strongest first. */
export const GRADES: readonly string[] = [
  'FACT',
  'AGREED',
  'PROMISED',
  'OFFERED',
  'PROPOSED',
  'PLANNED',
  'PREDICTED',
  'ALLEGED',
];

/** The most entities that are loaded at large. */
export const MOST = 10_000;

/** A list without its repetitions, in the order of the first of each. */
export const distinct = (list: readonly string[]): string[] => [...new Set(list)];
