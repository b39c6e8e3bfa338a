import type { Judgement as AJudgement } from '../../model/vocabulary.ts';
import { Judgement } from '../../model/vocabulary.ts';
import { closedListEnum } from '../enums.ts';
import { scalar } from '../scalars.ts';
import type { Done, MutationSpec } from './mutation.ts';
import { common, entity } from './payload.ts';

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
      judgement: {
        type: closedListEnum(registry, Judgement),
        nullable: true,
        description: 'What was found; null where there are problems.',
        value: ({ report, given }) => (report.problems.length > 0 ? null : given['judgement']),
      },
      by: {
        type: scalar('String'),
        nullable: false,
        description: 'Who judged.',
        value: ({ call }: Done) => call.by,
      },
      reason: {
        type: scalar('String'),
        nullable: true,
        description: 'Why, if that was said.',
        value: ({ given }) => given['reason'] ?? null,
      },
      ...common(registry),
    }),
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
