import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * How deep and how large a selection is once its fragments are spread. Nothing here takes longer for being spread more
 * often, nor minds fragments that are unknown or go in circles: rules of validation that come later refuse those.
 */

export type Field = FieldNode;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export const fragmentsOf = (document: DocumentNode): Fragments =>
  new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );

export interface Size {
  readonly fields: number;
  /** Those fields that have fields of their own. */
  readonly objects: number;
  /** The field, of those directly in the selection, that has the most below it. */
  readonly largest: Field | null;
}

const NOTHING: Size = { fields: 0, objects: 0, largest: null };

/** Counts fields as often as they are spread, walking each fragment once. */
export function sizer(fragments: Fragments): (set: SelectionSetNode) => Size {
  const known = new Map<string, Size>();
  const sizeOfSelection = (node: SelectionNode): Size => {
    if (node.kind === Kind.INLINE_FRAGMENT) return sizeOf(node.selectionSet);
    if (node.kind === Kind.FRAGMENT_SPREAD) return sizeOfFragment(node.name.value);
    const below = node.selectionSet ? sizeOf(node.selectionSet) : null;
    return { fields: 1 + (below?.fields ?? 0), objects: below ? 1 + below.objects : 0, largest: node };
  };
  const sizeOfFragment = (name: string): Size => {
    const size = known.get(name);
    if (size) return size;
    const fragment = fragments.get(name);
    if (!fragment) return NOTHING;
    // Within itself it counts for nothing, so that circles end.
    known.set(name, NOTHING);
    const found = sizeOf(fragment.selectionSet);
    known.set(name, found);
    return found;
  };
  const sizeOf = (set: SelectionSetNode): Size => {
    let most = -1;
    return set.selections.map(sizeOfSelection).reduce((sum, size) => {
      const larger = size.fields > most;
      if (larger) most = size.fields;
      return {
        fields: sum.fields + size.fields,
        objects: sum.objects + size.objects,
        largest: larger ? size.largest : sum.largest,
      };
    }, NOTHING);
  };
  return sizeOf;
}

/** Levels that introspection may nest: what the standard introspection query needs, and no more. */
const INTROSPECTION_DEPTH = 16;

export interface TooDeep {
  /** Keys of the answer, from the root. */
  readonly path: readonly string[];
  readonly node: Field;
  /** The limit that the field is beyond. */
  readonly limit: number;
}

/** The first field beyond the limit. */
export function tooDeep(set: SelectionSetNode, limit: number, fragments: Fragments): TooDeep | null {
  // A fragment that was walked at some depth without harm is harmless at every lesser one.
  const harmless = new Map<string, number>();
  const walk = (
    { selections }: SelectionSetNode,
    path: readonly string[],
    allowed: number,
    within: readonly string[],
  ): TooDeep | null => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const introspection = node.name.value === '__schema' || node.name.value === '__type';
        const most = introspection ? INTROSPECTION_DEPTH : allowed;
        const here = [...path, node.alias?.value ?? node.name.value];
        if (here.length > most && node.name.value !== '__typename') return { path: here, node, limit: most };
        const found = node.selectionSet ? walk(node.selectionSet, here, most, within) : null;
        if (found) return found;
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        const found = walk(node.selectionSet, path, allowed, within);
        if (found) return found;
      } else {
        const name = node.name.value;
        const walked = harmless.get(`${name} ${allowed}`) ?? -1;
        const fragment = within.includes(name) || walked >= path.length ? undefined : fragments.get(name);
        if (!fragment) continue;
        const found = walk(fragment.selectionSet, path, allowed, [...within, name]);
        if (found) return found;
        harmless.set(`${name} ${allowed}`, path.length);
      }
    }
    return null;
  };
  return walk(set, [], limit, []);
}
