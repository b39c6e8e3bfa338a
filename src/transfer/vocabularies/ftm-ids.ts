import { createHash } from 'node:crypto';
import type { Model } from '../../model/model.ts';
import { ownEntityType, ownRelationshipType } from './own-ids.ts';

/** Ids of this graph as FollowTheMoney allows them: letters and digits of ASCII, dots and dashes, neither first nor last. */

/** FollowTheMoney refuses longer ones. */
const LONGEST = 255;

/**
 * `person:nayib-bukele` → `person.nayib-bukele`; any other sign is a dot and six hexadecimal digits. What becomes too long
 * is a digest, and does not lead back.
 */
export function ftmId(id: string): string {
  const colon = id.indexOf(':');
  const local = id
    .slice(colon + 1)
    .replace(/[^0-9A-Za-z-]|-$/gu, (sign) => `.${(sign.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`);
  // A local part begins with a letter or a digit, or with an escape: the dot of the type stands before either.
  const whole = `${id.slice(0, colon)}.${local}`;
  return whole.length <= LONGEST ? whole : `${id.slice(0, colon)}.${createHash('sha256').update(id).digest('hex')}`;
}

/** The id of this graph that was written so; null where it is no such id. */
export function ownIdOf(model: Model, given: string): string | null {
  const match = /^([a-z][a-z0-9-]*)\.(.+)$/.exec(given);
  if (!match) return null;
  const local = (match[2] as string).replace(/\.([0-9a-f]{6})/g, (_, hex: string) => {
    const point = Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
  const id = `${match[1]}:${local}`;
  const own = ownEntityType(model, id) ?? ownRelationshipType(model, id);
  return own !== null && ftmId(id) === given ? id : null;
}
