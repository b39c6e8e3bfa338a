import type { Outcome } from '../../model/reports.ts';
import { type Done, MOST, type MutationSpec, TIED } from './mutation.ts';
import { common, written } from './payload.ts';
import { counted } from './retract.ts';

/** `restore`: back under its own id. */
export const restore: MutationSpec = {
  description: 'Brings back what was removed, or retracted, as it was, under the same ids.',
  args: () => ({
    ids: { type: ['ID'], description: `Ids of what is to come back, at most ${MOST}.`, required: true },
  }),
  access: 'curator',
  cost: ({ ids }) => counted(ids) * (1 + TIED),
  lists: { ids: MOST },
  payload: {
    name: 'RestorePayload',
    description: 'What came back, and what changed with it.',
    fields: (registry) => ({
      restored: {
        ...written(registry, 'restored', 'What is there again, and claims that are not retracted any more.'),
        ids: (done) =>
          outcomes(done).flatMap(([id, each]) => (each === 'restored' || isBack(done, id, each) ? [id] : [])),
      },
      created: written(registry, 'created', 'Relationships that standing claims carry again.'),
      updated: {
        ...written(registry, 'updated', 'What else has changed, since something came back.'),
        ids: (done) =>
          outcomes(done).flatMap(([id, each]) => (each === 'updated' && !isBack(done, id, each) ? [id] : [])),
      },
      unchanged: written(registry, 'unchanged', 'What was there all along.'),
      ...common(registry),
    }),
  },
  run: (writer, { ids }, call, answer) => writer.restore(ids as string[], call, answer),
};

const outcomes = ({ report }: Done): [string, Outcome][] => [...report.outcomes];

/** A retracted claim has been there all along: to the store it is updated, to whoever names it, restored. */
const isBack = ({ given }: Done, id: string, outcome: Outcome): boolean =>
  outcome === 'updated' && (given['ids'] as readonly string[]).includes(id);
