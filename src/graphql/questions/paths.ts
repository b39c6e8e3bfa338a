import { placeOf } from '../../compile/arguments.ts';
import type { Emitted, Emitter, Place } from '../../compile/emitter.ts';
import { handWritten } from '../../compile/hand-written.ts';
import { emitEach, emitParts } from '../../compile/objects.ts';
import { sizeOf } from '../../compile/paging.ts';
import { plainShape } from '../../compile/properties.ts';
import { withPrelude } from '../../compile/roots.ts';
import type { Selected } from '../../compile/selection.ts';
import { asText, WholeNumber } from '../../compile/values.ts';
import { badInput } from '../../errors.ts';
import { pageInfoType } from '../connections.ts';
import { endRef } from '../entities.ts';
import { relationshipTypeEnum } from '../enums.ts';
import type { Output, Registry } from '../registry.ts';
import { relationshipInterface } from '../relationships.ts';
import { scalar } from '../scalars.ts';
import { rootScope } from '../scope.ts';
import { explained } from './explanation.ts';
import { eachEdge, eachEntity } from './graph-type.ts';
import {
  andInScope,
  andIsNoneOf,
  answeredBy,
  argument,
  avoidTypes,
  filled,
  listed,
  numberWithin,
  type QuestionSpec,
  text,
  typePattern,
  typesGiven,
} from './question.ts';

const LENGTH = { min: 1, max: 8, absent: 4 };

/** `paths(from, to …)`: how two entities are connected. */
export const paths = (registry: Registry): QuestionSpec => ({
  type: pathConnection(registry),
  nullable: false,
  description:
    'How two entities are connected: the shortest paths first, none through an entity twice. Relationships are followed in either direction.',
  args: registry.args({
    from: { type: 'ID', description: 'Where the paths start.', required: true },
    to: { type: 'ID', description: 'Where they end.', required: true },
    maxLength: {
      type: 'Int',
      description: 'How many relationships a path has at most, 1 to 8.',
      defaultValue: LENGTH.absent,
    },
    types: { type: [relationshipTypeEnum(registry)], description: 'Follow only these types; all unless said.' },
    avoid: { type: ['ID'], description: 'Entities that are not passed through, at most 200.' },
    avoidTypes: avoidTypes(registry),
    first: { type: 'Int', description: 'How many paths, 1 to 200; 25 unless said.' },
    ...rootScope(registry),
  }),
  access: 'reader',
  meaning: answeredBy((asked) => {
    const { emitter, selected, place } = asked;
    const types = typesGiven(emitter, argument(asked, 'types'));
    const [from, to, first, maxLength] = ['from', 'to', 'first', 'maxLength'].map((name) => argument(asked, name)) as [
      ReturnType<typeof argument>,
      ReturnType<typeof argument>,
      ReturnType<typeof argument>,
      ReturnType<typeof argument>,
    ];
    const length = Number(emitter.guard(maxLength, (given) => String(numberWithin(given, LENGTH))));
    const found = handWritten(
      emitter,
      'paths',
      {
        from: text(from),
        to: text(to),
        avoid: listed(argument(asked, 'avoid')),
        // One more than is asked for tells whether there are more.
        limit: filled(first, (given) => new WholeNumber(sizeOf(given) + 1)),
      },
      {
        types: typePattern(types),
        kept: andInScope(asked, types, 'r'),
        entered: andIsNoneOf(asked, 'avoidTypes', 'm'),
        longer: (step) => step.repeat(length - 1),
      },
    );
    const [start, goal, size] = [emitter.slot(from, asText), emitter.slot(to, asText), emitter.slot(first, sizeOf)];
    const answer = emitPaths(emitter, selected, place, 'paths', size);
    return {
      text: withPrelude(emitter, `CALL () { ${found} } RETURN start, goal, ${answer.text}`),
      decode: ([row], env) => {
        const [foundStart, foundGoal, list] = row ?? [];
        for (const [id, slot, given] of [
          [foundStart, start, from],
          [foundGoal, goal, to],
        ] as const)
          if (id === null)
            throw badInput(`Nothing has the id "${env.values[slot]}".`, {
              path: placeOf(given),
              value: env.values[slot],
              suggestion: 'Look its id up by name: entity(name: …) { id }, or search.',
            });
        if (foundStart === foundGoal)
          throw badInput('from and to are the same entity, which no path connects.', {
            path: placeOf(to),
            value: env.values[goal],
            suggestion: 'Name two entities; for what lies around one, ask neighborhood.',
          });
        return answer.decode(list, env);
      },
    };
  }),
});

