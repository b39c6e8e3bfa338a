import { claimFields } from '../../model/common-fields.ts';
import { typeOfId } from '../../model/model.ts';
import { allRows, type Check, type Finding, type Round, rowsOf, type Ward } from './check.ts';
import { WHOLE_CLAIM, type WholeClaim, wholeClaimOf } from './claim-columns.ts';
import { textsOf } from './entities.ts';
import { byId, mendDates, mendUnheld, resettleEdges } from './mend.ts';
import { wrongReferences } from './references.ts';
import { missingFields, wrongDates, wrongValues } from './values.ts';
import { enumerated } from './words.ts';

/** What must hold of each claim. */

const CHECKS = {
  source: {
    name: 'claim-source',
    meaning: 'Every claim is stated in one source.',
    mends: null,
    wayOut: 'Say where it is stated, by a record with its id and its source; or retract it.',
  },
  subject: {
    name: 'claim-subject',
    meaning: 'Every claim has one subject.',
    mends: null,
    wayOut: 'Record it anew, with what it is about, or delete it in Cypher.',
  },
  fields: {
    name: 'claim-fields',
    meaning:
      'Every claim has an id, a text, a predicate, a commitment and an attribution, and each field a value of its kind.',
    mends: null,
    wayOut: 'Record it anew by its id, with what is missing or wrong.',
  },
  dates: {
    name: 'claim-dates',
    meaning: 'The first and last day of a date fit its text.',
    mends: 'derives the days from the text',
    wayOut: 'Record it anew by its id, with the date.',
  },
  asserts: {
    name: 'claim-asserts',
    meaning: 'A relationship that a claim asserts lists the claim.',
    mends: 'lists it, and derives what follows',
    wayOut: 'Record the relationship anew with the claim.',
  },
  waiting: {
    name: 'claim-waiting',
    meaning: 'A claim that asserts what is not there is marked, so that it is found when that comes to be.',
    mends: 'sets or takes away the mark',
    wayOut: 'Run doctor --fix.',
  },
  references: {
    name: 'claim-references',
    meaning: 'A field of a claim that holds an id leads to an entity of the right type.',
    mends: null,
    wayOut: 'Record the claim anew by its id, with an id that is there.',
  },
} as const satisfies Record<string, Check>;

export const claims: Round = {
  name: 'claims',
  checks: Object.values(CHECKS),
  async *findings(ward) {
    for await (const rows of rowsOf(ward, `MATCH (c:Claim) RETURN ${WHOLE_CLAIM}, elementId(c)`)) {
      ward.looked(rows.length);
      const read = rows.map(([whole]) => wholeClaimOf(whole));
      for (const [nth, each] of read.entries()) yield* ofOne(each, String(rows[nth]?.[1]));
      yield* ofAsserted(ward, read);
      const referring = read.map(({ claim }) => ({ id: claim.id, fields: claimFields, properties: claim.properties }));
      for (const [id, problems] of await wrongReferences(ward, referring))
        for (const what of problems) yield { check: CHECKS.references, id, what };
    }
  },
};

function* ofOne({ claim, subjects, sources }: WholeClaim, key: string): Iterable<Finding> {
  const { properties } = claim;
  const id = claim.id ?? key;
  if (claim.id === null) yield { check: CHECKS.fields, id, what: 'has no id' };
  if (sources !== 1)
    yield { check: CHECKS.source, id, what: sources === 0 ? 'has no source' : `has ${sources} sources` };
  if (subjects !== 1)
    yield { check: CHECKS.subject, id, what: subjects === 0 ? 'has no subject' : `has ${subjects} subjects` };
  const missing = missingFields(claimFields, properties);
  if (missing.length > 0) yield { check: CHECKS.fields, id, what: `has no ${enumerated(missing)}` };
  for (const what of wrongValues(claimFields, properties)) yield { check: CHECKS.fields, id, what };
  const dates = wrongDates(claimFields, properties);
  if (dates)
    yield {
      check: CHECKS.dates,
      id,
      what: `${enumerated(Object.keys(dates))} do not fit`,
      mend: { by: mendDates.claims, with: { dates, texts: textsOf(dates, properties) } },
    };
}

const assertsOf = ({ claim }: WholeClaim): readonly string[] =>
  (claim.properties['asserts'] as string[] | undefined) ?? [];

/** Whether what they assert is there, and lists them. */
async function* ofAsserted(ward: Ward, some: readonly WholeClaim[]): AsyncIterable<Finding> {
  const lists = await listsOf(ward, [...new Set(some.flatMap(assertsOf))]);
  for (const each of some) {
    const { claim, labels } = each;
    const asserts = assertsOf(each);
    for (const edge of asserts) {
      const list = lists.get(edge);
      if (list && !list.includes(claim.id))
        yield {
          check: CHECKS.asserts,
          id: edge,
          what: `does not list ${claim.id}, which asserts it`,
          mend: { by: resettleEdges, with: [claim.id] },
        };
    }
    const waits = !asserts.every((edge) => lists.has(edge));
    if (waits !== labels.includes('Unheld'))
      yield {
        check: CHECKS.waiting,
        id: claim.id,
        what: waits ? 'asserts what is not there, and has no mark' : 'is marked, though all that it asserts is there',
        mend: { by: mendUnheld, with: waits },
      };
  }
}

/** The claims that edges list, by the edges' ids; those that are not there are left out. */
async function listsOf(ward: Ward, ids: readonly string[]): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const type of ward.model.relationships) {
    const some = ids.filter((id) => typeOfId(ward.model, id) === type);
    if (some.length === 0) continue;
    const rows = await allRows(ward, `UNWIND $ids AS id MATCH ${byId(type)} RETURN id, coalesce(x.claims, [])`, {
      ids: some,
    });
    for (const [id, list] of rows as [string, string[]][]) found.set(id, list);
  }
  return found;
}
