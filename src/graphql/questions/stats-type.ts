import { endRef } from '../entities.ts';
import { entityTypeEnum, relationshipTypeEnum } from '../enums.ts';
import type { FieldSpec, Output, Registry, TypeParameter } from '../registry.ts';
import { scalar } from '../scalars.ts';

const part = (type: TypeParameter, description: string, nullable = false): FieldSpec => ({
  type,
  nullable,
  description,
});
const count = part(scalar('Int'), 'How many.');

/** `Stats`: numbers about the whole graph, or about some of its entities. */
export const statsType = (registry: Registry): Output =>
  registry.object(
    'reader',
    'Stats',
    'Numbers about the whole graph, or about those of its entities that a filter keeps. Each is worked out only where it is asked for. Without a filter, those of entities, claims, sources and types are read off the store’s own counts, whatever its size, and so are those of relationships where no day and no commitment are named; the others look at what they count.',
    () => ({
      entityCount: part(scalar('Int'), 'How many entities.'),
      relationshipCount: part(
        scalar('Int'),
        'How many relationships; with a filter, those that one of the entities is an end of, each once.',
      ),
      claimCount: part(
        scalar('Int'),
        'How many claims are on record, deprecated ones and those taken back included; with a filter, those that have one of the entities as their subject or object.',
      ),
      sourceCount: part(scalar('Int'), 'How many sources; with a filter, those that state these claims.'),
      byType: part(
        [
          registry.object('reader', 'EntityTypeCount', 'How many entities are of a type.', () => ({
            type: part(entityTypeEnum(registry), 'The type.'),
            count,
          })),
        ],
        'Entities by type, most first; types without any are left out.',
      ),
      byRelationship: part(
        [
          registry.object('reader', 'RelationshipTypeCount', 'How many relationships are of a type.', () => ({
            type: part(relationshipTypeEnum(registry), 'The type.'),
            count,
          })),
        ],
        'Relationships by type, most first; types without any are left out.',
      ),
      byCountry: part(
        [
          registry.object('reader', 'CountryCount', 'How many entities belong to a country.', () => ({
            country: part(endRef(registry, 'Country'), 'The country.'),
            count,
          })),
        ],
        'Entities by the countries that they belong to, most first: those with a CITIZEN_OF, LOCATED_IN, GOVERNS, APPLIES_IN, OPERATES_IN or PART_OF relationship to the country itself, each once. One that belongs to several counts for each; what is only in a place within the country does not count.',
      ),
      byYear: part(
        [
          registry.object('reader', 'YearCount', 'How many entities began in a year.', () => ({
            year: part(scalar('Int'), 'The year; null for those of which none is known.', true),
            count,
          })),
        ],
        'Entities by the year in which they began, earliest first: the year of the first date that their type declares, such as birth, founding, opening, signature, adoption, start or publication. Last, those of which no such date is known or whose type has none.',
      ),
      degrees: part(
        degreesType(registry),
        'How many relationships the entities have, in either direction. It looks at every entity and relationship: seconds where there are a million.',
      ),
    }),
  );

const degreesType = (registry: Registry): Output =>
  registry.object('reader', 'DegreeStats', 'How many relationships entities have.', () => ({
    distribution: part(
      [
        registry.object('reader', 'DegreeBucket', 'How many entities have about so many relationships.', () => ({
          atLeast: part(scalar('Int'), 'The fewest relationships of one of them.'),
          atMost: part(scalar('Int'), 'The most.'),
          count,
        })),
      ],
      'How many entities have none, one, two or three, four to seven and so on; ranges with nobody in them are left out.',
    ),
    max: part(scalar('Int'), 'The most that one has; null where there are no entities.', true),
    mean: part(scalar('Float'), 'How many one has on average; null where there are no entities.', true),
  }));
