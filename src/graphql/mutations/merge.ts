import type { Output, Registry } from '../registry.ts';
import { scalar } from '../scalars.ts';
import { type MutationSpec, TIED } from './mutation.ts';
import { common, dryRun, entity, removed, written } from './payload.ts';
import { counted } from './retract.ts';

/** How many entities one call folds into another. */
const MOST_FROM = 100;

/** `merge`: several records of one and the same thing. */
export const merge: MutationSpec = {
  description:
    'Makes one of several entities that are one and the same: the survivor takes over names, external ids, relationships and claims. The other ids lead to it from then on; unmerge gives them back.',
  args: () => ({
    into: { type: 'ID', description: 'Id of the entity that survives.', required: true },
    from: { type: ['ID'], description: `Ids of those that are folded into it, at most ${MOST_FROM}.`, required: true },
    reason: { type: 'String', description: 'Why they are one, in a sentence.', required: true },
    dryRun: {
      type: 'Boolean',
      description: 'Only try it: answer what would be done, and in what they differ, and change nothing.',
      defaultValue: false,
    },
  }),
  access: 'curator',
  cost: ({ from }) => counted(from) * TIED * TIED,
  lists: { from: MOST_FROM },
  payload: {
    name: 'MergePayload',
    description: 'What became of the entities and of what they were tied to.',
    fields: (registry) => ({
      merge: {
        type: scalar('ID'),
        nullable: true,
        description: 'Id of the merge, by which unmerge undoes it; null where nothing was merged.',
        value: ({ report }) => report.merges[0] ?? null,
      },
      into: entity(registry, 'into', 'The survivor, as it is now.'),
      created: written(registry, 'created', 'Relationships that took the place of those of the others.'),
      updated: written(registry, 'updated', 'The survivor and what is tied to it, as far as that has changed.'),
      removed: removed('Ids that are not there any more, but lead to what took their place.'),
      conflicts: {
        type: [conflictType(registry)],
        nullable: false,
        description: 'In what they differ: the survivor’s value is kept.',
        value: ({ report }) =>
          report.conflicts.map((one) => ({ ...one, kept: inWords(one.kept), given: inWords(one.given) })),
      },
      dryRun,
      ...common(registry),
    }),
  },
  run: (writer, { into, from, reason, dryRun: tried }, call, answer) =>
    writer.merge(
      { into: into as string, from: from as string[], reason: reason as string },
      { dryRun: tried === true },
      call,
      answer,
    ),
};

const conflictType = (registry: Registry): Output =>
  registry.object('curator', 'MergeConflict', 'A field in which two things that are made one differ.', () => ({
    into: { type: scalar('ID'), nullable: false, description: 'The entity or relationship that is kept.' },
    from: { type: scalar('ID'), nullable: false, description: 'The one that is folded into it.' },
    field: { type: scalar('String'), nullable: false, description: 'The field.' },
    kept: { type: scalar('String'), nullable: true, description: 'The value that is kept; what is no text, as JSON.' },
    given: {
      type: scalar('String'),
      nullable: true,
      description: 'The value that is given up; what is no text, as JSON.',
    },
  }));

const inWords = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
