import { type MutationSpec, TIED } from './mutation.ts';
import { common, removed, written } from './payload.ts';

/** `unmerge`: a merge undone. */
export const unmerge: MutationSpec = {
  description: 'Undoes a merge: what was folded together is told apart again, under the former ids.',
  args: () => ({
    merge: { type: 'ID', description: 'Id of the merge, as its payload told it.', required: true },
  }),
  access: 'curator',
  cost: () => TIED * TIED,
  lists: {},
  payload: {
    name: 'UnmergePayload',
    description: 'What came back, and what changed with it.',
    fields: (registry) => ({
      restored: written(registry, 'restored', 'Entities and relationships that are there again.'),
      updated: written(registry, 'updated', 'What has changed, since something came back.'),
      removed: removed('Ids of what only the merge had made.'),
      ...common(registry),
    }),
  },
  run: (writer, { merge }, call, answer) => writer.unmerge(merge as string, call, answer),
};
