import type { Model } from '../model/model.ts';
import type { Argument } from './arguments.ts';
import type { Scope } from './scope.ts';
import type { Selected, Surroundings } from './selection.ts';

/** What the compiler's parts hand to one another: Cypher text, and how to read what it returns. */

/** A value on its way to the database: read again from each call's arguments, checked, converted. */
export interface Slot {
  readonly argument: Argument;
  /** @throws ConcordatError when the value is not acceptable. */
  readonly convert: (argument: Argument) => unknown;
}

/** In a slot's place: what binding is handed beside arguments, such as the ids of what was just written. */
export const BROUGHT: unique symbol = Symbol('brought');

/** What a cached statement relies on beside the shape of the variables, such as which keys of a cursor are null. */
export interface Guard {
  readonly argument: Argument;
  readonly look: (argument: Argument) => string;
  readonly expected: string;
}

/** What reading a row may need beside the row: the values of slots, and the day. */
export interface Env {
  readonly values: readonly unknown[];
  /** ISO day. */
  readonly today: string;
}

export type Decode = (raw: unknown, env: Env) => unknown;

/** An expression and how its value becomes part of the answer. */
export interface Emitted {
  readonly text: string;
  readonly decode: Decode;
}

/** Where a field stands: the answer's keys that lead to it, and what of the graph is looked at there. */
export interface Place {
  readonly path: readonly string[];
  readonly scope: Scope;
  /** Names of the types that the object may be of whose field it is; absent above any object. */
  readonly types?: readonly string[];
}

/** The place of a key below another. */
export const at = (place: Place, key: string): Place => ({ ...place, path: [...place.path, key] });

/** Where an edge's ends are bound already. */
export interface BoundEnds {
  readonly from?: string;
  readonly to?: string;
}

/** Emits one field of what a variable holds. */
export type EmitField = (emitter: Emitter, selected: Selected, variable: string, place: Place) => Emitted;

/** How fields of the things that a variable may hold are emitted. Objects and their fields contain one another. */
export interface FieldEmitters {
  readonly entity: EmitField;
  readonly claim: EmitField;
  readonly revision: EmitField;
  edge(ends: BoundEnds): EmitField;
}

/** Collects a statement's parameters, guards and variables. A value reaches a statement by `param`, or by `brought`. */
export class Emitter {
  readonly slots: (Slot | typeof BROUGHT)[] = [];
  /** The slots that the statement names; the others are for reading rows. */
  readonly sent = new Set<number>();
  readonly guards: Guard[] = [];
  /** Clauses that must stand before the first MATCH, and the variables that they bind. */
  readonly prelude: { readonly clause: string; readonly variable: string }[] = [];
  #variables = 0;

  constructor(
    readonly model: Model,
    readonly around: Surroundings,
    readonly fields: FieldEmitters,
  ) {}

  /** A parameter for a value; the text is `$p0`, `$p1` … in order of first use. */
  param(argument: Argument, convert: Slot['convert']): string {
    const slot = this.slot(argument, convert);
    this.sent.add(slot);
    return `$p${slot}`;
  }

  /** A parameter for what binding is handed beside arguments. */
  brought(): string {
    this.slots.push(BROUGHT);
    this.sent.add(this.slots.length - 1);
    return `$p${this.slots.length - 1}`;
  }

  /** A value that reading the rows needs. */
  slot(argument: Argument, convert: Slot['convert']): number {
    this.slots.push({ argument, convert });
    return this.slots.length - 1;
  }

  /** Remembers what the text depends on; the statement serves only calls that look the same. */
  guard(argument: Argument, look: Guard['look']): string {
    const expected = look(argument);
    this.guards.push({ argument, look, expected });
    return expected;
  }

  /** A fresh Cypher variable. */
  variable(prefix: string): string {
    return `${prefix}${this.#variables++}`;
  }

  /** Adds a clause before the first MATCH; answers the variable that it binds. */
  before(clause: (variable: string) => string): string {
    const variable = this.variable('t');
    this.prelude.push({ clause: clause(variable), variable });
    return variable;
  }

  /** The prelude's variables, to be carried through every WITH of the outermost query. */
  get carried(): string {
    return this.prelude.map(({ variable }) => `, ${variable}`).join('');
  }
}

/** Under this key a decoded object carries the name of its GraphQL type; not part of the answer. */
export const TYPE: unique symbol = Symbol('type');

/** An object of the answer, its keys the answer's keys. */
export interface Decoded {
  [TYPE]: string;
  [key: string]: unknown;
}

/** Reads each item of a list. */
export const decodeList =
  (decode: Decode): Decode =>
  (raw, env) =>
    ((raw as unknown[] | null) ?? []).map((item) => decode(item, env));

export const asIs: Decode = (raw) => raw ?? null;
