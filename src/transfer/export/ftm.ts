import { type Model, typeOfId } from '../../model/model.ts';
import { codeOf } from '../vocabularies/countries.ts';
import { isPlainFact } from '../vocabularies/edge-words.ts';
import { ftmId } from '../vocabularies/ftm-ids.ts';
import { COUNTRY_TIES, toldByProperties } from '../vocabularies/ftm-model.ts';
import { ftmEntity, ftmInterval, ftmSanction } from '../vocabularies/ftm-writing.ts';
import type { ExportGraph } from './export-graph.ts';
import type { ExportFormat } from './format.ts';

/**
 * FollowTheMoney, one entity a line. What goes where, and what it cannot say, is in docs/exchange-formats.md; how far a
 * relationship is committed to, in docs/decisions/0019.
 */
export const ftm: ExportFormat = {
  extension: 'ftm.jsonl',
  contentType: 'application/x-ndjson; charset=utf-8',
  title: 'FollowTheMoney: Aleph, OpenSanctions’ tools',
  write: (graph, { model }) => write(graph, model),
};

/**
 * Relationships that some entities tell by a property as well (the citizenship of a person, the body of a post) are read
 * before the entities, and kept in mind until those are written: of larger graphs only the links tell them.
 */
const MOST_TOLD_TWICE = 200_000;

const NOTHING: ReadonlyMap<string, readonly string[]> = new Map();

async function* write(graph: ExportGraph, model: Model): AsyncGenerator<string> {
  const tellsTwice = graph.about.counts.edges <= MOST_TOLD_TWICE;
  const codes = new Map<string, string>();
  const policies = new Map<string, string>();
  // Countries come first, so that whoever names one by its code names the one that is there.
  if (tellsTwice)
    for await (const node of graph.nodes()) {
      if (node.type?.name === 'Policy') policies.set(node.id, node.label);
      if (node.type?.name !== 'Country') continue;
      const code = codeOf(node.fields, node.externalIds);
      if (code !== null) codes.set(node.id, code);
      yield ftmEntity(model, node, NOTHING);
    }
  const told = tellsTwice ? await toldOf(graph, model, codes) : new Map<string, ReadonlyMap<string, string[]>>();
  for await (const node of graph.nodes())
    if (!tellsTwice || node.type?.name !== 'Country') {
      const text = ftmEntity(model, node, told.get(node.id) ?? NOTHING);
      if (text !== '') yield text;
    }
  for await (const edge of graph.edges()) {
    const [from, to] = [edge.from, edge.to].map((id) => {
      const type = typeOfId(model, id);
      return type?.is === 'entity' ? type : null;
    });
    const text =
      edge.type === 'TARGETS' && to?.maps.ftm
        ? ftmSanction(edge, policies.get(edge.from) ?? edge.from)
        : ftmInterval(edge, from ?? null, to ?? null);
    if (text !== '') yield text;
  }
}

/** What relationships tell as properties, by the entity that has them. */
async function toldOf(graph: ExportGraph, model: Model, codes: ReadonlyMap<string, string>) {
  const told = new Map<string, Map<string, string[]>>();
  const properties = new Map(
    toldByProperties(model)
      // A property cannot say what tells two relationships of the same ends apart.
      .filter(({ relationship }) => relationship.identity.length === 0)
      .map((each) => [each.relationship.name, each]),
  );
  for await (const edge of graph.edges()) {
    const property = properties.get(edge.type);
    if (!property || !isPlainFact(edge.standing)) continue;
    const [self, other] = property.on === 'from' ? [edge.from, edge.to] : [edge.to, edge.from];
    const [own, far] = [typeOfId(model, self), typeOfId(model, other)];
    if (own?.maps.ftm !== property.schema || !far?.maps.ftm) continue;
    const value = property.property in COUNTRY_TIES ? codes.get(other) : ftmId(other);
    if (value === undefined) continue;
    const values = told.get(self) ?? new Map<string, string[]>();
    values.set(property.property, [...(values.get(property.property) ?? []), value]);
    told.set(self, values);
  }
  return told;
}
