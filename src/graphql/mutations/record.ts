import { scalar } from '../scalars.ts';
import { MOST, type MutationSpec, type PayloadField } from './mutation.ts';
import { common, dryRun, removed, written } from './payload.ts';
import { recordGiven, recordInput } from './record-inputs.ts';

/** `record`: the one door by which anything enters. */
export const record: MutationSpec = {
  description:
    'Records entities, relationships and claims, all of them or, with any problem, none. What is there already is changed only where a record says so.',
  args: (registry) => ({
    records: {
      type: [recordInput(registry)],
      description: `What to record, at most ${MOST}. Records may refer to one another by their places.`,
      required: true,
    },
    dryRun: {
      type: 'Boolean',
      description: 'Only try it: answer what would be done, and change nothing.',
      defaultValue: false,
    },
  }),
  access: 'editor',
  cost: ({ records }) => thingsIn(records),
  lists: { records: MOST },
  payload: {
    name: 'RecordPayload',
    description: 'What became of the records, and of what follows from them.',
    fields: (registry) => ({
      created: written(registry, 'created', 'What was not there before: entities, relationships and claims.'),
      updated: written(
        registry,
        'updated',
        'What was there, and has changed; also relationships and entities for which that follows from new claims.',
      ),
      unchanged: written(registry, 'unchanged', 'What was there just as it was recorded.'),
      removed: removed('Ids of relationships that are not there any more, since no standing claim carries them.'),
      ids: idsOfRecords,
      dryRun,
      ...common(registry),
    }),
  },
  run: (writer, { records, dryRun }, call, answer) =>
    writer.record((records as unknown[]).map(recordGiven), { dryRun: dryRun === true }, call, answer),
};

const idsOfRecords: PayloadField = {
  type: [scalar('ID')],
  nullable: { list: false, items: true } as never,
  description: 'The id of each record, in its place; null where none could be told.',
  value: ({ report }) => report.ids,
};

/** Records, the claims in them, and the relationships that those assert besides. */
function thingsIn(records: unknown): number {
  let found = 0;
  for (const record of listOf(records).slice(0, MOST))
    for (const value of Object.values((record ?? {}) as object)) {
      found += 1 + listOf(value?.asserts).length;
      for (const claim of listOf(value?.claims)) found += 1 + listOf((claim as { asserts?: unknown })?.asserts).length;
    }
  return found;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
