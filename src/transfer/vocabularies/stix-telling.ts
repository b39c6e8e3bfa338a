import type { EntityType } from '../../model/declarations.ts';
import { endNamed, type Model } from '../../model/model.ts';
import { countryId } from './countries.ts';
import { ownEntityType } from './own-ids.ts';
import { EXTENSION, WRITER } from './stix-model.ts';
import { tellType } from './telling.ts';
import { isObject, listOf } from './values.ts';

/** What an object of STIX is here, and why it is nothing. */

export type StixObject = Readonly<Record<string, unknown>>;

/** Our extension of an object, where it has one. */
export function extensionIn(object: StixObject): StixObject | null {
  const extensions = object['extensions'];
  const ours = isObject(extensions) ? extensions[EXTENSION] : undefined;
  return isObject(ours) ? ours : null;
}

/** The type of an object, or why it is left out. */
export function tellStix(model: Model, object: StixObject): EntityType | { readonly left: string } {
  const id = object['id'];
  if (id === WRITER || id === EXTENSION) return { left: '' };
  const ours = extensionIn(object);
  const own = typeof ours?.['id'] === 'string' ? ownEntityType(model, ours['id']) : null;
  if (own) return own;
  if (object['revoked'] === true) return { left: 'was revoked by its producer' };
  if (object['x_mitre_deprecated'] === true) return { left: 'was deprecated by its producer' };
  const type = String(object['type']);
  const words = ['sectors', 'roles', 'labels']
    .flatMap((key) => listOf(object[key]))
    .map((each) => wordOf(String(each)));
  const told = (mapped: string, more: readonly string[] = []): EntityType | { readonly left: string } =>
    tellType(model, 'stix', mapped, { words: more })?.type ?? { left: 'has no counterpart in this graph' };
  if (type === 'identity') {
    const group = object['identity_class'];
    if (group === 'individual') return told('identity/individual');
    if (group === 'organization') return told('identity/organization', words);
    if (group === 'group' || group === 'class') return told('identity/class');
    return { left: 'does not say whether it is a person, an organization or a class of either' };
  }
  if (type === 'threat-actor')
    return told(object['resource_level'] === 'individual' ? 'identity/individual' : 'threat-actor');
  if (type === 'location') return isCountry(object) ? told('location', ['country']) : told('location');
  if (type === 'report' || type === 'incident') return told(type);
  return { left: 'has no counterpart in this graph' };
}

/** Words of STIX's own lists that our types know by others. */
const wordOf = (word: string): string =>
  /^government/.test(word)
    ? 'public body'
    : ['financial-services', 'manufacturing', 'retail', 'technology', 'telecommunications', 'pharmaceuticals'].includes(
          word,
        )
      ? 'company'
      : word === 'education'
        ? 'university'
        : word === 'non-profit'
          ? 'ngo'
          : word;

/** Whether a location is a country, and no part of one. */
export const isCountry = (object: StixObject): boolean =>
  typeof object['country'] === 'string' &&
  countryId(object['country']) !== null &&
  ['administrative_area', 'city', 'street_address', 'postal_code', 'latitude'].every(
    (key) => object[key] === undefined,
  );

/** Whether a type is an actor, so that it may be associated with another. */
export const isActor = (model: Model, type: EntityType): boolean => {
  const actor = endNamed(model, 'Actor');
  return type.families.some((family) => family === actor || family.within.some((one) => one === actor));
};
