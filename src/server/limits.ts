import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** What a document may be before anything of it runs: how deep, how many aliases, how many directives. */

export interface Limits {
  /** Levels of nested fields; a root field is level 1. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Tokens of the document. */
  readonly tokens: number;
}

export const DOCUMENT_LIMITS = { aliases: 200, directives: 50, tokens: 10_000 } as const;

/** Levels that introspection may nest: what the standard introspection query needs, and no more. */
const INTROSPECTION_DEPTH = 16;

const refuse = (
  message: string,
  suggestion: string,
  path: readonly string[],
  value: number,
  nodes: GraphQLError['nodes'],
): GraphQLError =>
  new GraphQLError(message, {
    nodes: nodes ?? [],
    extensions: { code: 'LIMIT_EXCEEDED', path: [...path], value, suggestion },
  });

/** A validation rule that holds a document to its limits; fragments count where they are spread. */
export const limitsRule =
  (limits: Limits): ValidationRule =>
  (context: ValidationContext): ASTVisitor => {
    const counts = { aliases: 0, directives: 0 };
    return {
      Field(node) {
        if (node.alias && ++counts.aliases === limits.aliases + 1)
          context.reportError(
            refuse(
              `The document has more than ${limits.aliases} aliases.`,
              'Ask in several requests.',
              [],
              counts.aliases,
              [node],
            ),
          );
      },
      Directive(node) {
        if (++counts.directives === limits.directives + 1)
          context.reportError(
            refuse(
              `The document has more than ${limits.directives} directives.`,
              'Ask in several requests.',
              [],
              counts.directives,
              [node],
            ),
          );
      },
      OperationDefinition(node) {
        const deep = tooDeep(context, node.selectionSet, limits.depth);
        if (!deep) return;
        const [at, limit] = deep;
        context.reportError(
          refuse(
            `The query nests ${at.path.length} levels of fields or more at ${at.path.join('.')}; at most ${limit} are allowed.`,
            `Leave out what is below ${at.path.at(-2) ?? at.path[0]}, or ask for it in a query of its own, by id.`,
            at.path,
            at.path.length,
            [at.node],
          ),
        );
      },
    };
  };

type Place = { readonly path: string[]; readonly node: SelectionSetNode['selections'][number] };

/** The first field beyond the limit, with the limit that it is beyond. */
function tooDeep(context: ValidationContext, set: SelectionSetNode, limit: number): [Place, number] | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  // A fragment that was walked at some depth without harm is harmless at every lesser one.
  const harmless = new Map<string, number>();
  const walk = (
    selections: SelectionSetNode,
    path: readonly string[],
    allowed: number,
    within: readonly string[],
  ): [Place, number] | null => {
    for (const node of selections.selections) {
      if (node.kind === Kind.FIELD) {
        const introspection = node.name.value === '__schema' || node.name.value === '__type';
        const most = introspection ? INTROSPECTION_DEPTH : allowed;
        const here = [...path, node.alias?.value ?? node.name.value];
        if (here.length > most && node.name.value !== '__typename') return [{ path: here, node }, most];
        const found = node.selectionSet ? walk(node.selectionSet, here, most, within) : null;
        if (found) return found;
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        const found = walk(node.selectionSet, path, allowed, within);
        if (found) return found;
      } else {
        const name = node.name.value;
        if (within.includes(name) || (harmless.get(`${name} ${allowed}`) ?? -1) >= path.length) continue;
        const fragment = fragments.get(name) ?? context.getFragment(name);
        if (!fragment) continue;
        fragments.set(name, fragment);
        const found = walk(fragment.selectionSet, path, allowed, [...within, name]);
        if (found) return found;
        harmless.set(`${name} ${allowed}`, path.length);
      }
    }
    return null;
  };
  return walk(set, [], limit, []);
}
