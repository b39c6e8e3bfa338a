import { entity } from '../model/declarations.ts';
import { mapped, openList, partialDate, text } from '../model/kinds.ts';

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
      start: mapped(partialDate('When it began.'), { ftm: 'startDate', popolo: 'start_date' }),
      end: mapped(partialDate('When it was over.'), { ftm: 'endDate', popolo: 'end_date' }),
    },
    maps: { ftm: 'Event', popolo: 'Event', wikidata: ['Q1656682'], schemaOrg: 'Event', stix: 'incident' },
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
      url: mapped(text('Where it is published.'), { ftm: 'sourceUrl', popolo: 'url' }),
      archivedUrl: text('Where a copy is kept.'),
      publishedAt: mapped(partialDate('When it was published.'), { ftm: 'publishedAt' }),
      retrievedAt: mapped(partialDate('When it was read.'), { ftm: 'retrievedAt' }),
      language: text('BCP 47 tag of its language.'),
      reliability: openList('How far it is relied on.', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'),
    },
    maps: { ftm: 'Document', popolo: 'source', schemaOrg: 'NewsArticle', stix: 'report' },
  },
);
