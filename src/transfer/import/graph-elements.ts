import { writableEdgeFields, writableEntityFields } from '../../derive/records.ts';
import type { EntityType, RelationshipType } from '../../model/declarations.ts';
import { slug } from '../../model/folding.ts';
import { entityId } from '../../model/identity.ts';
import { type Field, PARTS } from '../../model/kinds.ts';
import {
  enumName,
  idPrefix,
  lookupName,
  type Model,
  recordName,
  relationshipNamed,
  typeOfId,
} from '../../model/model.ts';
import { nearest } from '../../model/nearest.ts';
import type { ImportRow, RowProblem } from './format.ts';

/** Nodes and edges of a graph that comes back from a visualiser, as records. */

/** An element as the file has it, whatever the format. */
export interface GraphElement {
  readonly is: 'node' | 'edge';
  readonly line: number;
  readonly id: string | undefined;
  readonly label: string | undefined;
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  /** By the names that people see. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Whether it has a place, a size or a colour. */
  readonly hasLooks: boolean;
}

/** Attributes that say what follows from elsewhere, or what only a visualiser needs. */
const PASSED_OVER = new Set(
  `id label type kind families names symmetric observedFrom observedTo status weakestStatus hedged disputed confidence claimCount
   sourceCount claims locator createdAt updatedAt concordatId shared_name interaction selected suid x y z size color colour weight timeset`
    .split(/\s+/)
    .concat(['shared name', 'shared interaction']),
);

/** Texts that hold our ids once a program has given its own to everything. */
const ID_NAMES = ['concordatId', 'id', 'shared name', 'name'];

export class GraphElements {
  /** What nodes that were made elsewhere are called here. */
  readonly #made = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #told = new Set<string>();

  constructor(private readonly model: Model) {}

  row(element: GraphElement): ImportRow {
    const problems: RowProblem[] = [];
    const notices: RowProblem[] = [];
    if (element.hasLooks)
      this.#once(notices, 'looks', 'Places, sizes and colours are not part of the graph, and are left out.');
    const record =
      element.is === 'node' ? this.#node(element, problems, notices) : this.#edge(element, problems, notices);
    const { line, id, label, source, target, attributes } = element;
    return {
      line,
      locator: `${element.is} ${id ?? `in line ${line}`}`,
      records: problems.length > 0 || !record ? [] : [record],
      problems,
      notices,
      raw: JSON.stringify({ [element.is]: { id, label, source, target, ...Object.fromEntries(attributes) } }),
    };
  }

