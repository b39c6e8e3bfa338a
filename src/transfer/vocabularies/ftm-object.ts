import { leave, type Reading } from './reading.ts';
import { cleaned, isObject, listOf } from './values.ts';

/** An object of FollowTheMoney as it is read: every property once, and what nobody asked for is left out, with a notice. */
export interface FtmObject {
  readonly id: string;
  readonly schema: string;
  readonly caption: string | null;
  /** Ids of entities that it was made of. */
  readonly referents: readonly string[];
  /** The values of a property as texts; it counts as read. */
  take(property: string): readonly string[];
  /** Whether any value of a property is no text, number or entity. */
  isOdd(property: string): boolean;
  /** Leaves out what was not read. */
  leaveRest(): void;
}

/** Keys of OpenSanctions and of FollowTheMoney's tools that say nothing of the entity itself. */
export function ftmObject(
  row: Reading,
  value: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, unknown>>,
): FtmObject {
  const read = new Set<string>();
  const values = (property: string): readonly string[] => {
    const given = Object.hasOwn(properties, property) ? properties[property] : undefined;
    const texts = listOf(given).flatMap((each) =>
      typeof each === 'string'
        ? [cleaned(each).trim()]
        : typeof each === 'number' || typeof each === 'boolean'
          ? [String(each)]
          : // Nested exports hold the entity itself where an id is meant.
            isObject(each) && typeof each['id'] === 'string'
            ? [each['id']]
            : [],
    );
    return [...new Set(texts.filter((text) => text !== ''))];
  };
  return {
    id: String(value['id']),
    schema: String(value['schema']),
    caption: typeof value['caption'] === 'string' ? cleaned(value['caption']).trim() : null,
    referents: listOf(value['referents']).filter((each): each is string => typeof each === 'string' && each !== ''),
    take(property) {
      read.add(property);
      return values(property);
    },
    isOdd: (property) => listOf(properties[property]).some((each) => typeof each !== 'string'),
    leaveRest() {
      for (const property of Object.keys(properties))
        if (!read.has(property) && listOf(properties[property]).length > 0) leave(row, property);
    },
  };
}
