import type { RelationshipType } from '../../model/declarations.ts';
import { covers, isLegal, type Model, recordName, relationshipNamed } from '../../model/model.ts';
import { relationshipsSaid } from './edge-words.ts';
import { ftmRef, readValue } from './ftm-entities.ts';
import { ownIdOf } from './ftm-ids.ts';
import { LINKS, relationshipsOf } from './ftm-model.ts';
import type { FtmObject } from './ftm-object.ts';
import { ownEntityType, ownRelationshipType } from './own-ids.ts';
import { leave, type Reading, refuse } from './reading.ts';
import { bestDate, readDate } from './values.ts';

/** Intervals of FollowTheMoney as relationships. */

/** Reads an interval; false where its schema is none that says something of two things here. */
export function readFtmInterval(model: Model, row: Reading, object: FtmObject): boolean {
  const { schema } = object;
  if (schema === 'Sanction') return sanction(model, row, object);
  if (schema === 'Mention') return mention(model, row, object);
  const link = LINKS[schema];
  if (link) return linked(model, row, object, link);
  const [relationship] = relationshipsOf(model, schema);
  if (!relationship?.ftmEnds) return false;
  const { ftmEnds } = relationship;
  const description = object.take('description').join('\n');
  const fields = {
    ...dates(row, object, relationship),
    ...properties(row, object, relationship),
    ...spelledOut(relationship, description),
  };
  edge(model, row, object, relationship, ftmEnds, fields);
  tell(row, [...object.take('summary'), wordsOf(relationship, description)]);
  object.leaveRest();
  return true;
}

/** Every pair of ends is an edge: an interval may name several. */
function edge(
  model: Model,
  row: Reading,
  object: FtmObject,
  relationship: RelationshipType,
  [start, end]: readonly [string, string],
  fields: Readonly<Record<string, unknown>>,
): void {
  const [from, to] = [object.take(start), object.take(end)];
  for (const [property, ids] of [
    [start, from],
    [end, to],
  ] as const)
    if (ids.length === 0) refuse(row, property, 'MISSING_FIELD', `${object.schema} needs ${property}.`);
  const own = ownIdOf(model, object.id);
  const isOwn = own !== null && ownRelationshipType(model, own) === relationship;
  for (const a of from)
    for (const b of to)
      row.records.push({
        [recordName(relationship)]: {
          ...(isOwn && from.length === 1 && to.length === 1 ? { id: own } : {}),
          from: ftmRef(model, a),
          to: ftmRef(model, b),
          ...fields,
        },
      });
}

/** What the row's claim says, where the file says it in words. */
function tell(row: Reading, texts: readonly string[]): void {
  const text = texts.find((each) => each !== '');
  if (text !== undefined && row.claim === undefined) row.claim = { text };
}

function dates(row: Reading, object: FtmObject, type: RelationshipType): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const date = (name: string | null, given: readonly string[]): void => {
    for (const property of given) {
      const values = object.take(property);
      if (values.length === 0 || name === null || found[name] !== undefined) continue;
      const read = values.map(readDate);
      if (read.includes(null)) leave(row, property, 'is no date');
      const best = bestDate(read.filter((each) => each !== null));
      if (best.others.length > 0)
        leave(row, property, 'has several values that contradict each other: the first is kept');
      if (best.date !== null) found[name] = best.date;
    }
  };
  date(type.time.from, ['startDate', 'periodStart', ...(type.time.class === 'act' ? ['date'] : [])]);
  date(type.time.to, ['endDate', 'periodEnd']);
  return found;
}

/** The edge's own fields that FollowTheMoney has a property for. */
function properties(row: Reading, object: FtmObject, type: RelationshipType): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const field of type.fields) {
    const value =
      field.kind === 'amount'
        ? money(object)
        : field.maps?.ftm
          ? readValue(row, field, field.maps.ftm, object.take(field.maps.ftm))
          : undefined;
    if (value !== undefined) fields[field.name] = value;
  }
  return fields;
}

function money(object: FtmObject): object | undefined {
  const [value] = object.take('amount');
  const [currency] = object.take('currency');
  if (value === undefined || !Number.isFinite(Number(value))) return undefined;
  return { value: Number(value), ...(currency && /^[A-Z]{3}$/.test(currency) ? { currency } : {}) };
}