  #node({ id = '', label, attributes }: GraphElement, problems: RowProblem[], notices: RowProblem[]): object | null {
    if (attributes.get('type') === 'Claim' || id.startsWith('claim:')) {
      this.#once(
        notices,
        'claims',
        'Claims that were drawn as nodes are left out: they come back as they are in records.',
      );
      return null;
    }
    const own = this.#ownId(id, attributes, 'entity');
    const type = own ? (typeOfId(this.model, own) as EntityType) : this.#typeNamed(attributes.get('type'), problems);
    if (!type) return null;
    const fields = this.#fields(writableEntityFields(type), attributes, (name) => name, problems, notices);
    const externalIds = listed(attributes.get('externalIds')).flatMap((key) => {
      const colon = key.indexOf(':');
      return colon > 0 ? [{ scheme: key.slice(0, colon), value: key.slice(colon + 1) }] : [];
    });
    const name = (fields['name'] as string | undefined) ?? label;
    const known = own ?? this.#idOf(id, type, name, externalIds);
    this.#made.set(id, known);
    const aliases = label !== undefined && label !== name && label !== known ? [label] : [];
    const all = [...((fields['aliases'] as string[] | undefined) ?? []), ...aliases];
    return {
      [lookupName(type)]: {
        id: known,
        ...fields,
        ...(name === undefined || name === known ? {} : { name }),
        ...(all.length > 0 ? { aliases: all } : {}),
        ...(externalIds.length > 0 ? { externalIds } : {}),
      },
    };
  }

  #edge(
    { id = '', label, source = '', target = '', attributes }: GraphElement,
    problems: RowProblem[],
    notices: RowProblem[],
  ): object | null {
    if (id.startsWith('claim:')) return null;
    const own = this.#ownId(id, attributes, 'relationship');
    const named = [attributes.get('type'), attributes.get('kind'), attributes.get('interaction'), label].flatMap(
      (name) => relationshipNamed(this.model, (name ?? '').toUpperCase().replace(/[\s-]+/g, '_')) ?? [],
    );
    const type = own ? (typeOfId(this.model, own) as RelationshipType) : named[0];
    if (!type) {
      problems.push({
        path: 'type',
        code: 'MISSING_FIELD',
        message: `The edge from ${source} to ${target} does not say what it is.`,
        suggestion: 'Give it an attribute named type, such as MEMBER_OF.',
      });
      return null;
    }
    const stored = (name: string) => (name === type.time.from ? 'validFrom' : name === type.time.to ? 'validTo' : name);
    const fields = this.#fields(writableEdgeFields(type), attributes, stored, problems, notices);
    const [from, to] = [source, target].map((end) => this.#made.get(end) ?? end);
    return { [recordName(type)]: { ...(own ? { id: own } : {}), from: { id: from }, to: { id: to }, ...fields } };
  }

  #ownId(id: string, attributes: ReadonlyMap<string, string>, is: 'entity' | 'relationship'): string | undefined {
    const candidates = [id, ...ID_NAMES.map((name) => attributes.get(name))];
    return candidates.find((each) => each !== undefined && typeOfId(this.model, each)?.is === is && !/\s/.test(each));
  }

  /** An id that is made of the name; of two of one name, the second has the other program's id in it. */
  #idOf(
    id: string,
    type: EntityType,
    name: string | undefined,
    externalIds: readonly { scheme: string; value: string }[],
  ): string {
    const made = entityId(type, name, externalIds) ?? `${idPrefix(type)}:${slug(id) || 'unnamed'}`;
    const free = this.#taken.has(made) ? `${made}-${slug(id)}` : made;
    this.#taken.add(free);
    return free;
  }

  #typeNamed(name: string | undefined, problems: RowProblem[]): EntityType | undefined {
    const given = (name ?? '').trim();
    const found = this.model.entities.find((type) =>
      [type.name, enumName(type), lookupName(type)].some((each) => each.toLowerCase() === given.toLowerCase()),
    );
    if (found) return found;
    const near =
      given === ''
        ? undefined
        : nearest(
            given,
            this.model.entities.map((type) => type.name),
          );
    problems.push({
      path: 'type',
      code: given === '' ? 'MISSING_FIELD' : 'UNKNOWN_RECORD',
      message: given === '' ? 'The node is new here, and does not say what it is.' : `"${given}" is no type of entity.`,
      suggestion: near ? `Did you mean ${near}?` : 'Give it an attribute named type, such as Person.',
    });
    return undefined;
  }

  /** Values of attributes that hold fields; each of the others is told once. */
  #fields(
    fields: readonly Field[],
    attributes: ReadonlyMap<string, string>,
    stored: (name: string) => string,
    problems: RowProblem[],
    notices: RowProblem[],
  ): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    const used = new Set<string>();
    for (const field of fields) {
      const parts =
        field.kind === 'count' || field.kind === 'amount' || field.kind === 'quote'
          ? Object.entries(PARTS[field.kind])
          : null;
      const take = (name: string, numeric: boolean): unknown => {
        used.add(name);
        const text = attributes.get(name);
        if (text === undefined || text.trim() === '') return undefined;
        if (field.kind === 'boolean' || name.endsWith('Elided')) return text === 'true';
        if (field.kind === 'textList') return listed(text);
        if (!numeric) return text;
        if (!Number.isFinite(Number(text)))
          problems.push({ path: name, code: 'INVALID_VALUE', message: `"${text}" is no number.` });
        return Number(text);
      };
      const value = parts
        ? Object.fromEntries(
            parts.flatMap(([suffix, part]) => {
              const each = take(stored(field.name) + suffix, ['exact', 'value', 'atLeast', 'atMost'].includes(part));
              return each === undefined ? [] : [[part, each]];
            }),
          )
        : take(stored(field.name), field.kind === 'integer' || field.kind === 'float');
      const isEmpty =
        value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
      if (!isEmpty) values[field.name] = field.kind === 'reference' ? { id: value } : value;
    }
    for (const [name, text] of attributes)
      if (!used.has(name) && !PASSED_OVER.has(name) && name !== 'externalIds' && text.trim() !== '')
        this.#once(notices, `attribute ${name}`, `The attribute ${name} is no field here, and is left out.`, name);
    return values;
  }

  #once(notices: RowProblem[], key: string, message: string, path = ''): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    notices.push({ path, code: 'LEFT_OUT', message });
  }
}

/** A list as programs write it: `["a", "b"]`, `[a, b]`, `a|b`. */
function listed(text: string | undefined): string[] {
  const given = (text ?? '').trim();
  if (given === '') return [];
  if (given.startsWith('['))
    try {
      return (JSON.parse(given) as unknown[]).map(String);
    } catch {
      return given
        .slice(1, -1)
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '');
    }
  return given.split('|');
}
