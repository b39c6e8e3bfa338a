import { entity } from '../model/declarations.ts';
import { openList, partialDate, text } from '../model/kinds.ts';

export const Event = entity(
  'Event',
  'Something that happened at a time: a meeting, a statement, a signature, an arrest.',
  {
    plural: 'events',
    fields: {
      kind: openList(
        'What sort of event it is.',
        'MEETING',
        'ANNOUNCEMENT',
        'VISIT',
        'STATEMENT',
        'POST',
        'PRESS_CONFERENCE',
        'ELECTION',
        'ARREST',
        'SIGNATURE',
        'RATIFICATION',
        'ACCESSION',
        'ACCEPTANCE',
        'APPROVAL',
        'SUCCESSION',
        'PROVISIONAL_APPLICATION',
        'WITHDRAWAL',
        'RESERVATION',
        'DECLARATION',
        'OBJECTION',
      ),
      start: partialDate('When it began.'),
      end: partialDate('When it was over.'),
    },
    maps: { ftm: 'Event', popolo: 'Event', wikidata: ['Q1656682'], schemaOrg: 'Event' },
  },
);

export const Source = entity(
  'Source',
  'Where claims are found: article, post, statement, document, data set, analyst’s note.',
  {
    plural: 'sources',
    fields: {
      kind: openList(
        'What sort of source it is.',
        'ARTICLE',
        'POST',
        'STATEMENT',
        'DOCUMENT',
        'DATA_SET',
        'ANALYST_NOTE',
      ),
      url: text('Where it is published.'),
      archivedUrl: text('Where a copy is kept.'),
      publishedAt: partialDate('When it was published.'),
      retrievedAt: partialDate('When it was read.'),
      language: text('BCP 47 tag of its language.'),
      reliability: openList('How far it is relied on.', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'),
    },
    maps: { ftm: 'Document', popolo: 'source', schemaOrg: 'NewsArticle', stix: 'report' },
  },
);
