import { MOST, type MutationSpec, TIED } from './mutation.ts';
import { common, removed, retracted, written } from './payload.ts';

/** `retract`: a source does not carry its claims any more. */
export const retract: MutationSpec = {
  description:
    'Takes claims back that their source does not carry any more. They stay, marked as retracted; relationships that rested on nothing else go.',
  args: () => ({
    claims: { type: ['ID'], description: `Ids of the claims, at most ${MOST}.`, required: true },
    reason: { type: 'String', description: 'Why, in a sentence.', required: true },
  }),
  access: 'editor',
  cost: ({ claims }) => counted(claims) * (1 + TIED),
  lists: { claims: MOST },
  payload: {
    name: 'RetractPayload',
    description: 'What became of the claims, and of what rested on them.',
    fields: (registry) => ({
      retracted: retracted(registry),
      updated: written(registry, 'updated', 'Relationships and entities that rest on other claims now.'),
      unchanged: written(registry, 'unchanged', 'Claims that had been taken back before.'),
      removed: removed('Ids of relationships that rested on these claims alone, and are not there any more.'),
      ...common(registry),
    }),
  },
  run: (writer, { claims, reason }, call, answer) => writer.retract(claims as string[], reason as string, call, answer),
};

export const counted = (list: unknown): number => (Array.isArray(list) ? Math.min(list.length, MOST) : 1);
