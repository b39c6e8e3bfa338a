import { type Argument, argumentsOf, isGiven, placeOf, under } from '../compile/arguments.ts';
import type { RootField } from '../compile/plan.ts';
import { inUtc } from '../compile/values.ts';
import { badInput } from '../errors.ts';
import { isDay } from '../model/partial-date.ts';
import type { GraphContext, Reader } from './context.ts';
import type { InputSpec } from './registry.ts';
import { scalar } from './scalars.ts';

/** Looking a thing up as it was recorded at another time, whatever is known of it by now. */

/** The argument of look-ups. It compiles to nothing: the same statement is asked of another reader. */
export const recordedAsOfArgument: Record<string, InputSpec> = {
  recordedAsOf: {
    type: scalar('DateTime'),
    description:
      'As it was recorded here at this instant, with its relationships and claims; what was not recorded then is null. Needs id. With asOf, what was then held to be true on that day.',
  },
};

/**
 * Who answers a root field: whoever reads what is there now, unless it asks for what was recorded then.
 * @throws BAD_USER_INPUT for an instant that is none or is still to come, and where no id says what is meant
 */
export function readerFor(context: GraphContext, root: RootField): Reader {
  const [node] = root.fieldNodes;
  const field = root.parentType.getFields()[root.fieldName];
  if (!node || !field?.args.some(({ name }) => name in recordedAsOfArgument)) return context.reader;
  const given = argumentsOf({ field, node, path: [String(root.path.key)] }, root.variableValues);
  const at = under(given, 'recordedAsOf');
  if (!isGiven(at)) return context.reader;
  const id = under(given, 'id');
  if (!isGiven(id))
    throw badInput('recordedAsOf needs id: a name may have been something else’s then.', {
      path: placeOf(at),
      value: at.value,
      suggestion: 'Ask for the id by name first, without recordedAsOf.',
    });
  if (!context.recordedAsOf)
    throw badInput('What was recorded at another time cannot be read here.', {
      path: placeOf(at),
      suggestion: 'Ask for its history.',
    });
  return context.recordedAsOf(pastInstant(at), [String(id.value)]);
}

/** An instant in UTC that has been. */
function pastInstant(at: Argument): string {
  const text = String(at.value);
  const place = { path: placeOf(at), value: text };
  if (!isDay(text.slice(0, 10)))
    throw badInput(`recordedAsOf is no instant: there is no ${text.slice(0, 10)}.`, {
      ...place,
      suggestion: 'Give an instant such as "2025-02-04T12:00:00Z".',
    });
  if (Date.parse(text) > Date.now())
    throw badInput('recordedAsOf is still to come, and nobody knows what will be recorded by then.', {
      ...place,
      suggestion: 'Leave it out for what is recorded now; for what is to hold on a day, ask with asOf.',
    });
  return String(inUtc(text));
}
