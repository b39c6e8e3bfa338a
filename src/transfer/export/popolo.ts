import { type Model, typeOfId } from '../../model/model.ts';
import { isPlainFact } from '../vocabularies/edge-words.ts';
import { type PopoloClass, popoloClassOf, SECTIONS } from '../vocabularies/popolo-model.ts';
import { popoloEntity, popoloMembership, type ToldHere } from '../vocabularies/popolo-writing.ts';
import type { ExportEdge, ExportGraph } from './export-graph.ts';
import type { ExportFormat } from './format.ts';

/**
 * Popolo, one document. It knows facts alone: what is alleged, offered or hedged has no place in it and is counted in
 * `meta`, as is everything that has none of its classes. See docs/exchange-formats.md and docs/decisions/0019.
 */
export const popolo: ExportFormat = {
  extension: 'popolo.json',
  contentType: 'application/json; charset=utf-8',
  title: 'Popolo: people, organizations, posts and memberships',
  write: (graph, { model }) => write(graph, model),
};

async function* write(graph: ExportGraph, model: Model): AsyncGenerator<string> {
  yield '{';
  const leftOut = new Map<string, number>();
  const told = await toldOf(graph, model);
  for (const [key, popolo] of Object.entries(SECTIONS)) {
    if (popolo === 'Membership') continue;
    yield `\n"${key}": [`;
    let before = '\n';
    for await (const node of graph.nodes()) {
      const own = node.type ? popoloClassOf(node.type) : null;
      if (own === null && popolo === 'Person' && node.type) count(leftOut, node.type.name);
      if (own !== popolo) continue;
      yield before + JSON.stringify(popoloEntity(model, node, told.get(node.id) ?? {}));
      before = ',\n';
    }
    yield '\n],';
  }
  yield '\n"memberships": [';
  let before = '\n';
  for await (const edge of graph.edges()) {
    const [from, to] = [classOfId(model, edge.from), classOfId(model, edge.to)];
    const membership = isPlainFact(edge.standing) ? popoloMembership(edge, from, to) : null;
    if (membership !== null) {
      yield before + JSON.stringify(membership);
      before = ',\n';
    } else if (!propertyOf(edge, from, to)) count(leftOut, edge.type);
  }
  const { name, exportedAt, parameters, truncated } = graph.about;
  const meta = { name, exportedAt, parameters, truncated, leftOut: Object.fromEntries([...leftOut].sort()) };
  yield `\n],\n"meta": ${JSON.stringify(meta)}\n}\n`;
}

const count = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

function classOfId(model: Model, id: string): PopoloClass | null {
  const type = typeOfId(model, id);
  return type?.is === 'entity' ? popoloClassOf(type) : null;
}

/** The property of Popolo that tells a relationship, and of which end. */
function propertyOf(
  edge: ExportEdge,
  from: PopoloClass | null,
  to: PopoloClass | null,
): { readonly property: string; readonly of: string; readonly value: unknown } | null {
  if (!isPlainFact(edge.standing) || from === null || to === null) return null;
  const { validFrom, validTo, role } = edge.fields;
  const isUndated = (validFrom ?? validTo ?? null) === null;
  const mapped = edge.relationship?.maps.popolo;
  if (mapped === 'Post.organization_id' && from === 'Post' && to === 'Organization')
    return { property: 'organization_id', of: edge.from, value: edge.to };
  if (mapped === 'Organization.parent_id' && from === to && isUndated)
    return { property: 'parent_id', of: edge.from, value: edge.to };
  if (mapped === 'Organization.area_id' && from === 'Organization' && to === 'Area' && isUndated)
    return { property: 'area_id', of: edge.from, value: edge.to };
  if (edge.type !== 'PARTICIPATED_IN' || to !== 'Event' || !isUndated) return null;
  if (from === 'Organization' && role === 'ORGANIZER')
    return { property: 'organization_id', of: edge.to, value: edge.from };
  return from === 'Person' && !role ? { property: 'attendees', of: edge.to, value: [{ id: edge.from }] } : null;
}

/** What relationships tell as properties, by the entity that has them: posts, bodies, places and events are few beside people. */
async function toldOf(graph: ExportGraph, model: Model): Promise<ReadonlyMap<string, ToldHere>> {
  const told = new Map<string, Record<string, unknown>>();
  for await (const edge of graph.edges()) {
    const one = propertyOf(edge, classOfId(model, edge.from), classOfId(model, edge.to));
    if (!one) continue;
    const here = told.get(one.of) ?? {};
    const known = here[one.property];
    here[one.property] =
      Array.isArray(known) && Array.isArray(one.value) ? [...known, ...one.value] : (known ?? one.value);
    told.set(one.of, here);
  }
  return told;
}
