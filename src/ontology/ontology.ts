import { createModel } from '../model/create-model.ts';
import * as actors from './actors.ts';
import * as eventsAndSources from './events-and-sources.ts';
import * as families from './families.ts';
import * as institutionsAndPlaces from './institutions-and-places.ts';
import * as instruments from './instruments.ts';
import * as relationshipsOfActors from './relationships-of-actors.ts';
import * as relationshipsOfInstruments from './relationships-of-instruments.ts';
import * as relationshipsOfOffices from './relationships-of-offices.ts';
import * as relationshipsOfSpeech from './relationships-of-speech.ts';

/**
 * What exists. Whatever these files export is in the model: to add a type or a relationship, export its declaration.
 * Everything else (GraphQL, records, constraints, docs) follows from it. Ordered by name, since a module's exports have
 * no order of their own.
 */
export const ontology = createModel(
  [
    families,
    actors,
    institutionsAndPlaces,
    instruments,
    eventsAndSources,
    { ...relationshipsOfOffices, ...relationshipsOfActors },
    relationshipsOfInstruments,
    relationshipsOfSpeech,
  ].flatMap((room) => Object.values(room).sort((a, b) => (a.name < b.name ? -1 : 1))),
);
