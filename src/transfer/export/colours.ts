import { colourOf } from '../../derive/colours.ts';
import type { Model } from '../../model/model.ts';

/** The colour of each type of entity, the same in every file as in Bloom and in the explorer. */

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** By the type's name; of claims, for what is no type of the model. */
export function coloursOf(model: Model): (type: string) => Colour {
  const colours = new Map(model.entities.map((type) => [type.name, channels(colourOf(type))]));
  const others = channels(colourOf(null));
  return (type) => colours.get(type) ?? others;
}

function channels(hex: string): Colour {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return { red, green, blue };
}

/** `#rrggbb`. */
export const hexOf = ({ red, green, blue }: Colour): string =>
  `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
