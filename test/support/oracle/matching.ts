import { fulfils, type Given } from './operators.ts';
import type { PlainEdge, PlainEntity } from './plain-graph.ts';
import type { Relations, Step } from './relations.ts';
import { keeps, type Scope, saysScope, under } from './scope.ts';
import type { Range } from './temporal.ts';

/**
 * Filters of one relationship: which of its edges a match means, and `some none every count` over them. What the top of a
 * match says of time and commitment tells which edges there are; further in it is a condition beside the others.
 */

type Where = Given | null | undefined;

interface Leaves {
  readonly entity: (each: PlainEntity, where: Where, scope: Scope) => boolean;
  readonly edge: (each: PlainEdge, where: Where, other: PlainEntity, scope: Scope) => boolean;
  readonly hasClaim: (each: PlainEdge, where: Given, scope: Scope) => boolean;
}

export function matching(relations: Relations, leaves: Leaves) {
  const within = ({ edge }: Step, where: Given, scope: Scope): boolean =>
    keeps(relations, edge, under(scope, where), (where['overlaps'] as Range | null | undefined) ?? null);

  /** All that a match says beside time and commitment. `scope` is the one that its own top says. */
  const fits = (step: Step, where: Given, scope: Scope): boolean =>
    Object.entries(where).every(([key, value]) => {
      if (value === null || value === undefined) return true;
      switch (key) {
        case 'and':
          return (value as Given[]).every((each) => inner(step, each, scope));
        case 'or':
          return (value as Given[]).some((each) => inner(step, each, scope));
        case 'not':
          return !inner(step, value as Given, scope);
        case 'relationship':
          return leaves.edge(step.edge, value as Given, step.node, scope);
        case 'node':
          return leaves.entity(step.node, value as Given, scope);
        case 'hasClaim':
          return leaves.hasClaim(step.edge, value as Given, scope);
        default:
          return true;
      }
    });

  const inner = (step: Step, where: Given, scope: Scope): boolean =>
    (!saysScope(where) || within(step, where, scope)) && fits(step, where, under(scope, where));

  /** Whether an edge is among those that a match means. */
  const step = (each: Step, where: Where, scope: Scope): boolean =>
    within(each, where ?? {}, scope) && fits(each, where ?? {}, under(scope, where ?? {}));

  const COMPARISONS: Readonly<Record<string, (count: number, wanted: number) => boolean>> = {
    eq: (count, wanted) => count === wanted,
    ne: (count, wanted) => count !== wanted,
    lt: (count, wanted) => count < wanted,
    lte: (count, wanted) => count <= wanted,
    gt: (count, wanted) => count > wanted,
    gte: (count, wanted) => count >= wanted,
  };

  /** `some none every count` over an entity's edges of one relationship. */
  const relation = (steps: readonly Step[], given: Given, scope: Scope): boolean =>
    fulfils(given, (key, value) => {
      const where = value as Given;
      switch (key) {
        case 'some':
          return steps.some((each) => step(each, where, scope));
        case 'none':
          return !steps.some((each) => step(each, where, scope));
        case 'every':
          return steps.every((each) => !within(each, where, scope) || fits(each, where, under(scope, where)));
        default: {
          const count = steps.filter((each) => step(each, where['where'] as Where, scope)).length;
          return Object.entries(where).every(
            ([name, wanted]) => name === 'where' || COMPARISONS[name]?.(count, Number(wanted)) === true,
          );
        }
      }
    });

  return { step, relation };
}
