import { changesSince } from '../../compile/revisions.ts';
import { connectionRoot } from '../../compile/roots.ts';
import type { Registry } from '../registry.ts';
import { changeConnection } from '../revisions.ts';
import type { QuestionSpec } from './question.ts';

/** `changes(since)`: everything that has happened, in order. */
export const changes = (registry: Registry): QuestionSpec => ({
  type: changeConnection(registry),
  nullable: false,
  description:
    'Everything that has happened, in the order in which it did. Read on from pageInfo.endCursor, or from the cursor of any change: nothing is left out, and nothing comes twice.',
  args: registry.args({
    since: { type: 'String', description: 'Cursor that the page begins after; from the beginning unless said.' },
    first: { type: 'Int', description: 'How many changes, 1 to 200; 25 unless said.' },
  }),
  access: 'reader',
  meaning: {
    is: 'question',
    compile: (emitter, selected) =>
      connectionRoot(emitter, selected, (page, _, place) => changesSince(emitter, page, place)),
  },
});
