import { act, alike, between, relationship, state, timeless } from '../model/declarations.ts';
import { integer, mapped, openList, reference, text } from '../model/kinds.ts';
import { Person } from './actors.ts';
import { Instrument, Organization } from './families.ts';
import { Country, PopulationGroup, Position, Prison } from './institutions-and-places.ts';

/** Posts, membership and work: who is what, and where, and since when. */

const inRole = openList('In which role.', 'MEMBER', 'CHAIR', 'SPOKESPERSON', 'ADVISER');
const role = mapped(inRole, { ftm: 'role', popolo: 'role' });
const forArea = text('For which electoral area or constituency.');
const onBehalfOf = mapped(reference('Actor', 'On whose behalf, such as the party.'), { popolo: 'on_behalf_of_id' });

export const HoldsPosition = relationship('HOLDS_POSITION', 'A person holds a post.', between([Person], [Position]), {
  names: ['positionsHeld', 'holders'],
  phrase: ['holds the position', 'is held by'],
  time: state(),
  identity: ['validFrom', 'constituency'],
  fields: {
    constituency: mapped(forArea, { ftm: 'constituency', popolo: 'area.name' }),
    role: mapped(inRole, { popolo: 'role' }),
    onBehalfOf,
    how: openList('How the post was come by.', 'ELECTED', 'APPOINTED', 'INHERITED', 'ACTING', 'SEIZED'),
    endCause: openList('Why it ended.', 'TERM_ENDED', 'RESIGNED', 'REMOVED', 'DIED', 'DEFEATED'),
  },
  ftmEnds: ['holder', 'post'],
  maps: { ftm: 'Occupancy', popolo: 'Membership.post_id', wikidata: ['P39'], schemaOrg: 'Role' },
});

export const PositionIn = relationship(
  'POSITION_IN',
  'A post belongs to a body.',
  between([Position], [Organization, Prison]),
  {
    names: ['positionIn', 'positions'],
    phrase: ['is a position in', 'has the position'],
    time: timeless,
    maps: { ftm: 'Position.organization', popolo: 'Post.organization_id', wikidata: ['P361'] },
  },
);

export const MemberOf = relationship(
  'MEMBER_OF',
  'Somebody belongs to an organization.',
  between([Person, Organization, Country, PopulationGroup], [Organization]),
  {
    names: ['memberOf', 'members'],
    phrase: ['is a member of', 'has the member'],
    time: state(),
    identity: ['role', 'validFrom'],
    fields: {
      role,
      constituency: mapped(forArea, { popolo: 'area.name' }),
      onBehalfOf,
      rank: integer('Place in the order of members.', { min: 0 }),
      side: openList('On which side of the house or dispute.', 'MAJORITY', 'MINORITY', 'GOVERNMENT', 'OPPOSITION'),
    },
    ftmEnds: ['member', 'organization'],
    maps: { ftm: 'Membership', popolo: 'Membership', wikidata: ['P463'], schemaOrg: 'memberOf' },
  },
);

export const EmployedBy = relationship(
  'EMPLOYED_BY',
  'A person works for an organization.',
  between([Person], [Organization]),
  {
    names: ['employers', 'employees'],
    phrase: ['works for', 'employs'],
    time: state(),
    identity: ['validFrom'],
    fields: { role },
    ftmEnds: ['employee', 'employer'],
    maps: { ftm: 'Employment', popolo: 'Membership', wikidata: ['P108'], schemaOrg: 'worksFor' },
  },
);

export const Leads = relationship(
  'LEADS',
  'A person leads an organization; for sources that name no post.',
  between([Person], [Organization]),
  {
    names: ['leads', 'leaders'],
    phrase: ['leads', 'is led by'],
    time: state(),
    identity: ['validFrom'],
    fields: { role },
    ftmEnds: ['director', 'organization'],
    maps: { ftm: 'Directorship', popolo: 'Membership', wikidata: ['P488'] },
  },
);

export const Appointed = relationship(
  'APPOINTED',
  'Somebody puts a person into a post.',
  between([Person, Organization], [Person]),
  {
    names: ['appointed', 'appointedBy'],
    phrase: ['appointed', 'was appointed by'],
    time: act,
    identity: ['position'],
    fields: { position: reference('Position', 'To which post.') },
    maps: { wikidata: ['P748'] },
  },
);

export const Succeeded = relationship(
  'SUCCEEDED',
  'One takes the place of another.',
  alike(Person, Organization, Position, Instrument),
  {
    names: ['succeeded', 'succeededBy'],
    phrase: ['succeeded', 'was succeeded by'],
    time: act,
    identity: ['position'],
    fields: { position: reference('Position', 'In which post.') },
    ftmEnds: ['successor', 'predecessor'],
    maps: { ftm: 'Succession', wikidata: ['P1365'] },
  },
);
