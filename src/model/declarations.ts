import type { Field, FieldDeclaration, Fields } from './kinds.ts';
import type { Mappings, Telling } from './mappings.ts';

/** The words that the ontology is written in: family, entity, relationship. Plain data; `model.ts` checks the whole. */

/** A family or group: a label in the store, an interface in GraphQL. Families within families are one level deep. */
export interface Family {
  readonly is: 'family';
  readonly name: string;
  readonly plural: string;
  readonly description: string;
  readonly within: readonly Family[];
}

/** A type of node. */
export interface EntityType {
  readonly is: 'entity';
  readonly name: string;
  readonly plural: string;
  readonly description: string;
  readonly families: readonly Family[];
  readonly fields: readonly Field[];
  readonly maps: Mappings;
  readonly told: Telling;
}

/** One end of a relationship as it is declared. */
export type End = Family | EntityType;

/** How a relationship stands in time. `from` and `to` are its dates' names in records and GraphQL, null where it has none. */
export interface Time {
  readonly class: 'state' | 'act' | 'timeless';
  readonly from: string;
  readonly to: string | null;
}

/** A type of relationship. `pairs` are its legal ends: any of `from` with any of `to`, pair by pair. */
export interface RelationshipType {
  readonly is: 'relationship';
  readonly name: string;
  readonly description: string;
  readonly pairs: readonly { readonly from: readonly End[]; readonly to: readonly End[] }[];
  /** Field names in GraphQL from its start and from its end; the same one when symmetric. */
  readonly names: { readonly forward: string; readonly reverse: string };
  /** As a sentence: `Rubio — holds the position — Secretary of State`, and read from the other end. */
  readonly phrase: { readonly forward: string; readonly reverse: string };
  readonly symmetric: boolean;
  readonly time: Time;
  /** Names of the fields that belong to its identity, beside its type and ends. */
  readonly identity: readonly string[];
  readonly fields: readonly Field[];
  /** The field that lists are ordered by when nobody says otherwise. */
  readonly orderedBy: string | null;
  readonly maps: Mappings;
  /** What FollowTheMoney calls its start and its end, where it has an object for the relationship itself. */
  readonly ftmEnds: readonly [from: string, to: string] | null;
}

export const named = (fields: Fields): Field[] =>
  Object.entries(fields).map(([name, field]: [string, FieldDeclaration]) => ({ ...field, name }));

export function family(name: string, plural: string, description: string, within: readonly Family[] = []): Family {
  return { is: 'family', name, plural, description, within };
}

export function entity(
  name: string,
  description: string,
  options: { plural: string; families?: readonly Family[]; fields?: Fields; maps?: Mappings; told?: Telling },
): EntityType {
  return {
    is: 'entity',
    name,
    plural: options.plural,
    description,
    families: options.families ?? [],
    fields: named(options.fields ?? {}),
    maps: options.maps ?? {},
    told: options.told ?? {},
  };
}

/** Holds from one day until another; dates named `validFrom`/`validTo` unless said otherwise. */
export const state = (from = 'validFrom', to = 'validTo'): Time => ({ class: 'state', from, to });
/** Happens on a day, named `on`. */
export const act: Time = { class: 'act', from: 'on', to: null };
/** Has no time of its own; always current. */
export const timeless: Time = { class: 'timeless', from: 'validFrom', to: 'validTo' };

interface RelationshipOptions {
  readonly names: readonly [forward: string, reverse: string] | string;
  readonly phrase: readonly [forward: string, reverse: string] | string;
  readonly time: Time;
  readonly identity?: readonly string[];
  readonly fields?: Fields;
  readonly orderedBy?: string;
  readonly maps?: Mappings;
  readonly ftmEnds?: readonly [from: string, to: string];
}

/** Legal ends: any of `from` with any of `to`. */
export const between = (from: readonly End[], to: readonly End[]): RelationshipType['pairs'] => [{ from, to }];
/** Legal ends: each only with its own kind. */
export const alike = (...ends: readonly End[]): RelationshipType['pairs'] =>
  ends.map((end) => ({ from: [end], to: [end] }));

/** A relationship. One name and one phrase, instead of two, make it symmetric. */
export function relationship(
  name: string,
  description: string,
  pairs: RelationshipType['pairs'],
  options: RelationshipOptions,
): RelationshipType {
  const [forward, reverse] = typeof options.names === 'string' ? [options.names, options.names] : options.names;
  const [says, saysBack] = typeof options.phrase === 'string' ? [options.phrase, options.phrase] : options.phrase;
  return {
    is: 'relationship',
    name,
    description,
    pairs,
    names: { forward, reverse },
    phrase: { forward: says, reverse: saysBack },
    symmetric: typeof options.names === 'string',
    time: options.time,
    identity: options.identity ?? [],
    fields: named(options.fields ?? {}),
    orderedBy: options.orderedBy ?? null,
    maps: options.maps ?? {},
    ftmEnds: options.ftmEnds ?? null,
  };
}