/** The connection's parts over a list of `[nodes, relationships]`, of which the last may be one too many. */
function emitPaths(emitter: Emitter, selected: Selected, place: Place, found: string, size: number): Emitted {
  const kept = (raw: unknown[], values: readonly unknown[]) => raw.slice(0, values[size] as number);
  const each = (inner: (path: string) => Emitted): Emitted => {
    const list = emitEach(emitter, found, 'p', inner);
    return { text: list.text, decode: (raw, env) => list.decode(kept(raw as unknown[], env.values), env) };
  };
  const cursors = (raw: unknown, values: readonly unknown[]) =>
    kept(raw as unknown[], values).map((ids) => cursorOf(ids as string[]));
  return emitParts(emitter, selected, place, {
    nodes: (node, inner) => each((path) => emitPath(emitter, node, inner, path)),
    edges: (edge, inner) =>
      each((path) =>
        emitParts(emitter, edge, inner, {
          cursor: () => ({ text: idsOf(path), decode: (ids) => cursorOf(ids as string[]) }),
          node: (node, within) => emitPath(emitter, node, within, path),
        }),
      ),
    totalCount: () => ({
      text: `size(${found})`,
      decode: (count, { values }) => (Number(count) > (values[size] as number) ? null : Number(count)),
    }),
    pageInfo: (info) => {
      const shape = plainShape(emitter, info);
      return {
        text: `[p IN ${found} | ${idsOf('p')}]`,
        decode: (raw, env) => {
          const all = cursors(raw, env.values);
          return shape(
            {
              hasNextPage: (raw as unknown[]).length > all.length,
              hasPreviousPage: false,
              startCursor: all[0] ?? null,
              endCursor: all.at(-1) ?? null,
            },
            env,
          );
        },
      };
    },
  });
}

const idsOf = (path: string): string => `[r IN ${path}[1] | r.id]`;
const cursorOf = (ids: readonly string[]): string => Buffer.from(JSON.stringify(ids)).toString('base64url');

function emitPath(emitter: Emitter, selected: Selected, place: Place, path: string): Emitted {
  return emitParts(emitter, selected, place, {
    length: () => ({ text: `size(${path}[1])`, decode: Number }),
    nodes: (each, inner) => eachEntity(emitter, `${path}[0]`, each, inner),
    relationships: (each, inner) => eachEdge(emitter, `${path}[1]`, each, inner),
    explanation: () => explained(emitter, path),
  });
}

const pathConnection = (registry: Registry): Output =>
  registry.object('reader', 'PathConnection', 'Paths, the shortest first.', () => ({
    edges: { type: [pathEdge(registry)], nullable: false, description: 'The paths with their places.' },
    nodes: { type: [pathType(registry)], nullable: false, description: 'The paths alone.' },
    totalCount: {
      type: scalar('Int'),
      nullable: true,
      description: 'How many there are in all; null where there are more than are asked for, which are not counted.',
    },
    pageInfo: {
      type: pageInfoType(registry),
      nullable: false,
      description: 'hasNextPage tells whether there are more; ask for them by a larger first.',
    },
  }));

const pathEdge = (registry: Registry): Output =>
  registry.object('reader', 'PathEdge', 'An item of a list of paths.', () => ({
    cursor: { type: scalar('String'), nullable: false, description: 'Tells the path from every other.' },
    node: { type: pathType(registry), nullable: false, description: 'The path.' },
  }));

const pathType = (registry: Registry): Output =>
  registry.object('reader', 'Path', 'A way from one entity to another.', () => ({
    length: { type: scalar('Int'), nullable: false, description: 'How many relationships it has.' },
    nodes: {
      type: [endRef(registry, 'Entity')],
      nullable: false,
      description: 'The entities, from the start to the end.',
    },
    relationships: {
      type: [relationshipInterface(registry)],
      nullable: false,
      description: 'The relationships between each two of them, one fewer.',
    },
    explanation: {
      type: [scalar('String')],
      nullable: false,
      description: 'A sentence a relationship, in the order of the path, with its commitment and its source.',
    },
  }));
