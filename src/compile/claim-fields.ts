import { emitNested } from './connections.ts';
import { idsQuery } from './contradictions.ts';
import { asIs, decodeList, type Emitted, type Emitter, type Place } from './emitter.ts';
import { RELATIONSHIP_ID_INDEX } from './full-text.ts';
import { identifier } from './identifier.ts';
import { meaningOf } from './meaning.ts';
import { emitAnyEdge, emitClaim, emitEntity, emitReference, endOf } from './objects.ts';
import { emitProperty, plainShape } from './properties.ts';
import { historyOf } from './revisions.ts';
import type { Selected } from './selection.ts';

/** The fields of the claim in a variable. */
export function emitClaimField(emitter: Emitter, selected: Selected, variable: string, place: Place): Emitted {
  const meaning = selected.field ? meaningOf(selected.field) : undefined;
  switch (meaning?.is) {
    case 'property':
      return meaning.field.kind === 'reference'
        ? emitReference(emitter, meaning.field.to, `${variable}.${identifier(meaning.stored)}`, selected, place)
        : emitProperty(emitter, selected, meaning.field, meaning.stored, variable);
    case 'claimEnd': {
      const node = emitter.variable('n');
      const inner = emitEntity(emitter, endOf(emitter, meaning.to), selected, node, place);
      return {
        text: `head(COLLECT { MATCH (${variable})-[:${meaning.edge}]->(${node}) RETURN ${inner.text} })`,
        decode: inner.decode,
      };
    }
    case 'claimTies': {
      const other = emitter.variable('c');
      const inner = emitClaim(emitter, selected, other, place);
      const [left, right] = meaning.side === 'forward' ? ['-', '->'] : ['<-', '-'];
      return {
        text: `COLLECT { MATCH (${variable})${left}[:${meaning.tie}]${right}(${other}:Claim) WHERE ${other}.retractedAt IS NULL WITH ${other} ORDER BY ${other}.id RETURN ${inner.text} }`,
        decode: decodeList(inner.decode),
      };
    }
    case 'claimRelationships':
      return asserted(emitter, selected, variable, place);
    case 'locator': {
      const stated = emitter.variable('s');
      return {
        text: `head(COLLECT { MATCH (${variable})-[${stated}:STATED_IN]->() RETURN ${stated}.locator })`,
        decode: asIs,
      };
    }
    case 'claimValue': {
      const shape = plainShape(emitter, selected);
      return {
        text: `[${variable}.valueKind, ${variable}.valueJson]`,
        decode: (raw, env) => shape(partsOfValue(raw as [string | null, string | null]), env),
      };
    }
    case 'retraction': {
      const shape = plainShape(emitter, selected);
      return {
        text: `[toString(${variable}.retractedAt), ${variable}.retractedBy, ${variable}.retractionReason]`,
        decode: (raw, env) => {
          const [at, by, reason] = raw as (string | null)[];
          return at ? shape({ at, by, reason }, env) : null;
        },
      };
    }
    case 'history':
      return emitNested(emitter, selected, place, (_, given, within) =>
        historyOf(emitter, [`${variable}.id`], [variable], given, within),
      );
    default:
      throw new Error(`${selected.field?.name} is no field of a claim`);
  }
}

/** The edges that a claim asserts: one look-up by id over all relationship types, in the full-text index kept for it. */
function asserted(emitter: Emitter, selected: Selected, variable: string, place: Place): Emitted {
  const [edge, id, query, found] = ['r', 'i', 'q', 'f'].map((prefix) => emitter.variable(prefix)) as [
    string,
    string,
    string,
    string,
  ];
  const inner = emitAnyEdge(emitter, emitter.model.relationships, selected, edge, place, {});
  return {
    text: `COLLECT { WITH ${variable}, ${idsQuery(variable, id, query)} AS ${found} WHERE ${found} <> '' CALL db.index.fulltext.queryRelationships('${RELATIONSHIP_ID_INDEX}', ${found}) YIELD relationship AS ${edge} WITH ${edge} ORDER BY ${edge}.id RETURN ${inner.text} }`,
    decode: decodeList(inner.decode),
  };
}

/** A claim's value in the parts that GraphQL gives it. */
function partsOfValue([kind, json]: [string | null, string | null]): Record<string, unknown> | null {
  if (kind === null || json === null) return null;
  const value: unknown = JSON.parse(json);
  const amount =
    kind === 'AMOUNT'
      ? { value: null, currency: null, atLeast: null, atMost: null, text: null, ...(value as object) }
      : null;
  const count =
    kind === 'COUNT' ? { exact: null, atLeast: null, atMost: null, text: null, ...(value as object) } : null;
  return {
    kind,
    text: typeof value === 'object' ? wording(value as Record<string, unknown>) : String(value),
    number: kind === 'NUMBER' ? value : (amount?.value ?? count?.exact ?? null),
    amount,
    count,
    date: kind === 'DATE' ? value : null,
    boolean: kind === 'BOOLEAN' ? value : null,
  };
}

/** A count or an amount in words: its own where it has any. */
function wording(value: Record<string, unknown>): string {
  if (typeof value['text'] === 'string') return value['text'];
  const number = value['exact'] ?? value['value'];
  const currency = typeof value['currency'] === 'string' ? ` ${value['currency']}` : '';
  if (number !== undefined) return `${String(number)}${currency}`;
  return `${value['atLeast'] === undefined ? '' : `at least ${String(value['atLeast'])}`}${value['atMost'] === undefined ? '' : ` at most ${String(value['atMost'])}`}${currency}`.trim();
}
