import { identifier } from '../../compile/identifier.ts';
import { databaseSchema } from '../../derive/database-schema.ts';
import { mendSchema, missingSchema, pendingMigrations } from '../migrations.ts';
import { allRows, type Check, type Finding, type Mender, type Round, type Ward } from './check.ts';

/** What the database is told: constraints, indexes, migrations; and what only constraints could have kept out. */

const CHECKS = {
  missing: {
    name: 'schema',
    meaning: 'Every constraint and index that the ontology asks for is there and online.',
    mends: 'makes them',
    wayOut: 'A constraint cannot be made while things break it: mend those first; see duplicate-ids.',
  },
  duplicates: {
    name: 'duplicate-ids',
    meaning: 'No two things have one id.',
    mends: null,
    wayOut: 'Delete one of them in Cypher, or give it another id; then run doctor --fix, which makes the constraint.',
  },
  foreign: {
    name: 'foreign-schema',
    meaning: 'There are no constraints and indexes but those that the ontology asks for.',
    mends: null,
    wayOut: 'An index of your own only takes room; a constraint may refuse what is recorded: DROP CONSTRAINT <name>.',
    isNotice: true,
  },
  migrations: {
    name: 'migrations',
    meaning: 'Every change of data that this version brings is done.',
    mends: null,
    wayOut: 'Run concordat migrate.',
  },
} as const satisfies Record<string, Check>;

export const schema: Round = {
  name: 'constraints and indexes',
  checks: Object.values(CHECKS),
  async *findings(ward) {
    const missing = await missingSchema(ward.connection, ward.model);
    yield* duplicates(ward, missing);
    for (const each of missing) {
      const [name = '', ...what] = each.split(' ');
      yield { check: CHECKS.missing, id: name, what: what.join(' '), mend: { by: make, with: null } };
    }
    const known = new Set(databaseSchema(ward.model).map(({ name }) => name));
    for (const [name, type] of (await allRows(
      ward,
      "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name, type",
    )) as [string, string][])
      if (!known.has(name)) yield { check: CHECKS.foreign, id: name, what: `is ${type.toLowerCase()}` };
    for (const file of await pendingMigrations(ward.connection, ward.migrations))
      yield { check: CHECKS.migrations, id: file, what: 'is not applied' };
  },
};

const make: Mender = async (ward, findings) => {
  const names = findings.map(({ id }) => id);
  const failed = await mendSchema(ward.connection, ward.model, names);
  return names.length - failed.length;
};

/** Only where a constraint is missing can there be any. */
async function* duplicates(ward: Ward, missing: readonly string[]): AsyncIterable<Finding> {
  const gone = new Set(missing.map((each) => each.split(' ')[0]));
  for (const { name, is, of, labels, properties } of databaseSchema(ward.model)) {
    const [label = '', property = ''] = [labels[0], properties[0]];
    if (is !== 'uniqueness' || !gone.has(name)) continue;
    const pattern = of === 'node' ? `(x:${identifier(label)})` : `()-[x:${identifier(label)}]->()`;
    const rows = await allRows(
      ward,
      `MATCH ${pattern} WITH x.${identifier(property)} AS id, count(*) AS times WHERE id IS NOT NULL AND times > 1 RETURN toString(id), times LIMIT 1000`,
    );
    for (const [id, times] of rows as [string, number][])
      yield { check: CHECKS.duplicates, id, what: `is that of ${times}` };
  }
}
