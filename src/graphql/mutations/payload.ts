import type { Outcome, WriteReport } from '../../model/reports.ts';
import { claimRef } from '../claims.ts';
import { endRef, nodeInterface } from '../entities.ts';
import type { Output, Registry } from '../registry.ts';
import { scalar } from '../scalars.ts';
import type { Done, PayloadField } from './mutation.ts';

/** Fields that payloads have in common. */

const withOutcome =
  (outcome: Outcome) =>
  ({ report }: Done): string[] =>
    [...report.outcomes].flatMap(([id, each]) => (each === outcome ? [id] : []));

/** What was written with an outcome, as it is now: whatever a query may ask of it. */
export const written = (registry: Registry, outcome: Outcome, description: string): PayloadField => ({
  type: [nodeInterface(registry)],
  nullable: false,
  description,
  meaning: { is: 'written' },
  partOf: 'written',
  ids: withOutcome(outcome),
});

/** The claims that were taken back. */
export const retracted = (registry: Registry): PayloadField => ({
  ...written(registry, 'retracted', 'The claims that were taken back, each with its retraction.'),
  type: [claimRef(registry)],
});

/** What is not there any more, by its ids. */
export const removed = (description: string): PayloadField => ({
  type: [scalar('ID')],
  nullable: false,
  description,
  value: withOutcome('removed'),
});

/** An entity that an argument names, as it is now. */
export const entity = (registry: Registry, argument: string, description: string): PayloadField => ({
  type: endRef(registry, 'Entity'),
  nullable: true,
  description,
  meaning: { is: 'written' },
  ids: ({ given }) => [given[argument] as string],
});

export const dryRun: PayloadField = {
  type: scalar('Boolean'),
  nullable: false,
  description: 'Whether this was only tried: then everything here is as it would have been, and nothing was changed.',
  value: ({ given }) => given['dryRun'] === true,
};

/** What every payload ends with. */
export const common = (registry: Registry): Record<string, PayloadField> => ({
  call: {
    type: scalar('ID'),
    nullable: false,
    description: 'Id of this call, which the history and the audit log carry.',
    value: ({ report }) => report.call,
  },
  problems: {
    type: [problemType(registry)],
    nullable: false,
    description: 'Everything that is wrong, not only the first. Where there is anything, nothing was changed.',
    value: ({ report }) => allShown(report.problems),
  },
  notices: {
    type: [problemType(registry)],
    nullable: false,
    description: 'What is unusual, and was done all the same.',
    value: ({ report }) => allShown(report.notices),
  },
});

type Told = WriteReport['problems'][number] | WriteReport['notices'][number];

/** How many problems are told, and how long a message is: both grow with what is sent, and one request holds many calls. */
const MOST_TOLD = 1_000;
const LONGEST = 600;

function allShown(all: readonly Told[]): object[] {
  const more = all.length - MOST_TOLD;
  const told = all.slice(0, MOST_TOLD).map(shown);
  return more > 0
    ? [
        ...told,
        {
          ...{ record: null, path: [], code: 'LIMIT_EXCEEDED', message: `${more} more of them are not shown.` },
          suggestion: 'Mend those that are shown first, or send less at once.',
        },
      ]
    : told;
}

const shown = ({ path, message, suggestion, ...problem }: Told): object => ({
  ...problem,
  path: path.map(String),
  message: short(message),
  suggestion: suggestion === undefined ? null : short(suggestion),
});

/** Messages quote what was sent, which may be a megabyte. */
const short = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)} … ${text.slice(-LONGEST / 2)}`;

const problemType = (registry: Registry): Output =>
  registry.object(
    'editor',
    'Problem',
    'What is wrong with a call, or unusual: where, which rule, in words, and the way out.',
    () => ({
      record: {
        type: scalar('Int'),
        nullable: true,
        description: 'The record’s place in the call, from 0; of a call with ids, the id’s.',
      },
      path: {
        type: [scalar('String')],
        nullable: false,
        description: 'Keys and places inside the record, outermost first, such as holdsPosition, claims, 0, source.',
      },
      code: {
        type: scalar('String'),
        nullable: false,
        description:
          'Which rule, for programs to branch on: MISSING_FIELD, INVALID_VALUE, UNKNOWN_REFERENCE, ILLEGAL_PAIR, CLAIM_WITHOUT_SOURCE, RELATIONSHIP_WITHOUT_CLAIM, CONFLICT and others.',
      },
      message: { type: scalar('String'), nullable: false, description: 'What is wrong, with the value.' },
      suggestion: { type: scalar('String'), nullable: true, description: 'The way out.' },
    }),
  );
