import { type Argument, isGiven, placeOf } from '../../compile/arguments.ts';
import { asIs, at } from '../../compile/emitter.ts';
import type { Listing } from '../../compile/listing.ts';
import { emitParts } from '../../compile/objects.ts';
import { idKey } from '../../compile/ordering.ts';
import { asText } from '../../compile/values.ts';
import { badInput } from '../../errors.ts';
import { connection, forward } from '../connections.ts';
import type { FieldSpec, Output, Registry } from '../registry.ts';
import { scalar } from '../scalars.ts';
import { type Asked, argument, listedBy, type QuestionSpec } from './question.ts';

/** `audit`: who called what, and what became of it. */
export const audit = (registry: Registry): QuestionSpec => ({
  type: connection(
    registry,
    'Audit',
    'entries of the audit log',
    () => auditEntry(registry),
    () => ({}),
    () => ({}),
    'admin',
  ),
  nullable: false,
  description:
    'The audit log, the newest first: every call that wrote, and those that were refused because of who sent them or what was wrong with them.',
  access: 'admin',
  args: registry.args({
    outcome: { type: 'String', description: 'Only calls that ended so: WRITTEN or REFUSED.' },
    by: { type: 'String', description: 'Only calls of this name: that of a key, or the subject of a token.' },
    ...forward(),
  }),
  meaning: listedBy(auditListing),
});

/** What an entry holds, and what of it is always there. */
const TEXTS: Readonly<Record<string, readonly [description: string, isThere: boolean]>> = {
  by: ['Who called: the name of a key, or the subject of a token; nobody where that is not known.', true],
  role: ['The role of whoever called; null where nobody is known.', false],
  address: ['The address that the call came from, where it came over the network.', false],
  operation: ['What was called, or what of it was refused.', true],
  outcome: ['WRITTEN or REFUSED.', true],
  code: ['Of a refusal, its code.', false],
  message: ['Of a refusal, why.', false],
  reason: ['The reason that the caller gave, where one was given.', false],
};
const NUMBERS: Readonly<Record<string, string>> = {
  first: 'The number of the first revision that it made; null where it made none.',
  last: 'The number of the last revision that it made; null where it made none.',
};

const auditEntry = (registry: Registry): Output =>
  registry.object('admin', 'AuditEntry', 'A call that wrote, or that was refused.', () => ({
    id: { type: scalar('ID'), nullable: false, description: 'Its id, which its revisions carry as their call.' },
    at: { type: scalar('DateTime'), nullable: false, description: 'When it was.' },
    ...Object.fromEntries(
      Object.entries(TEXTS).map(([name, [description, isThere]]): [string, FieldSpec] => [
        name,
        { type: scalar('String'), nullable: !isThere, description },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(NUMBERS).map(([name, description]): [string, FieldSpec] => [
        name,
        { type: scalar('Int'), nullable: true, description },
      ]),
    ),
  }));

const CALL = 'call';

function auditListing(asked: Asked): Listing {
  const { emitter, place } = asked;
  const [outcome, by] = [argument(asked, 'outcome'), argument(asked, 'by')];
  const read = (text: string) => () => ({ text, decode: asIs });
  return {
    match: `MATCH (${CALL}:ConcordatCall)`,
    where: [
      // All have one; that it is said lets the index be walked, from its end.
      `${CALL}.at IS NOT NULL`,
      ...(isGiven(outcome) ? [`${CALL}.outcome = ${emitter.param(outcome, outcomeOf)}`] : []),
      ...(isGiven(by) ? [`${CALL}.by = ${emitter.param(by, asText)}`] : []),
    ],
    variables: [CALL],
    keys: [
      {
        ...{ name: 'call.at', text: `${CALL}.at`, descending: true, nullable: false },
        ...{ computed: false, indexed: true, as: 'datetime' },
      },
      idKey(CALL),
    ],
    count: null,
    node: (selected) =>
      emitParts(emitter, selected, at(place, selected.key), {
        id: read(`${CALL}.id`),
        at: read(`toString(${CALL}.at)`),
        ...Object.fromEntries(
          [...Object.keys(TEXTS), ...Object.keys(NUMBERS)].map((name) => [name, read(`${CALL}.${name}`)]),
        ),
      }),
    part: () => {
      throw new Error('an edge to an entry has a cursor and a node');
    },
  };
}

/** @throws BAD_USER_INPUT for what no call ends as */
function outcomeOf(given: Argument): unknown {
  if (given.value === 'WRITTEN' || given.value === 'REFUSED') return given.value;
  throw badInput(`No call ends as ${JSON.stringify(given.value)}.`, {
    path: placeOf(given),
    value: given.value,
    suggestion: 'outcome: "WRITTEN" or "REFUSED"',
  });
}
