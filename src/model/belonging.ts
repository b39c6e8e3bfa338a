import type { RelationshipType } from './declarations.ts';
import { type Model, relationshipNamed } from './model.ts';

/** How people belong to an organization: themselves, or by a post that is a post of it. */
export interface Belonging {
  /** From a person to the organization. */
  readonly direct: readonly RelationshipType[];
  /** From a person to a post. */
  readonly holds: RelationshipType;
  /** From a post to the organization. */
  readonly within: RelationshipType;
}

/** The relationships by which people belong to organizations. */
export function belonging(model: Model): Belonging {
  const named = (name: string): RelationshipType => {
    const type = relationshipNamed(model, name);
    if (!type) throw new Error(`the model has no ${name}`);
    return type;
  };
  return {
    direct: ['MEMBER_OF', 'EMPLOYED_BY', 'LEADS'].map(named),
    holds: named('HOLDS_POSITION'),
    within: named('POSITION_IN'),
  };
}
