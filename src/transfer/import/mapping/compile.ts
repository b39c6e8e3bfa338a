import { writableEdgeFields, writableEntityFields, writableNameFields } from '../../../derive/records.ts';
import { badInput } from '../../../errors.ts';
import type { EntityType, RelationshipType } from '../../../model/declarations.ts';
import type { Field } from '../../../model/kinds.ts';
import { lookupName, type Model, recordName } from '../../../model/model.ts';
import { nearest } from '../../../model/nearest.ts';
import { isDateFormat } from './dates.ts';
import {
  type Condition,
  conditionSchema,
  type Expression,
  expressionSchema,
  type Mapping,
  mappingSchema,
  type Take,
} from './language.ts';
import { type Filling, partsOf } from './parts.ts';
import { FILTER_NAMES, named } from './values.ts';

/** A mapping, checked against the model: every type, field, table and format that it names is there. */

type Step = string | number;

/** What one record of a row is made of. */
export interface Plan {
  /** The record's key: `person`, `holdsPosition`. */
  readonly key: string;
  readonly path: string;
  readonly each: string | undefined;
  readonly when: Condition | undefined;
  /** An entity's id, a relationship's ends. */
  readonly ids: Readonly<Record<string, Expression>>;
  /** References by external id: `from: {externalId: {SCHEME: …}}`. */
  readonly externally: Readonly<Record<string, readonly [scheme: string, Expression]>>;
  readonly fields: readonly (readonly [Field, Filling])[];
  readonly externalIds: readonly (readonly [scheme: string, Filling])[];
  readonly names: readonly (readonly (readonly [Field, Filling])[])[];
}

export interface CompiledMapping {
  readonly mapping: Mapping;
  readonly plans: readonly Plan[];
  /** Columns of a row that are named, outside any `each`, with where. */
  readonly columns: ReadonlyMap<string, string>;
}

/** @throws BAD_USER_INPUT that names the key in the mapping, and the nearest that there is */
export function compileMapping(model: Model, input: unknown): CompiledMapping {
  const parsed = mappingSchema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    throw wrong(
      [...((issue?.path ?? []) as Step[]), ...(unknown === undefined ? [] : [unknown])],
      unknown === undefined ? (issue?.message ?? 'is not valid') : 'is no key of a mapping here',
    );
  }
  return new Compiler(model, parsed.data).compile();
}

const wrong = (path: readonly Step[], message: string, suggestion?: string) =>
  badInput(`mapping: ${path.join('.') || 'it'} ${message}.`, {
    path: ['mapping', ...path],
    ...(suggestion ? { suggestion } : {}),
  });

const near = (name: string, names: Iterable<string>): string | undefined => {
  const found = nearest(name, [...names]);
  return found ? `Did you mean ${found}?` : undefined;
};

class Compiler {
  readonly #columns = new Map<string, string>();
  readonly #byKey: ReadonlyMap<string, EntityType | RelationshipType>;

