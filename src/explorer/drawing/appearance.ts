import type { EntityType, Legend } from '../data/legend.ts';
import type { State } from '../data/temporal.ts';
import type { Edge } from '../data/things.ts';
import type { Group, Palette } from './palette.ts';

/** How things look, never by colour alone: a group has a shape too, a type a letter, an edge its strokes and a mark. */

/** Shapes by number, as the shader knows them. */
export const SHAPES = ['circle', 'square', 'ring', 'diamond', 'triangle', 'hexagon', 'double', 'star', 'page'] as const;
export type Shape = (typeof SHAPES)[number];

export const SHAPE_OF: Readonly<Record<Group, Shape>> = {
  person: 'circle',
  organization: 'square',
  unnamed: 'ring',
  instrument: 'diamond',
  place: 'triangle',
  position: 'hexagon',
  people: 'double',
  event: 'star',
  source: 'page',
};

export const GROUP_LABELS: Readonly<Record<Group, string>> = {
  person: 'People',
  organization: 'Organizations',
  unnamed: 'Unnamed actors',
  instrument: 'Instruments',
  place: 'Places',
  position: 'Positions',
  people: 'Groups of people',
  event: 'Events',
  source: 'Sources and others',
};

/** The group of a type, by its families where they tell. */
export function groupOf({ type, families }: Pick<EntityType, 'type' | 'families'>): Group {
  if (families.includes('Instrument')) return 'instrument';
  if (families.includes('Place')) return 'place';
  if (families.includes('Organization')) return 'organization';
  const single: Readonly<Record<string, Group>> = {
    PERSON: 'person',
    POSITION: 'position',
    POPULATION_GROUP: 'people',
    EVENT: 'event',
    SOURCE: 'source',
  };
  return single[type] ?? (families.includes('Actor') ? 'unnamed' : 'source');
}

/** A letter or two for each type, of which no two of a group are the same where their names allow. */
export function lettersOf(legend: Legend): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  const taken = new Set<string>();
  for (const each of legend.entities.values()) {
    const words = each.type.split('_').map((word) => word.charAt(0) + word.slice(1).toLowerCase());
    const initials = words.map((word) => word.charAt(0)).join('');
    const first = words[0] ?? each.type;
    const tries = [initials.slice(0, 2), first.slice(0, 2), first.charAt(0) + first.charAt(2)];
    const group = groupOf(each);
    const letter = tries.find((one) => !taken.has(`${group} ${one}`)) ?? initials.slice(0, 2);
    taken.add(`${group} ${letter}`);
    letters.set(each.type, letter);
  }
  return letters;
}

/** Strokes by number, as the shader knows them. */
export const STROKES = ['solid', 'long dashes', 'dashes', 'dots', 'dash and dot'] as const;
export type Stroke = (typeof STROKES)[number];

export interface EdgeLook {
  readonly stroke: Stroke;
  /** Drawn as two lines: somebody denies it. */
  readonly isDouble: boolean;
  readonly color: string;
  /** In the middle of the edge: `≠` disputed, `~` hedged, `?` not known to hold on the day. */
  readonly mark: string;
  /** 0 to 1. */
  readonly strength: number;
}

/** The look of an edge; `state` is its state on the day that is looked at. */
export function lookOf(edge: Edge, state: State | null, palette: Palette): EdgeLook {
  const [stroke, color] = strokeOf(edge.status, palette);
  const marks = [edge.disputed ? '≠' : '', edge.hedged ? '~' : '', state === 'UNKNOWN' ? '?' : ''];
  return {
    stroke,
    isDouble: edge.disputed,
    color: edge.disputed ? palette.disputed : color,
    mark: marks.join(''),
    strength: state === 'UNKNOWN' ? 0.5 : 1,
  };
}

function strokeOf(status: string, palette: Palette): [Stroke, string] {
  switch (status) {
    case 'FACT':
    case 'AGREED':
      return ['solid', palette.edge];
    case 'PROMISED':
      return ['long dashes', palette.offered];
    case 'OFFERED':
    case 'PROPOSED':
    case 'PLANNED':
      return ['dashes', palette.offered];
    case 'PREDICTED':
    case 'ALLEGED':
      return ['dots', palette.alleged];
    default:
      return ['dash and dot', palette.edge];
  }
}
