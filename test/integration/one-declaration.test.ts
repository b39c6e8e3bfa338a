import { describe, expect, test } from 'vitest';
import { printOntologyPage } from '../../src/derive/ontology-page.ts';
import { createModel } from '../../src/model/create-model.ts';
import { between, entity, relationship, state } from '../../src/model/declarations.ts';
import { count, openList } from '../../src/model/kinds.ts';
import { Person } from '../../src/ontology/actors.ts';
import { Institution, Organization } from '../../src/ontology/families.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { testGraph } from '../support/graph.ts';
import { mutate } from '../support/writing.ts';

/** Everything that a newcomer writes to have courts. */
const Court = entity('Court', 'A body that judges.', {
  plural: 'courts',
  families: [Organization, Institution],
  fields: {
    instance: openList('Which instance it is.', 'FIRST', 'APPEAL', 'SUPREME'),
    judges: count('How many judges it has.'),
  },
  maps: { wikidata: ['Q41487'], schemaOrg: 'Courthouse' },
});
const AppointedTo = relationship('APPOINTED_TO', 'A person is made a judge of a court.', between([Person], [Court]), {
  names: ['appointedTo', 'judgesAppointed'],
  phrase: ['was appointed to', 'has the judge'],
  time: state(),
  fields: { how: openList('How the judge was chosen.', 'ELECTED', 'APPOINTED') },
});

const model = createModel([...ontology.families, ...ontology.entities, ...ontology.relationships, Court, AppointedTo]);
const graph = testGraph(model);

describe('a type and a relationship that are declared and nothing more', () => {
  test('are recorded, constrained, asked, filtered, ordered and documented', async () => {
    const claim = {
      text: 'Ana Lima judges there.',
      commitment: 'FACT',
      attribution: 'NARRATED',
      source: 'source:gazette',
    };
    const written = await graph.record([
      { source: { id: 'source:gazette', name: 'The Gazette' } },
      { person: { name: 'Ana Lima' } },
      { court: { name: 'High Court of Veld', instance: 'SUPREME', judges: { exact: 7 } } },
      {
        appointedTo: {
          from: 'person:ana-lima',
          to: 'court:high-court-of-veld',
          validFrom: '2021',
          how: 'ELECTED',
          claims: [claim],
        },
      },
    ]);
    expect(written.problems).toEqual([]);
    const answer = await graph.ask(`{
      court(name: "high court of veld") {
        type instance judges { exact }
        judgesAppointed(where: { relationship: { how: { eq: "ELECTED" } } }, orderBy: [{ node: { name: ASC } }]) {
          totalCount edges { node { name } relationship { type validFrom how status } }
        }
      }
      organizations(where: { type: { eq: COURT } }) { nodes { __typename name } }
      person(id: "person:ana-lima") { appointedTo { nodes { name } } relationshipCounts { type direction count } }
    }`);
    expect(answer.errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(answer.data))).toEqual({
      court: {
        type: 'COURT',
        instance: 'SUPREME',
        judges: { exact: 7 },
        judgesAppointed: {
          totalCount: 1,
          edges: [
            {
              node: { name: 'Ana Lima' },
              relationship: { type: 'APPOINTED_TO', validFrom: '2021', how: 'ELECTED', status: 'FACT' },
            },
          ],
        },
      },
      organizations: { nodes: [{ __typename: 'Court', name: 'High Court of Veld' }] },
      person: {
        appointedTo: { nodes: [{ name: 'High Court of Veld' }] },
        relationshipCounts: [{ type: 'APPOINTED_TO', direction: 'OUT', count: 1 }],
      },
    });
    expect(
      await graph.rows(
        "SHOW INDEXES YIELD name WHERE name IN ['court_name', 'court_instance', 'appointed_to_id'] RETURN name ORDER BY name",
      ),
    ).toHaveLength(3);
    expect(printOntologyPage(model)).toContain('### APPOINTED_TO');
  });

  test('are written in GraphQL, and read again', async () => {
    const source = `mutation { record(records: [
      { court: { id: "court:low", name: "Low Court", instance: "FIRST", judges: { atLeast: 2 } } }
      { appointedTo: { from: { id: "person:ana-lima" } to: { record: 0 } how: "ELECTED"
          claims: [{ text: "So it is.", commitment: FACT, attribution: NARRATED, source: { id: "source:gazette" } }] } }
    ]) {
      created { __typename ... on Court { instance judges { atLeast } judgesAppointed { nodes { name } } } ... on AppointedTo { how to { name } } }
      problems { message }
    } }`;
    const { data, errors } = await mutate(graph, source, {}, { model });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      record: {
        created: [
          {
            __typename: 'Court',
            instance: 'FIRST',
            judges: { atLeast: 2 },
            judgesAppointed: { nodes: [{ name: 'Ana Lima' }] },
          },
          { __typename: 'AppointedTo', how: 'ELECTED', to: { name: 'Low Court' } },
          { __typename: 'Claim' },
        ],
        problems: [],
      },
    });
  });

  test('are refused where they do not fit', async () => {
    const written = await graph.record([
      { appointedTo: { from: 'court:high-court-of-veld', to: 'person:ana-lima', claims: [] } },
    ]);
    expect(written.problems.map((problem) => problem.code)).toContain('ILLEGAL_PAIR');
  });
});