  constructor(
    model: Model,
    private readonly mapping: Mapping,
  ) {
    this.#byKey = new Map<string, EntityType | RelationshipType>([
      ...model.entities.map((type) => [lookupName(type), type] as const),
      ...model.relationships.map((type) => [recordName(type), type] as const),
    ]);
  }

  compile(): CompiledMapping {
    const { entities = [], relationships = [], claim, file } = this.mapping;
    const plans = [
      ...entities.map((item, nth) => this.#plan(item, ['entities', nth], 'entity')),
      ...relationships.map((item, nth) => this.#plan(item, ['relationships', nth], 'relationship')),
    ];
    if (plans.length === 0) throw wrong([], 'makes nothing', 'Name entities, relationships, or both.');
    const isWhole = file?.each === undefined;
    for (const [name, from] of Object.entries(this.mapping.lists ?? {})) this.#look(from, ['lists', name], isWhole);
    for (const [text, path] of [
      [claim?.text, ['claim', 'text']],
      [claim?.locator, ['claim', 'locator']],
      [file?.locator, ['file', 'locator']],
    ] as const)
      if (text !== undefined) this.#note(text, [...path], isWhole);
    return { mapping: this.mapping, plans, columns: this.#columns };
  }

  #plan(item: Readonly<Record<string, Record<string, unknown>>>, path: Step[], is: 'entity' | 'relationship'): Plan {
    const [entry, ...more] = Object.entries(item);
    if (!entry || more.length > 0) throw wrong(path, 'must be one record: its type, and its fields');
    const [key, body] = entry;
    const type = this.#byKey.get(key);
    const at = [...path, key];
    if (type?.is !== is) {
      const keys = [...this.#byKey].flatMap(([name, each]) => (each.is === is ? [name] : []));
      throw wrong(at, `is no type of ${is}`, near(key, keys));
    }
    const { each, when, id, from, to, names, externalIds, ...rest } = body;
    if (each !== undefined && typeof each !== 'string') throw wrong([...at, 'each'], 'must be a path to a list');
    const isWhole = each === undefined && this.mapping.file?.each === undefined;
    const expression = (given: unknown, where: Step[]) => this.#expression(given, where, isWhole);
    const plan = {
      key,
      path: at.join('.'),
      each,
      when: when === undefined ? undefined : this.#condition(when, [...at, 'when'], isWhole),
      ...this.#ends(type.is === 'entity' ? { id } : { id, from, to }, at, expression),
      fields: this.#fields(type, rest, at, isWhole),
    };
    if (type.is === 'entity')
      return {
        ...plan,
        externalIds: Object.entries(objectOr(externalIds, [...at, 'externalIds'])).map(
          ([scheme, given]) => [scheme, this.#filling(null, given, [...at, 'externalIds', scheme], isWhole)] as const,
        ),
        names: (Array.isArray(names) ? names : names === undefined ? [] : [names]).map((one, nth) =>
          this.#namesOf(one, [...at, 'names', nth], isWhole),
        ),
      };
    for (const [end, given] of [
      ['from', from],
      ['to', to],
    ] as const)
      if (given === undefined && id === undefined)
        throw wrong([...at, end], 'is missing', 'Say what it leads from and to.');
    if (names !== undefined || externalIds !== undefined)
      throw wrong([...at, names === undefined ? 'externalIds' : 'names'], 'is nothing that a relationship has');
    return { ...plan, externalIds: [], names: [] };
  }

  #ends(
    ends: Readonly<Record<string, unknown>>,
    at: Step[],
    expression: (given: unknown, where: Step[]) => Expression,
  ) {
    const ids: Record<string, Expression> = {};
    const externally: Record<string, readonly [string, Expression]> = {};
    for (const [end, given] of Object.entries(ends)) {
      if (given === undefined) continue;
      const outside = (given as { externalId?: unknown } | null)?.externalId;
      if (outside === undefined) ids[end] = expression(given, [...at, end]);
      else {
        const [entry] = Object.entries(objectOr(outside, [...at, end, 'externalId']));
        if (!entry) throw wrong([...at, end, 'externalId'], 'must be {SCHEME: column}');
        externally[end] = [entry[0], expression(entry[1], [...at, end, 'externalId', entry[0]])];
      }
    }
    return { ids, externally };
  }

  #fields(type: EntityType | RelationshipType, given: Readonly<Record<string, unknown>>, at: Step[], isWhole: boolean) {
    const all = type.is === 'entity' ? writableEntityFields(type) : writableEdgeFields(type);
    return Object.entries(given).map(([name, each]) => {
      const field = all.find((one) => one.name === name);
      if (!field)
        throw wrong(
          [...at, name],
          `is no field of ${type.name}`,
          near(
            name,
            all.map((one) => one.name),
          ) ?? `It has: ${all.map((one) => one.name).join(', ')}.`,
        );
      return [field, this.#filling(field, each, [...at, name], isWhole)] as const;
    });
  }

  #namesOf(given: unknown, at: Step[], isWhole: boolean) {
    return Object.entries(objectOr(given, at)).map(([name, each]) => {
      const field = writableNameFields.find((one) => one.name === name);
      if (!field)
        throw wrong(
          [...at, name],
          'is no part of a name',
          near(
            name,
            writableNameFields.map((one) => one.name),
          ),
        );
      return [field, this.#filling(field, each, [...at, name], isWhole)] as const;
    });
  }

  #filling(field: Field | null, given: unknown, at: Step[], isWhole: boolean): Filling {
    if (Array.isArray(given))
      return { is: 'many', from: given.map((each, nth) => this.#expression(each, [...at, nth], isWhole)) };
    const parts = field ? partsOf(field) : [];
    const keys = typeof given === 'object' && given !== null ? Object.keys(given) : [];
    if (parts.length > 0 && keys.length > 0 && keys.every((key) => parts.includes(key)))
      return {
        is: 'parts',
        from: Object.fromEntries(
          Object.entries(given as object).map(([part, each]) => [part, this.#expression(each, [...at, part], isWhole)]),
        ),
      };
    return { is: 'one', from: this.#expression(given, at, isWhole) };
  }

  #expression(given: unknown, at: Step[], isWhole: boolean): Expression {
    const parsed = expressionSchema.safeParse(given);
    if (!parsed.success)
      throw wrong(
        at,
        'must be a column, a template, a constant, or {value, first, plain, split, pattern, degrees, values, otherwise, date, into, default, when}',
      );
    this.#look(parsed.data, at, isWhole);
    return parsed.data;
  }

  /** Looks at everything that an expression names. */
  #look(expression: Expression, at: Step[], isWhole: boolean): void {
    if (typeof expression !== 'object') {
      this.#note(expression, at, isWhole);
      return;
    }
    const { value, first = [], values, date, pattern, into, when, default: other } = expression;
    if (into !== undefined) this.#note(into, at, false);
    if (value === undefined && first.length === 0)
      throw wrong(at, 'names no value', 'Add value: a column, or first: a list of them.');
    for (const take of [value, other]) if (take !== undefined) this.#note(take, at, isWhole);
    first.forEach((each, nth) => {
      this.#look(each, [...at, 'first', nth], isWhole);
    });
    if (typeof values === 'string' && !this.mapping.values?.[values])
      throw wrong(
        [...at, 'values'],
        `names the table ${values}, which is not there`,
        near(values, Object.keys(this.mapping.values ?? {})),
      );
    for (const format of date === undefined ? [] : [date].flat())
      if (!isDateFormat(format))
        throw wrong(
          [...at, 'date'],
          `"${format}" is no format`,
          'Write it with yyyy, mm, mmm and dd, such as dd/mm/yyyy.',
        );
    if (pattern !== undefined) this.#pattern(pattern, [...at, 'pattern']);
    if (when !== undefined) this.#condition(when, [...at, 'when'], isWhole);
  }

  #condition(given: unknown, at: Step[], isWhole: boolean): Condition {
    const parsed = conditionSchema.safeParse(given);
    if (!parsed.success)
      throw wrong(
        at,
        'must be a column that is not empty, or {value, is | isNot | in | notIn | matches | empty}, or a list of these',
      );
    for (const each of [parsed.data].flat())
      if (typeof each === 'string') this.#note(each, at, isWhole);
      else {
        this.#note(each.value, at, isWhole);
        if (each.matches !== undefined) this.#pattern(each.matches, [...at, 'matches']);
      }
    return parsed.data;
  }

  #pattern(pattern: string, at: Step[]): void {
    try {
      new RegExp(pattern, 'u');
    } catch (error) {
      throw wrong(at, `"${pattern}" is no regular expression: ${(error as Error).message}`);
    }
  }

  #note(take: Take, at: Step[], isWhole: boolean): void {
    const { columns, filters } = named(take);
    for (const filter of filters)
      if (!FILTER_NAMES.includes(filter))
        throw wrong(at, `names the filter ${filter}, which is not there`, `There are: ${FILTER_NAMES.join(', ')}.`);
    if (isWhole) for (const column of columns) if (!this.#columns.has(column)) this.#columns.set(column, at.join('.'));
  }
}

function objectOr(given: unknown, at: Step[]): Record<string, unknown> {
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw wrong(at, 'must be a table');
  return given as Record<string, unknown>;
}
