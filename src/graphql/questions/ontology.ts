import { legend } from '../../derive/legend.ts';
import { concreteTypes, endNamed, enumName, type Model } from '../../model/model.ts';
import type { Registry } from '../registry.ts';
import { ontologyType } from './ontology-type.ts';
import type { QuestionSpec } from './question.ts';

/** `ontology`: what `/ontology.json` tells, under GraphQL's names. The model answers it; the database is not asked. */
export const ontology = (registry: Registry): QuestionSpec => ({
  type: ontologyType(registry),
  nullable: false,
  description:
    'What the graph can hold: types, relationships and their legal ends, fields, closed lists and mappings, for tools that colour, validate and map. The database is not asked.',
  access: 'reader',
  meaning: { is: 'model', read },
});

const known = new WeakMap<Model, unknown>();

function read(model: Model): unknown {
  const answer = known.get(model) ?? answerOf(model);
  known.set(model, answer);
  return answer;
}

type Legend = ReturnType<typeof legend>;
type LegendField = Legend['common']['entity'][number];
type LegendMappings = Legend['entityTypes'][number]['mappings'];

/** The legend as the schema shows it: lists where it leaves out what is empty, types where it names families. */
function answerOf(model: Model): unknown {
  const { entityTypes, relationshipTypes, families, common, closedLists } = legend(model);
  const typesOf = (names: readonly string[]): string[] => [
    ...new Set(
      names.flatMap((name) => {
        const end = endNamed(model, name);
        return end ? concreteTypes(model, end).map(enumName) : [];
      }),
    ),
  ];
  const described = <T extends { fields: readonly LegendField[]; mappings: LegendMappings }>(type: T) => ({
    ...type,
    fields: type.fields.map(whole),
    mappings: { ...type.mappings, wikidata: type.mappings.wikidata ?? [] },
  });
  return {
    entityTypes: entityTypes.map((type) => ({ ...described(type), type: type.enum })),
    relationshipTypes: relationshipTypes.map((type) => ({
      ...described(type),
      type: type.name,
      name: type.graphqlType,
      ends: type.ends.map(({ from, to }) => ({ from: typesOf(from), to: typesOf(to) })),
    })),
    families: families.map((family) => ({ ...family, types: typesOf(family.types) })),
    common: {
      entity: common.entity.map(whole),
      relationship: common.relationship.map(whole),
      claim: common.claim.map(whole),
    },
    closedLists: closedLists.map(({ values, ...list }) => ({
      ...list,
      values: Object.entries(values).map(([value, description]) => ({ value, description })),
    })),
  };
}

const whole = (field: LegendField) => ({ wellKnown: [], values: [], ...field });
