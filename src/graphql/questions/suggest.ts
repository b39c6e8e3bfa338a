import type { Argument } from '../../compile/arguments.ts';
import { asIs, type Emitted } from '../../compile/emitter.ts';
import { handWritten } from '../../compile/hand-written.ts';
import { emitParts } from '../../compile/objects.ts';
import { withPrelude } from '../../compile/roots.ts';
import { beginningWith, distinctWords } from '../../compile/search-query.ts';
import { WholeNumber } from '../../compile/values.ts';
import { enumName, typeAmong } from '../../model/model.ts';
import { keysOfName } from '../../model/search-keys.ts';
import { entityTypeEnum } from '../enums.ts';
import type { Output, Registry } from '../registry.ts';
import { scalar } from '../scalars.ts';
import { answeredBy, argument, bounded, filled, type QuestionSpec } from './question.ts';
import { textWithin, typesAsked } from './sought.ts';

/** `suggest(prefix)`: what somebody who is typing may mean. */
export const suggest = (registry: Registry): QuestionSpec => ({
  type: [suggestionType(registry)],
  nullable: false,
  description:
    'Entities of which a word of a name begins like this, whatever its script, case and accents: whole names first, what has many relationships before what has few, short names before long ones.',
  args: registry.args({
    prefix: { type: 'String', description: 'What is typed so far; several words may each be begun.', required: true },
    types: { type: [entityTypeEnum(registry)], description: 'Only things of these types.' },
    first: { type: 'Int', description: `How many, 1 to ${FIRST.max}; ${FIRST.absent} unless said.` },
  }),
  access: 'reader',
  meaning: answeredBy((asked) => {
    const { emitter, selected, place } = asked;
    const [prefix, types, first] = [argument(asked, 'prefix'), argument(asked, 'types'), argument(asked, 'first')];
    const named = typesAsked(types);
    const begun = (given: Argument) => beginningWith(textWithin(given), named);
    const found = handWritten(emitter, 'suggest', {
      query: filled(prefix, (given) => begun(given).query),
      words: filled(prefix, (given) => new WholeNumber(distinctWords(begun(given).key).length)),
      length: filled(prefix, (given) => new WholeNumber(begun(given).key.length)),
      first: bounded(first, FIRST),
    });
    const key = emitter.slot(prefix, (given) => begun(given).key);
    const matched: Emitted = {
      text: '[n.name, n.aliases, COLLECT { MATCH (n)-[:NAMED]->(m:Name) RETURN m.value ORDER BY m.value }]',
      decode: (raw, env) => {
        const [name, aliases, names] = raw as [string, string[] | null, string[]];
        return nameThatBegins([name, ...(aliases ?? []), ...names], String(env.values[key]));
      },
    };
    const one = emitParts(emitter, selected, place, {
      id: () => ({ text: 'n.id', decode: asIs }),
      name: () => ({ text: 'n.name', decode: asIs }),
      type: () => ({
        text: 'labels(n)',
        decode: (labels) => {
          const type = typeAmong(emitter.model, labels as string[]);
          return type ? enumName(type) : null;
        },
      }),
      matched: () => matched,
      score: () => ({ text: 'score', decode: (raw) => Math.round((raw as number) * 1e4) / 1e4 }),
    });
    return {
      text: withPrelude(emitter, `CALL () { ${found} } WITH n, score ORDER BY score DESC, n.id RETURN ${one.text}`),
      decode: (rows, env) => rows.map(([row]) => one.decode(row, env)),
    };
  }),
});

const FIRST = { min: 1, max: 50, absent: 10 };

/** The name that begins with a key, else the one that has a word which does, else the first. */
function nameThatBegins(names: readonly string[], key: string): string {
  const begins = (prefix: string) => names.find((name) => keysOfName(name).some((each) => ` ${each}`.includes(prefix)));
  const whole = names.find((name) => keysOfName(name).some((each) => each.startsWith(key)));
  const [word = ''] = key.split(' ');
  return whole ?? begins(` ${key}`) ?? begins(` ${word}`) ?? names[0] ?? '';
}

const suggestionType = (registry: Registry): Output =>
  registry.object('reader', 'Suggestion', 'Something that may be meant by what was typed.', () => ({
    id: { type: scalar('ID'), nullable: false, description: 'Its id.' },
    name: { type: scalar('String'), nullable: false, description: 'Its canonical name.' },
    type: { type: entityTypeEnum(registry), nullable: false, description: 'Its type.' },
    matched: { type: scalar('String'), nullable: false, description: 'The name that begins like what was typed.' },
    score: { type: scalar('Float'), nullable: false, description: 'What it is ordered by, from 0 to 1.' },
  }));
