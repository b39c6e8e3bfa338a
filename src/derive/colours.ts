import type { EntityType } from '../model/declarations.ts';
import { familiesOf } from '../model/model.ts';

/** The colour of a type wherever the graph is drawn by others: one a kind of thing, told apart with colour-blind eyes too. */

const BY_TYPE: Readonly<Record<string, string>> = {
  Person: '#2f6fb7',
  UnnamedActor: '#5b8fc4',
  Position: '#5d5aa8',
  PopulationGroup: '#7d7a1e',
  Event: '#b97f10',
  Source: '#6a727d',
};
const BY_FAMILY: Readonly<Record<string, string>> = {
  Organization: '#c5532c',
  Instrument: '#8d3f8f',
  Place: '#13795b',
};
/** What a new type has until it is given one. */
const OTHER = '#6a727d';

/** `#rrggbb` of an entity type; of claims, where null. */
export function colourOf(type: EntityType | null): string {
  if (type === null) return '#a09a8c';
  const family = familiesOf(type).find((each) => each.name in BY_FAMILY);
  return BY_TYPE[type.name] ?? (family && BY_FAMILY[family.name]) ?? OTHER;
}
