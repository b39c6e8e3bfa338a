import { under } from '../../compile/arguments.ts';
import { historyOf } from '../../compile/revisions.ts';
import { connectionRoot } from '../../compile/roots.ts';
import { asText } from '../../compile/values.ts';
import { forward } from '../connections.ts';
import type { Registry } from '../registry.ts';
import { connectedArgument, revisionConnection } from '../revisions.ts';
import type { QuestionSpec } from './question.ts';

/** `history(of)`: what has happened to a thing, whether it is still there or not. */
export const history = (registry: Registry): QuestionSpec => ({
  type: revisionConnection(registry),
  nullable: false,
  description:
    'What has happened to an entity, a relationship or a claim, the last first, whether it is still there or not. Of what was merged into something else, also what has happened to that.',
  args: registry.args({
    of: { type: 'ID', description: 'Its id. Nothing is found where nothing ever had it.', required: true },
    ...connectedArgument,
    ...forward(),
  }),
  access: 'reader',
  meaning: {
    is: 'question',
    compile: (emitter, selected) =>
      connectionRoot(emitter, selected, (_, given, place) => {
        const id = emitter.param(under(given, 'of'), asText);
        const survivor = emitter.before(
          (name) => `CALL () { OPTIONAL MATCH (gone:Removed {id: ${id}}) RETURN gone.survivor AS ${name} }`,
        );
        return historyOf(emitter, [id, survivor], [survivor], given, place);
      }),
  },
});
