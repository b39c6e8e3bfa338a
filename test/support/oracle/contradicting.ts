import { entityFields } from '../../../src/model/common-fields.ts';
import type { Model } from '../../../src/model/model.ts';
import { fieldsNamed } from './fields.ts';
import type { PlainClaim, PlainGraph } from './plain-graph.ts';

/** Whether another claim that still stands says otherwise than a claim does. */
export function contradictions(model: Model, graph: PlainGraph) {
  const asserts = (claim: PlainClaim) => (claim.properties['asserts'] ?? []) as string[];
  const counts = (claim: PlainClaim) =>
    claim.properties['retractedAt'] === undefined && claim.properties['rank'] !== 'DEPRECATED';
  const valueJson = (claim: PlainClaim) => claim.properties['valueJson'] ?? null;

  /** Whether a subject has one value at most under a predicate. */
  const isSingle = (claim: PlainClaim): boolean => {
    const subject = claim.ends['SUBJECT'];
    const fields = subject ? [...entityFields, ...fieldsNamed(model, subject.type)] : [];
    return fields.some((field) => field.name === claim.properties['predicate'] && field.kind !== 'textList');
  };

  return (claim: PlainClaim): boolean => {
    const own = asserts(claim);
    return [...graph.claims.values()].some((other) => {
      if (other === claim || !counts(other)) return false;
      const opposite = other.properties['polarity'] !== claim.properties['polarity'];
      const theirs = asserts(other);
      if (own.length > 0) return opposite && own.some((edge) => theirs.includes(edge));
      const alike =
        theirs.length === 0 &&
        other.ends['SUBJECT'] === claim.ends['SUBJECT'] &&
        other.properties['predicate'] === claim.properties['predicate'];
      if (!alike || valueJson(claim) === null) return false;
      if (valueJson(other) === valueJson(claim)) return opposite;
      // What is denied is no second value.
      const both = [claim, other].every((each) => each.properties['polarity'] === 'POSITIVE');
      return both && valueJson(other) !== null && isSingle(claim);
    });
  };
}
