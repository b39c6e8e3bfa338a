import type { Output, Registry } from '../registry.ts';
import { scalar } from '../scalars.ts';
import { MOST, type MutationSpec, TIED } from './mutation.ts';
import { common, removed, written } from './payload.ts';
import { counted } from './retract.ts';

/** `remove`: what should never have been entered. */
export const remove: MutationSpec = {
  description:
    'Takes out what should never have been entered: entities, relationships, claims. It stays in the history, and restore brings it back.',
  args: () => ({
    ids: { type: ['ID'], description: `Ids of what is to go, at most ${MOST}.`, required: true },
    reason: { type: 'String', description: 'Why, in a sentence.', required: true },
    cascade: {
      type: 'Boolean',
      description:
        'Take out what cannot be without it as well: its relationships and the claims about it. Without this, anything that would be left dangling refuses the call, and is listed.',
      defaultValue: false,
    },
  }),
  access: 'curator',
  cost: ({ ids }) => counted(ids) * (1 + TIED),
  lists: { ids: MOST },
  payload: {
    name: 'RemovePayload',
    description: 'What was taken out, and what changed with it.',
    fields: (registry) => ({
      removed: removed('Ids of what is not there any more.'),
      updated: written(registry, 'updated', 'Relationships and entities that rest on other claims now.'),
      dangling: {
        type: [danglingType(registry)],
        nullable: false,
        description:
          'What would refer to something that is not there any more; with anything in it, nothing was changed.',
        value: ({ report }) => report.dangling,
      },
      ...common(registry),
    }),
  },
  run: (writer, { ids, reason, cascade }, call, answer) =>
    writer.remove(ids as string[], { reason: reason as string, cascade: cascade === true }, call, answer),
};

const danglingType = (registry: Registry): Output =>
  registry.object('curator', 'Dangling', 'Something that would refer to what is not there any more.', () => ({
    id: { type: scalar('ID'), nullable: false, description: 'What refers.' },
    to: { type: scalar('ID'), nullable: false, description: 'What it refers to, and is to be removed.' },
    because: { type: scalar('String'), nullable: false, description: 'How it refers, in words.' },
  }));
