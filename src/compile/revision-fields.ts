import { changesBetween, publicState, type Revised } from '../model/revision-state.ts';
import type { Emitted, Emitter, Place } from './emitter.ts';
import { edgeById } from './full-text.ts';
import { meaningOf } from './meaning.ts';
import { emitAnyEdge, emitClaim, emitReference } from './objects.ts';
import { encodeCursor } from './ordering.ts';
import { emitProperty, plainShape } from './properties.ts';
import { sequenceKey } from './revisions.ts';
import type { Selected } from './selection.ts';

/** The fields of the revision in a variable. */
export function emitRevisionField(emitter: Emitter, selected: Selected, variable: string, place: Place): Emitted {
  const meaning = selected.field ? meaningOf(selected.field) : undefined;
  switch (meaning?.is) {
    case 'property':
      return emitProperty(emitter, selected, meaning.field, meaning.stored, variable);
    case 'revisionCursor': {
      const key = sequenceKey(variable, false);
      return { text: key.text, decode: (raw) => encodeCursor([key], [raw]) };
    }
    case 'revisionState':
      return meaning.which === 'changes'
        ? changes(emitter, selected, variable)
        : state(emitter, meaning.which, variable);
    case 'revised':
      return asItIsNow(emitter, selected, meaning.kind, variable, place);
    default:
      throw new Error(`${selected.field?.name} is no field of a revision`);
  }
}

function state(emitter: Emitter, which: 'before' | 'after', variable: string): Emitted {
  return {
    text: `[${variable}.kind, ${variable}.type, ${variable}.${which}]`,
    decode: (raw) => {
      const [kind, type, text] = raw as [string, string, string | null];
      return stateOf(emitter, { kind, type }, text);
    },
  };
}

function changes(emitter: Emitter, selected: Selected, variable: string): Emitted {
  const shape = plainShape(emitter, selected);
  return {
    text: `[${variable}.kind, ${variable}.type, ${variable}.before, ${variable}.after]`,
    decode: (raw, env) => {
      const [kind, type, before, after] = raw as [string, string, string | null, string | null];
      const revised = { kind, type };
      return shape(changesBetween(stateOf(emitter, revised, before), stateOf(emitter, revised, after)), env);
    },
  };
}

const stateOf = (emitter: Emitter, revised: Revised, text: string | null) =>
  text === null ? null : publicState(emitter.model, revised, text);

/** The thing that was changed, as it is now; null where it is gone, or is something else. */
function asItIsNow(
  emitter: Emitter,
  selected: Selected,
  kind: 'ENTITY' | 'RELATIONSHIP' | 'CLAIM',
  variable: string,
  place: Place,
): Emitted {
  if (kind === 'ENTITY') return emitReference(emitter, 'Entity', `${variable}.of`, selected, place);
  if (kind === 'CLAIM') {
    const claim = emitter.variable('c');
    const inner = emitClaim(emitter, selected, claim, place);
    return {
      text: `head(COLLECT { MATCH (${claim}:Claim {id: ${variable}.of}) RETURN ${inner.text} })`,
      decode: inner.decode,
    };
  }
  const edge = emitter.variable('r');
  const inner = emitAnyEdge(emitter, emitter.model.relationships, selected, edge, place, {});
  return {
    text: `head(COLLECT { WITH ${variable} WHERE ${variable}.kind = 'RELATIONSHIP' ${edgeById(`${variable}.of`, edge)} RETURN ${inner.text} })`,
    decode: inner.decode,
  };
}
