import type { Judgement as AJudgement } from '../../model/vocabulary.ts';
import { Judgement } from '../../model/vocabulary.ts';
import { closedListEnum } from '../enums.ts';
import type { Output } from '../registry.ts';
import { scalar } from '../scalars.ts';
import type { Done, MutationSpec, PayloadField } from './mutation.ts';
import { common, entity } from './payload.ts';

const STORED =
  'CYPHER 5 MATCH (j:Judgement {id: $id}) RETURN j.judgement AS judgement, toString(j.at) AS at, j.by AS by, j.reason AS reason';

/** A part of the judgement as it is stored, under the field's own name. */
const looked = (type: Output, description: string): PayloadField => ({
  type,
  nullable: true,
  description,
  value: (done: Done, name: string) => done.looked[name] ?? null,
});

/** `judge`: whether two entities are one, without making them one. */
export const judge: MutationSpec = {
  description:
    'Says whether two entities are one and the same, and changes neither. Two that were judged different are not merged until that is judged anew.',
  args: (registry) => ({
    a: { type: 'ID', description: 'Id of one of them.', required: true },
    b: { type: 'ID', description: 'Id of the other.', required: true },
    judgement: { type: closedListEnum(registry, Judgement), description: 'What was found.', required: true },
    reason: { type: 'String', description: 'Why, in a sentence.' },
  }),
  access: 'editor',
  cost: () => 2,
  lists: {},
  payload: {
    name: 'JudgementPayload',
    description: 'The judgement as it stands now.',
    fields: (registry) => ({
      a: entity(registry, 'a', 'One of them; null where there is none.'),
      b: entity(registry, 'b', 'The other; null where there is none.'),
      judgement: looked(closedListEnum(registry, Judgement), 'What was found; null where there are problems.'),
      at: looked(scalar('DateTime'), 'When it was judged; saying the same again changes nothing.'),
      by: looked(scalar('String'), 'Who judged.'),
      reason: looked(scalar('String'), 'Why, if that was said.'),
      ...common(registry),
    }),
    async look({ ids: [id] }, reader, operation) {
      const rows = await reader.read({ text: STORED, parameters: { id: id ?? null } }, { operation });
      const [judgement, at, by, reason] = rows[0] ?? [];
      return { judgement, at, by, reason };
    },
  },
  run: (writer, { a, b, judgement, reason }, call, answer) =>
    writer.judge(
      {
        a: a as string,
        b: b as string,
        judgement: judgement as AJudgement,
        ...(typeof reason === 'string' ? { reason } : {}),
      },
      call,
      answer,
    ),
};
