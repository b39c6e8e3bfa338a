import { describe, expect, test } from 'vitest';
import { createModel } from '../../src/model/create-model.ts';
import { act, alike, between, entity, family, relationship, state, timeless } from '../../src/model/declarations.ts';
import { count, integer, openList, reference, statusOf, text } from '../../src/model/kinds.ts';
import { concreteTypes, endNamed, isLegal, relationFields } from '../../src/model/model.ts';
import { ontology } from '../../src/ontology/ontology.ts';

const Being = family('Being', 'beings', 'Whoever acts.');
const Person = entity('Person', 'A human being.', { plural: 'people', families: [Being] });
const Guild = entity('Guild', 'People of one craft.', {
  plural: 'guilds',
  families: [Being],
  fields: { kind: openList('What craft.') },
});
const City = entity('City', 'A town with a wall.', { plural: 'cities' });
const Belongs = relationship('BELONGS_TO', 'A person belongs to a guild.', between([Person], [Guild]), {
  names: ['guildsOf', 'crafters'],
  phrase: ['belongs to', 'has'],
  time: state(),
});
const world = [Being, Person, Guild, City, Belongs];

describe('a model', () => {
  test('holds together when every rule is kept', () => {
    const model = createModel(world);
    expect(model.entities.map((type) => type.name)).toEqual(['Person', 'Guild', 'City']);
    expect(concreteTypes(model, Being)).toEqual([Person, Guild]);
  });

  const broken: [rule: string, declared: Parameters<typeof createModel>[0], message: RegExp][] = [
    [
      'refuses two types of one name',
      [...world, entity('City', 'Another.', { plural: 'otherCities' })],
      /entity type City and the entity type City would both be the GraphQL type City/,
    ],
    [
      'refuses a type whose relationship type has its GraphQL name',
      [...world, entity('BelongsTo', 'Odd.', { plural: 'odd' })],
      /BelongsTo/,
    ],
    [
      'refuses two plurals that are one root field',
      [...world, entity('Town', 'A town.', { plural: 'cities' })],
      /root field "cities" of the entity type Town is already that of the entity type City/,
    ],
    [
      'refuses an end that was never declared',
      [Being, Person, Belongs],
      /BELONGS_TO names the entity type Guild as an end, which is not in the model/,
    ],
    [
      'refuses ends of which one covers the other',
      [
        ...world,
        relationship('KNOWS', 'Knows.', between([Being, Person], [City]), {
          names: ['knows', 'knownBy'],
          phrase: ['a', 'b'],
          time: timeless,
        }),
      ],
      /KNOWS names both the family Being and the entity type Person at its from end/,
    ],
    [
      'refuses one name met twice on a type, and names both',
      [
        ...world,
        relationship('LEADS_TO', 'Leads.', between([Person], [City]), {
          names: ['guildsOf', 'ledFrom'],
          phrase: ['a', 'b'],
          time: timeless,
        }),
      ],
      /On Person, "guildsOf" is both the forward name of BELONGS_TO and the forward name of LEADS_TO/,
    ],
    [
      'refuses a relationship named like a field',
      [
        ...world,
        relationship('NAMED_SO', 'Named.', between([Guild], [City]), {
          names: ['kind', 'kindOf'],
          phrase: ['a', 'b'],
          time: timeless,
        }),
      ],
      /On Guild, "kind" is both the own field of Guild and the forward name of NAMED_SO/,
    ],
    [
      'refuses one field name of two kinds, and names both types',
      [
        ...world,
        entity('Market', 'Where things are sold.', { plural: 'markets', fields: { kind: integer('A number.') } }),
      ],
      /The field "kind" is text on Guild but integer on Market/,
    ],
    [
      'refuses an identity that is no field',
      [
        ...world,
        relationship('RULES', 'Rules.', between([Person], [City]), {
          names: ['rules', 'ruledBy'],
          phrase: ['a', 'b'],
          time: state(),
          identity: ['since'],
        }),
      ],
      /identity of the relationship RULES names "since", which is none of its fields/,
    ],
    [
      'refuses an order by what is no field',
      [
        ...world,
        relationship('RULES', 'Rules.', between([Person], [City]), {
          names: ['rules', 'ruledBy'],
          phrase: ['a', 'b'],
          time: act,
          orderedBy: 'rank',
        }),
      ],
      /ordered by "rank"/,
    ],
    [
      'refuses a reference that leads nowhere',
      [...world, entity('Letter', 'A letter.', { plural: 'letters', fields: { to: reference('King', 'To whom.') } })],
      /"to" of the entity type Letter refers to King, which is not in the model/,
    ],
    [
      'refuses the status of a relationship that starts elsewhere',
      [
        ...world,
        entity('Oath', 'An oath.', { plural: 'oaths', fields: { status: statusOf('BELONGS_TO', 'Its status.') } }),
      ],
      /status of BELONGS_TO, which does not start at it/,
    ],
    [
      'refuses a symmetric relationship between different ends',
      [
        ...world,
        relationship('NEAR', 'Near.', between([Person], [City]), { names: 'near', phrase: 'is near', time: timeless }),
      ],
      /NEAR has one name for both directions, but its ends differ: Person and City/,
    ],
    [
      'refuses a type without a description',
      [...world, entity('Mill', ' ', { plural: 'mills' })],
      /entity type Mill has no description/,
    ],
    [
      'refuses names in the wrong case',
      [...world, entity('mill', 'A mill.', { plural: 'mills' })],
      /entity type mill must be named in PascalCase/,
    ],
  ];
  test.each(broken)('%s', (_, declared, message) => {
    expect(() => createModel(declared)).toThrow(message);
  });

  test('takes a new type and a new relationship as one declaration each', () => {
    const Court = entity('Court', 'A court.', {
      plural: 'courts',
      families: [Being],
      fields: { size: count('How large.') },
    });
    const AppointedTo = relationship('APPOINTED_TO', 'A person is put on a court.', between([Person], [Court]), {
      names: ['appointedTo', 'appointees'],
      phrase: ['was appointed to', 'has the appointee'],
      time: state(),
      fields: { note: text('A note.') },
    });
    const model = createModel([...world, Court, AppointedTo]);
    expect(relationFields(model, Person).map((field) => field.name)).toContain('appointedTo');
    expect(isLegal(AppointedTo, Person, Court)).toBe(true);
    expect(isLegal(AppointedTo, Court, Person)).toBe(false);
  });
});

