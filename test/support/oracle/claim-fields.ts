import { CLAIM_TIES, claimFields } from '../../../src/model/common-fields.ts';
import type { Field } from '../../../src/model/kinds.ts';
import { byId, unretracted } from './filters.ts';
import type { PlainClaim, PlainGraph } from './plain-graph.ts';

/** What the fields of a claim mean. `property` reads a declared one. */
export function claimResolver(
  graph: PlainGraph,
  property: (field: Field, stored: string, claim: PlainClaim) => unknown,
): (claim: PlainClaim, name: string) => unknown {
  return (claim, name) => {
    const end = { subject: 'SUBJECT', object: 'OBJECT', speaker: 'SPEAKER', source: 'STATED_IN' }[name];
    if (end) return claim.ends[end] ?? null;
    switch (name) {
      case 'id':
        return claim.id;
      case 'locator':
        return claim.locator;
      case 'value':
        return valueParts(claim);
      case 'relationships':
        return ((claim.properties['asserts'] ?? []) as string[]).flatMap((id) => graph.edges.get(id) ?? []).sort(byId);
      case 'retraction':
        return claim.properties['retractedAt'] === undefined
          ? null
          : {
              at: claim.properties['retractedAt'],
              by: claim.properties['retractedBy'] ?? null,
              reason: claim.properties['retractionReason'] ?? null,
            };
    }
    for (const [tie, names] of Object.entries(CLAIM_TIES)) {
      const tied = name === names.forward ? claim.ties[tie] : name === names.reverse ? claim.tiedBy[tie] : undefined;
      if (name === names.forward || name === names.reverse) return unretracted(tied).sort(byId);
    }
    const field = claimFields.find((each) => each.name === name);
    if (!field) throw new Error(`claims have no field ${name}`);
    return property(field, name, claim);
  };
}

/** A claim's value by its kind; in words as the source has them, else as the number with its currency. */
function valueParts(claim: PlainClaim): Record<string, unknown> | null {
  const kind = claim.properties['valueKind'];
  if (typeof kind !== 'string') return null;
  const value: unknown = JSON.parse(String(claim.properties['valueJson']));
  const parts = typeof value === 'object' ? (value as Record<string, unknown>) : {};
  const number = parts['exact'] ?? parts['value'];
  const currency = parts['currency'] === undefined ? '' : ` ${String(parts['currency'])}`;
  const bounds = [
    parts['atLeast'] === undefined ? '' : `at least ${String(parts['atLeast'])}`,
    parts['atMost'] === undefined ? '' : `at most ${String(parts['atMost'])}`,
  ].filter((bound) => bound !== '');
  const words = parts['text'] ?? (number === undefined ? bounds.join(' ') : String(number)) + currency;
  return {
    kind,
    text: typeof value === 'object' ? words : String(value),
    number: kind === 'NUMBER' ? value : (number ?? null),
    amount: kind === 'AMOUNT' ? value : null,
    count: kind === 'COUNT' ? value : null,
    date: kind === 'DATE' ? value : null,
    boolean: kind === 'BOOLEAN' ? value : null,
  };
}
