import { family } from '../model/declarations.ts';

export const Actor = family(
  'Actor',
  'actors',
  'Whoever acts: people, organizations, and actors a source does not name.',
);

export const Organization = family(
  'Organization',
  'organizations',
  'A body of people with a name of its own: governments, agencies, parties, companies, gangs.',
  [Actor],
);

export const Institution = family(
  'Institution',
  'institutions',
  'A standing body or place through which power is exercised.',
);

export const Instrument = family(
  'Instrument',
  'instruments',
  'What is agreed, decided or laid down: agreements and their terms, policies, legal norms.',
);

export const Place = family('Place', 'places', 'Somewhere: countries, areas, prisons.');