describe('the far end of a relationship field', () => {
  const model = createModel([
    ...world,
    relationship('OWES', 'Owes.', between([City], [Person, Guild]), {
      names: ['owes', 'owedBy'],
      phrase: ['a', 'b'],
      time: timeless,
    }),
    relationship('TIED', 'Tied.', between([City], [Person, City]), {
      names: ['tied', 'tiedBy'],
      phrase: ['a', 'b'],
      time: timeless,
    }),
    relationship('PART_OF', 'Part.', alike(Being, City), {
      names: ['partOf', 'parts'],
      phrase: ['a', 'b'],
      time: timeless,
    }),
  ]);
  const far = (on: string, name: string) => {
    const end = endNamed(model, on);
    return end && relationFields(model, end).find((field) => field.name === name)?.far.name;
  };

  test.each([
    ['the one type that is legal', 'Person', 'guildsOf', 'Guild'],
    ['the family that covers all that are legal', 'City', 'owes', 'Being'],
    ['Entity where no family covers them', 'City', 'tied', 'Entity'],
    ['its own kind where each goes only with its own', 'City', 'partOf', 'City'],
    ['the family through which a type is declared', 'Guild', 'partOf', 'Being'],
  ])('is %s', (_, on, name, expected) => {
    expect(far(on, name)).toBe(expected);
  });
});

describe('the ontology', () => {
  test('has every entity type and relationship that it is to have', () => {
    expect(ontology.entities).toHaveLength(22);
    expect(ontology.relationships).toHaveLength(48);
  });

  test('places relationship fields on the ends that are declared, on what belongs to them, and on nothing else', () => {
    const on = (name: string) => relationFields(ontology, endNamed(ontology, name) ?? Being).map((field) => field.name);
    expect(on('Institution')).not.toContain('locatedIn');
    expect(on('Prison')).toContain('locatedIn');
    expect(on('Organization')).toContain('locatedIn');
    expect(on('Gang')).toContain('stances');
    expect(on('Country')).not.toContain('stances');
  });
});
