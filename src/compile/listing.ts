import type { Emitted, Env } from './emitter.ts';
import type { AfterCursor, OrderKey } from './ordering.ts';
import type { Selected } from './selection.ts';

/** Lists as whoever makes them hands them to whoever makes a connection of them. */

/** What the compiler must know of a list to make a connection of it. */
export interface Listing {
  /** From MATCH on, binding the list's variables; no WHERE. */
  readonly match: string;
  /** The conditions on every item, those of `where` included. */
  readonly where: readonly string[];
  /** The variables that the items' expressions need. */
  readonly variables: readonly string[];
  readonly keys: readonly OrderKey[];
  /** The number of all items without the page, where it is cheaper than counting what `match` finds. */
  readonly count: string | null;
  /** The number of all items, where it is read off something that is asked of the list anyway, such as facets. */
  readonly counted?: Emitted;
  /** The node of an edge, for `nodes` and `edges.node`. */
  node(selected: Selected): Emitted;
  /** What else an edge holds beside its cursor: `relationship`, `direction`, `other`. */
  part(name: string, selected: Selected): Emitted;
  /**
   * Ways to read a page, each a query of its own that returns the variables, of which all but one find nothing: for lists
   * that are short or long by what they hang on. Only asked where the order needs nothing that is worked out.
   * @returns null where there is but one way
   */
  ways?(page: PageText): Ways | null;
  /** Whether anything lies on this side of the cursor, where that is told better than by looking along `match`. */
  seen?(beyond: AfterCursor): string;
  /** What must hold, or else its decoder throws: asked for whatever is selected. */
  readonly check?: Emitted;
  /** How many of a page's items there may be, by the values of their keys: those after the first that is missing are not yet. */
  trim?(keys: readonly (readonly unknown[])[], env: Env): number;
  /** What else the connection itself holds, such as facets: an expression over no variable of the list. */
  whole?(name: string, selected: Selected): Emitted;
}

/** Several ways to read a page. */
export interface Ways {
  /** Clauses that find out which way it is. */
  readonly before?: string;
  /** The variables that they need, given from outside. */
  readonly given: string;
  readonly queries: readonly string[];
}

/** What of a page every way to read it must heed. */
export interface PageText {
  readonly keys: readonly OrderKey[];
  readonly order: string;
  readonly limit: string;
  /** Whether it is read from its end. */
  readonly isBackward: boolean;
  /** What lies beyond the page's cursor; null where it has none. */
  readonly beyond: AfterCursor | null;
}
