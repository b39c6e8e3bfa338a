import { Commitment, GRADES } from '../model/vocabulary.ts';
import { closedListEnum } from './enums.ts';
import type { Input, InputSpec, Registry } from './registry.ts';
import { scalar } from './scalars.ts';

/** Time, certainty and commitment, as arguments and as keys of filters. */

const least = `The least commitment: ${GRADES.join(' > ')}. What somebody said and where somebody stands is kept whatever it is.`;

/** Arguments of a root field: for everything below it. The field's own entities are not filtered by them. */
export const rootScope = (registry: Registry): Record<string, InputSpec> => ({
  asOf: {
    type: scalar('Date'),
    description:
      'The day that every relationship below is seen from: kept is what was true then, and what may have been. Inherited by every list, count, filter and state below.',
  },
  certain: {
    type: 'Boolean',
    description: 'Keep only what surely was true on that day, not what may have been. Inherited below.',
    defaultValue: false,
  },
  minCommitment: {
    type: closedListEnum(registry, Commitment),
    description: `${least} Inherited below.`,
  },
});

/** Arguments of a list: for itself and for what is below it. What is left out is inherited; null lifts it. */
export const listScope = (registry: Registry): Record<string, InputSpec> => ({
  asOf: {
    type: scalar('Date'),
    description:
      'The day to see from: what was true then, and what may have been. Inherited unless given; null lifts it.',
  },
  certain: {
    type: 'Boolean',
    description: 'Only what surely was true on that day. Inherited unless given; false unless anything above says so.',
  },
  minCommitment: {
    type: closedListEnum(registry, Commitment),
    description: `${least} Inherited unless given; null lifts it.`,
  },
});

/** Keys of a filter on relationships, beside the scope that it inherits. */
export const filterScope = (registry: Registry): Record<string, InputSpec> => ({
  ...listScope(registry),
  ...overlaps(registry),
});

/** `overlaps`, as a key of a filter. */
export const overlaps = (registry: Registry): Record<string, InputSpec> => ({
  overlaps: {
    type: dateRange(registry),
    description:
      'Held on some day of these, or may have; an act, was done within them, or may have been. With certain: true, surely.',
  },
});

const dateRange = (registry: Registry): Input =>
  registry.input('DateRangeInput', 'Days from one to another, both included; an end that is left out is open.', () => ({
    from: { type: scalar('Date'), description: 'The first day.' },
    to: { type: scalar('Date'), description: 'The last day.' },
  }));