/** A link whose role is one of our phrases is that relationship; any other has to do with each other in the way it says. */
function linked(
  model: Model,
  row: Reading,
  object: FtmObject,
  [start, end, says]: readonly [string, string, string],
): boolean {
  const [role = says] = object.take('role');
  const ends = [object.take(start)[0], object.take(end)[0]].map((id) => {
    const own = id === undefined ? null : ownIdOf(model, id);
    return own === null ? null : ownEntityType(model, own);
  });
  const [from, to] = ends;
  const said = relationshipsSaid(model, role).find(
    ({ relationship }) => !from || !to || isLegal(relationship, from, to),
  );
  const relationship = said?.relationship ?? relationshipNamed(model, 'ASSOCIATED_WITH');
  if (!relationship) return false;
  if (said?.commitment || said?.hedged) {
    const [text] = object.take('summary');
    row.claim = {
      text: text ?? role,
      commitment: said.commitment ?? 'FACT',
      ...(said.hedged ? { hedged: true } : {}),
    };
  }
  object.take('status');
  const description = object.take('description').join('\n');
  const way = object.take('relationship')[0] ?? role;
  edge(model, row, object, relationship, [start, end], {
    ...dates(row, object, relationship),
    ...(said ? spelledOut(relationship, description) : way === '' ? {} : { text: way }),
  });
  tell(row, [...object.take('summary'), said ? wordsOf(relationship, description) : description]);
  object.leaveRest();
  return true;
}

const LINE = /^([A-Za-z]+): (.+)$/u;

/** What a description says beside fields, one a line, and beside that a claim denies it. */
const wordsOf = (type: RelationshipType, description: string): string =>
  description
    .split('\n')
    .filter((line) => {
      const name = LINE.exec(line)?.[1];
      return name !== 'disputed' && !type.fields.some((field) => field.name === name);
    })
    .join('\n');

/** Fields as they are written into a description, one a line: `constituency: Veld`. */
function spelledOut(type: RelationshipType, description: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const line of description.split('\n')) {
    const [, name = '', value = ''] = LINE.exec(line) ?? [];
    const field = type.fields.find((each) => each.name === name);
    if (!field) continue;
    if (
      field.kind === 'text' ||
      field.kind === 'openList' ||
      field.kind === 'closedList' ||
      field.kind === 'partialDate'
    )
      fields[name] = value;
    else if (field.kind === 'reference') fields[name] = { id: value };
    else
      try {
        fields[name] = JSON.parse(value) as unknown;
      } catch {
        // What somebody else wrote in that form is no value of ours.
      }
  }
  return fields;
}

/** A listing: the programme is a policy, which targets the entity. */
function sanction(model: Model, row: Reading, object: FtmObject): boolean {
  const targets = relationshipNamed(model, 'TARGETS');
  const policy = model.entities.find((type) =>
    targets?.pairs.some((pair) => pair.from.some((end) => covers(end, type))),
  );
  if (!targets || !policy) return false;
  const [programId] = object.take('programId');
  const [program] = object.take('program');
  const [authority] = object.take('authority');
  const own = object.take('recordId').map((each) => (ownEntityType(model, each) === policy ? each : null))[0] ?? null;
  const name =
    program ?? programId ?? (authority ? `Sanctions of ${authority}` : 'Sanctions of a programme that is not named');
  const value = programId ?? (program || authority ? [authority, program].filter(Boolean).join('/') : object.id);
  const externalId = { scheme: 'FTM_PROGRAM', value };
  if (own === null)
    row.records.push({
      policy: { name, kind: 'SANCTIONS', ...(programId ? { programId } : {}), externalIds: [externalId] },
    });
  else row.records.push({ policy: { id: own, name } });
  const start = ['listingDate', 'startDate', 'date'].flatMap((each) => object.take(each)).map(readDate);
  const stop = object.take('endDate').map(readDate);
  const [reason] = object.take('reason');
  const entities = object.take('entity');
  if (entities.length === 0) refuse(row, 'entity', 'MISSING_FIELD', 'Sanction needs entity.');
  for (const id of entities)
    row.records.push({
      targets: {
        from: own === null ? { externalId } : { id: own },
        to: ftmRef(model, id),
        ...(programId ? { programId } : {}),
        ...(start[0] ? { listedOn: start[0] } : {}),
        ...(stop[0] ? { delistedOn: stop[0] } : {}),
        ...(reason ? { reason } : {}),
      },
    });
  tell(row, [...object.take('summary'), ...object.take('description')]);
  object.leaveRest();
  return true;
}

/** A name that was found in a document, where it is known whose it is. */
function mention(model: Model, row: Reading, object: FtmObject): boolean {
  const resolved = object.take('resolved');
  if (resolved.length === 0) leave(row, 'Mention', 'does not say whom it means');
  object.take('name');
  for (const document of object.take('document'))
    for (const id of resolved) row.records.push({ mentions: { from: ftmRef(model, document), to: ftmRef(model, id) } });
  object.leaveRest();
  return true;
}
