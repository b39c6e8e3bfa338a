import { checkModel } from './check.ts';
import { AnyEntity } from './common-fields.ts';
import type { EntityType, Family, RelationshipType } from './declarations.ts';
import type { Model } from './model.ts';

/**
 * Puts declarations together and checks the whole.
 * @throws ModelError naming both things that contradict each other.
 */
export function createModel(declared: Iterable<Family | EntityType | RelationshipType>): Model {
  const all = [...new Set(declared)];
  const model: Model = {
    families: [...new Set([AnyEntity, ...all.filter((item) => item.is === 'family')])],
    entities: all.filter((item) => item.is === 'entity'),
    relationships: all.filter((item) => item.is === 'relationship'),
  };
  checkModel(model);
  return Object.freeze(model);
}
