import type { Model } from '../../model/model.ts';

/** A colour for each type of entity, the same in every file: hues a golden angle apart, in the order of the ontology. */

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

const GOLDEN_ANGLE = 137.508;
/** Claims, where they are nodes. */
const GREY: Colour = { red: 150, green: 150, blue: 150 };

/** By the type's name. @returns a function that answers grey for what is no type of the model */
export function coloursOf(model: Model): (type: string) => Colour {
  const colours = new Map(
    model.entities.map(({ name }, nth) => [name, ofHue((nth * GOLDEN_ANGLE) % 360, nth % 2 === 0 ? 0.45 : 0.6)]),
  );
  return (type) => colours.get(type) ?? GREY;
}

/** https://www.w3.org/TR/css-color-4/#hsl-to-rgb, with a saturation of 0.6. */
function ofHue(hue: number, lightness: number): Colour {
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    const strength = 0.6 * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return { red: channel(0), green: channel(8), blue: channel(4) };
}

/** `#rrggbb`. */
export const hexOf = ({ red, green, blue }: Colour): string =>
  `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
