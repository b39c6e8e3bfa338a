import { connection } from '../connections.ts';
import { endRef } from '../entities.ts';
import { entityTypeEnum } from '../enums.ts';
import type { Output, Registry } from '../registry.ts';
import { scalar } from '../scalars.ts';

/** `SearchConnection`: ranked entities, each with why it was found, and how many there are of each type. */
export const searchConnection = (registry: Registry): Output =>
  connection(
    registry,
    'Search',
    'what a search found, the best first',
    () => endRef(registry, 'Entity'),
    () => ({
      score: {
        type: scalar('Float'),
        nullable: false,
        description:
          'How well it fits. SIMPLE, from 0 to 1: 1 its name, 0.95 another of its names, 0.9 a name as it is spelled in Latin letters, from 0.8 a name that begins so, from 0.7 all words in one name, from 0.6 their beginnings, from 0.4 all words somewhere, less with typos. LUCENE: Lucene’s own score.',
        meaning: { is: 'part', part: 'score' },
      },
      matchedOn: {
        type: scalar('String'),
        nullable: false,
        description: 'The field that fits best: name, aliases, names, description or text.',
        meaning: { is: 'part', part: 'matchedOn' },
      },
      highlight: {
        type: scalar('String'),
        nullable: true,
        description:
          'The value of that field with the words that fit between `**`; `*`, `&`, `<` and `>` of its own are written as HTML entities. Null where the words cannot be pointed at.',
        meaning: { is: 'part', part: 'highlight' },
      },
    }),
    () => ({
      facets: {
        type: [facetType(registry)],
        nullable: false,
        description: 'How many of all that was found are of each type, the commonest first.',
        meaning: { is: 'part', part: 'facets' },
      },
      truncated: {
        type: scalar('Boolean'),
        nullable: false,
        description:
          'Whether more was found than is ranked. Pages lead through the best 5,000; totalCount and facets count everything.',
        meaning: { is: 'part', part: 'truncated' },
      },
    }),
  );

const facetType = (registry: Registry): Output =>
  registry.object('reader', 'SearchFacet', 'How many of what a search found are of a type.', () => ({
    type: { type: entityTypeEnum(registry), nullable: false, description: 'The type.' },
    count: { type: scalar('Int'), nullable: false, description: 'How many.' },
  }));
