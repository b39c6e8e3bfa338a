import type { InputFieldMap, InputRef, OutputRef } from '@pothos/core';
import type { Meaning } from '../compile/meaning.ts';
import type { Model } from '../model/model.ts';
import type { Role } from '../model/roles.ts';
import { type Builder, fromParent, means, resolveType } from './builder.ts';

/**
 * What the parts of the schema share: the builder, the model, and each type by name, made once. Pothos infers types of
 * hand-written schemas; this one is made from data, so that its inference is switched off here, in one place.
 */

export type Output = OutputRef<unknown>;
export type Input = InputRef<unknown>;
export type TypeParameter = Output | readonly [Output];

/** A field as the model asks for it. */
export interface FieldSpec {
  readonly type: TypeParameter;
  readonly nullable: boolean;
  readonly description: string;
  readonly args?: InputFieldMap;
  /** Absent where the field is read off a decoded value as it is. */
  readonly meaning?: Meaning;
  /** How many items it is expected to bring, by its arguments, where neither a page nor a list of ids tells. */
  readonly cost?: (args: Readonly<Record<string, unknown>>) => number;
  /**
   * Names a whole that this field and others beside it are disjoint parts of, such as what was created and what was updated
   * of all that was written: they cost no more together than one that has all of it.
   */
  readonly partOf?: string;
  /** The role that it takes, beside what its type takes. Root fields must say one. */
  readonly access?: Role;
}

/** What others read off a field of the schema: its meaning for the compiler, its cost for the server. */
export const extensionsOf = ({ meaning, cost, partOf, access }: FieldSpec): object => ({
  ...(meaning ? means(meaning) : {}),
  ...(cost ? { cost } : {}),
  ...(partOf ? { partOf } : {}),
  ...(access ? { access } : {}),
});

/** A field of one of the root types: who may ask for it is always said. */
export type RootFieldSpec = FieldSpec & { readonly access: Role };

type FieldBuilder = { field(options: never): unknown };

/** Makes fields out of their specifications. */
export function makeFields(t: unknown, specs: Readonly<Record<string, FieldSpec>>): never {
  const builder = t as FieldBuilder;
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      builder.field({
        type: spec.type,
        nullable: spec.nullable,
        description: spec.description,
        args: spec.args ?? {},
        extensions: extensionsOf(spec),
        resolve: fromParent,
      } as never),
    ]),
  ) as never;
}

/** An input field or argument as the model asks for it. */
export interface InputSpec {
  readonly type:
    | Input
    | readonly [Input]
    | 'String'
    | 'Int'
    | 'Boolean'
    | 'ID'
    | 'Float'
    | readonly ['String']
    | readonly ['ID']
    | readonly ['Int']
    | readonly ['Float'];
  readonly description: string;
  readonly required?: boolean;
  readonly defaultValue?: unknown;
}

type InputBuilder = { field(options: never): unknown };

const inputOptions = (spec: InputSpec): never =>
  ({
    type: spec.type,
    required: spec.required ?? false,
    description: spec.description,
    ...(spec.defaultValue !== undefined ? { defaultValue: spec.defaultValue } : {}),
  }) as never;

/** Makes the fields of an input type. */
export function makeInputs(t: unknown, specs: Readonly<Record<string, InputSpec>>): never {
  const builder = t as InputBuilder;
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, builder.field(inputOptions(spec))]),
  ) as never;
}

/** Types by name, made when first asked for; makers may ask for one another. */
export class Registry {
  readonly #made = new Map<string, unknown>();

  constructor(
    readonly builder: Builder,
    readonly model: Model,
  ) {}

  /** The type of a name; `make` is called once. */
  once<T>(name: string, make: () => T): T {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name) as T;
  }

  /**
   * The interface of a name. It is known before its fields are asked for, since they may lead back to it.
   * @param access the role that it takes to see one
   */
  interface(
    access: Role,
    name: string,
    options: { description: string; interfaces?: () => Output[]; specs: () => Readonly<Record<string, FieldSpec>> },
  ): Output {
    return this.#known(name, this.builder.interfaceRef.bind(this.builder), {
      description: options.description,
      extensions: { access },
      resolveType,
      interfaces: options.interfaces ?? (() => []),
      fields: (t: unknown) => makeFields(t, options.specs()),
    });
  }

  #known(name: string, refer: (name: string) => unknown, options: object): Output {
    const known = this.#made.get(name);
    if (known) return known as Output;
    const ref = refer(name) as { implement(options: never): unknown };
    this.#made.set(name, ref);
    ref.implement(options as never);
    return ref as unknown as Output;
  }

  /** Makes arguments. */
  args(specs: Readonly<Record<string, InputSpec>>): InputFieldMap {
    return this.builder.args((t) => makeInputs(t, specs)) as InputFieldMap;
  }

  /** An input type of these fields. */
  input(name: string, description: string, specs: () => Readonly<Record<string, InputSpec>>, isOneOf = false): Input {
    const refer = this.builder.inputRef.bind(this.builder) as (name: string) => unknown;
    return this.#known(name, refer, {
      description,
      isOneOf,
      fields: (t: unknown) => makeInputs(t, specs()),
    }) as unknown as Input;
  }

  /**
   * An object type of these fields.
   * @param access the role that it takes to see one
   */
  object(
    access: Role,
    name: string,
    description: string,
    specs: () => Readonly<Record<string, FieldSpec>>,
    interfaces: () => Output[] = () => [],
  ): Output {
    const refer = this.builder.objectRef.bind(this.builder) as (name: string) => unknown;
    const fields = (t: unknown) => makeFields(t, specs());
    return this.#known(name, refer, { description, extensions: { access }, interfaces, fields });
  }
}
