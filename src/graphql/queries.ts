import type { Meaning } from '../compile/meaning.ts';
import { AnyEntity } from '../model/common-fields.ts';
import { lookupName, plainNameOf } from '../model/model.ts';
import { fromStore } from './builder.ts';
import { claimRef } from './claims.ts';
import { bothWays, claimConnection, entityConnection } from './connections.ts';
import { endRef, nodeInterface } from './entities.ts';
import { claimFilter, entityFilter } from './filters.ts';
import { claimOrder, entityOrder } from './orders.ts';
import { questions } from './questions/questions.ts';
import { recordedAsOfArgument } from './recorded.ts';
import { extensionsOf, type Registry, type RootFieldSpec } from './registry.ts';
import { rootScope } from './scope.ts';

/** The root: a look-up and a connection for everything that the model has. Each is one statement. */

type RootSpec = RootFieldSpec & { readonly meaning: Meaning };

export function addQueries(registry: Registry): void {
  registry.builder.queryType({
    description: 'Reading. Every root field is one statement on the database, whatever it selects; ontology is none.',
    fields: (t) =>
      Object.fromEntries(
        Object.entries(rootSpecs(registry)).map(([name, spec]) => [
          name,
          (t as unknown as { field(options: never): unknown }).field({
            type: spec.type,
            nullable: spec.nullable,
            description: spec.description,
            args: spec.args ?? {},
            extensions: extensionsOf(spec),
            resolve: fromStore,
          } as never),
        ]),
      ) as never,
  });
}

function rootSpecs(registry: Registry): Record<string, RootSpec> {
  const { model } = registry;
  const id = {
    id: { type: 'ID' as const, description: 'Its id.', required: true },
    ...rootScope(registry),
    ...recordedAsOfArgument,
  };
  const specs: Record<string, RootSpec> = {
    node: {
      type: nodeInterface(registry),
      nullable: true,
      description: 'Whatever has the id: an entity, a relationship, a claim or a revision; null where nothing has it.',
      args: registry.args(id),
      access: 'reader',
      meaning: { is: 'node' },
    },
    nodes: {
      type: [nodeInterface(registry)],
      nullable: { list: false, items: true } as never,
      description: 'Whatever has these ids, in their order; null in the place of each that nothing has. At most 200.',
      args: registry.args({ ids: { type: ['ID'], description: 'The ids.', required: true }, ...rootScope(registry) }),
      access: 'reader',
      meaning: { is: 'nodes' },
    },
    claim: {
      type: claimRef(registry),
      nullable: true,
      description: 'A claim by id.',
      args: registry.args(id),
      access: 'reader',
      meaning: { is: 'claimLookup' },
    },
    claims: {
      type: claimConnection(registry),
      nullable: false,
      description: 'Claims. Retracted and deprecated ones are left out unless asked for.',
      args: registry.args({
        where: { type: claimFilter(registry), description: 'Which of them.' },
        orderBy: { type: [claimOrder(registry)], description: 'In which order; by id unless said.' },
        ...rootScope(registry),
        ...bothWays(),
      }),
      access: 'reader',
      meaning: { is: 'all', of: 'Claim' },
    },
  };
  for (const end of [AnyEntity, ...model.entities])
    specs[lookupName(end)] = {
      type: endRef(registry, end),
      nullable: true,
      description: `${end.description} By id, or by name or alias, whatever the case and accents; exactly one of the two. Null where there is none.`,
      args: registry.args({
        id: { type: 'ID', description: 'Its id.' },
        name: {
          type: 'String',
          description: 'Its name, else an alias. More than one match is the error AMBIGUOUS_NAME.',
        },
        ...rootScope(registry),
        ...recordedAsOfArgument,
      }),
      access: 'reader',
      meaning: { is: 'lookup', end },
    };
  for (const end of [...model.families, ...model.entities])
    specs[end.plural] = {
      type: entityConnection(registry, end),
      nullable: false,
      description: `All ${plainNameOf(end)}. ${end.description}`,
      args: registry.args({
        where: { type: entityFilter(registry, end), description: 'Which of them.' },
        orderBy: { type: [entityOrder(registry, end)], description: 'In which order; by id unless said.' },
        ...rootScope(registry),
        ...bothWays(),
      }),
      access: 'reader',
      meaning: { is: 'all', of: end },
    };
  for (const [name, question] of Object.entries(questions)) specs[name] = question(registry);
  return specs;
}
