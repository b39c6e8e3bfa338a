import { printBloomPerspective } from '../src/derive/bloom-perspective.ts';
import { printDatabaseSchema } from '../src/derive/database-schema.ts';
import { printLegend } from '../src/derive/legend.ts';
import { printOntologyPage } from '../src/derive/ontology-page.ts';
import { buildSchema, printGraphQL } from '../src/graphql/schema.ts';
import type { Model } from '../src/model/model.ts';
import { printCookbook } from './cookbook.ts';

/** What is printed from the ontology and the cases, and checked in: file, from the project's root → its text. */
export function prints(model: Model): Record<string, string> {
  return {
    'cypher/schema.cypher': printDatabaseSchema(model),
    'schema.graphql': printGraphQL(buildSchema(model)),
    'docs/ontology.md': printOntologyPage(model),
    'docs/ontology.json': printLegend(model),
    'docs/visualisers/bloom-perspective.json': printBloomPerspective(model),
    'docs/cookbook.md': printCookbook(),
  };
}
