import { type Model, recordName } from '../../model/model.ts';
import { ownRelationshipType } from './own-ids.ts';
import { popoloRef } from './popolo-entities.ts';
import { memberships, relationshipOf } from './popolo-model.ts';
import { idOf, PopoloObject } from './popolo-object.ts';
import { leave, type Reading, refuse } from './reading.ts';
import { cleaned, isObject, toToken } from './values.ts';

/** Memberships of Popolo as relationships: of a person to a post, or of anybody to an organization. */

/** What other parts of a file say of what memberships name. */
export interface Around {
  /** Names of areas by their ids. */
  readonly areas: ReadonlyMap<string, string>;
  /** Dates of legislative periods by their ids. */
  readonly terms: ReadonlyMap<string, { readonly from: string | null; readonly to: string | null }>;
}

/** Reads a membership, which may stand inside of a person, an organization or a post: then that is what `within` names. */
export function readMembership(
  model: Model,
  row: Reading,
  value: Readonly<Record<string, unknown>>,
  around: Around,
  within: { readonly person_id?: string; readonly organization_id?: string; readonly post_id?: string } = {},
): void {
  const object = new PopoloObject(row, value);
  const id = (property: 'person_id' | 'organization_id' | 'post_id'): string | null =>
    object.id(property) ?? object.id(property.replace(/_id$/, '')) ?? within[property] ?? null;
  const [person, organization, post] = [id('person_id'), id('organization_id'), id('post_id')];
  const member = memberOf(model, object, person);
  if (member === null) {
    refuse(row, 'person_id', 'MISSING_FIELD', 'This membership does not say whose it is.', 'Give it a person_id.');
    return;
  }
  const held = post === null ? undefined : relationshipOf(model, 'Membership.post_id');
  const label = object.text('label');
  const belongs = memberships(model).find((type) => type.phrase.forward === label) ?? memberships(model)[0];
  const relationship = held ?? belongs;
  if (!relationship || (post === null && organization === null)) {
    refuse(row, 'organization_id', 'MISSING_FIELD', 'This membership says neither of what nor in which post.');
    return;
  }
  const to = post === null ? popoloRef(model, 'Organization', organization ?? '') : popoloRef(model, 'Post', post);
  const own = object.id('id');
  row.records.push({
    [recordName(relationship)]: {
      ...(own !== null && ownRelationshipType(model, own) === relationship ? { id: own } : {}),
      from: member,
      to,
      ...fieldsOf(model, object, relationship.fields, around),
      ...datesOf(object, around),
    },
  });
  const positionIn = relationshipOf(model, 'Post.organization_id');
  if (post !== null && organization !== null && positionIn)
    row.records.push({
      [recordName(positionIn)]: { from: to, to: popoloRef(model, 'Organization', organization) },
    });
  object.leaveRest();
}

function memberOf(model: Model, object: PopoloObject, person: string | null): object | null {
  const member = object.raw('member');
  const id = idOf(member) ?? object.id('member_id');
  if (id === null) return person === null ? null : popoloRef(model, 'Person', person);
  const isPerson = isObject(member) && member['@type'] === 'Person';
  return popoloRef(model, isPerson ? 'Person' : 'Organization', id);
}

function fieldsOf(
  model: Model,
  object: PopoloObject,
  declared: readonly { readonly name: string; readonly maps?: { readonly popolo?: string } }[],
  around: Around,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const named = (property: string): string | undefined =>
    declared.find((field) => field.maps?.popolo === property)?.name;
  const [role, area, behalf] = [named('role'), named('area.name'), named('on_behalf_of_id')];
  const said = object.text('role');
  const token = said === null ? null : toToken(said);
  if (said !== null && token === null) leave(object.row, 'role', 'cannot be spelled as a word');
  if (role && token !== null) fields[role] = token;
  const at = areaOf(object, around);
  if (at !== null && area) fields[area] = at;
  else if (at !== null) leave(object.row, 'area_id');
  const party = object.id('on_behalf_of_id') ?? object.id('on_behalf_of');
  if (party !== null && behalf) fields[behalf] = popoloRef(model, 'Organization', party);
  else if (party !== null) leave(object.row, 'on_behalf_of_id');
  return fields;
}

function areaOf(object: PopoloObject, { areas }: Around): string | null {
  const area = object.raw('area');
  const name = isObject(area) ? area['name'] : area;
  if (typeof name === 'string' && name.trim() !== '') return cleaned(name).trim();
  const id = object.id('area_id') ?? idOf(area);
  return id === null ? null : (areas.get(id) ?? id);
}

/** Who is said to be in for a legislative period, and no day is told, is in for the whole of it: so EveryPolitician writes. */
function datesOf(object: PopoloObject, { terms }: Around): object {
  const [from, to] = [object.date('start_date'), object.date('end_date')];
  const period = object.id('legislative_period_id') ?? object.id('legislative_period');
  const term = period === null ? undefined : terms.get(period);
  if (period !== null && !term)
    leave(object.row, 'legislative_period_id', 'names a period that the file does not tell');
  const start = from ?? term?.from ?? null;
  const end = to ?? term?.to ?? null;
  return { ...(start ? { validFrom: start } : {}), ...(end ? { validTo: end } : {}) };
}
