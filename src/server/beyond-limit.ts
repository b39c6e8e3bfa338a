import { GraphQLError } from 'graphql';

/** Where something stands: its path, or the nodes of the document by which the path is found. */
export interface Place {
  readonly path?: readonly (string | number)[];
  readonly nodes?: GraphQLError['nodes'];
}

/** The error of what is beyond a limit: the value, and what to do. */
export function beyondLimit(message: string, suggestion: string, value: number, place: Place = {}): GraphQLError {
  return new GraphQLError(message, {
    nodes: place.nodes ?? [],
    extensions: { code: 'LIMIT_EXCEEDED', ...(place.path ? { path: [...place.path] } : {}), value, suggestion },
  });
}
