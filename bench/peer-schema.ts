/**
 * The peer's type definitions: the types and fields that the questions ask for, and no more, which is in its favour.
 * Labels are the types' names; its lists need no connections where an order by edges is not asked for.
 */
export const PEER_TYPES = /* GraphQL */ `
  interface Actor { id: ID! name: String! }

  type Person implements Actor @node @plural(value: "people") {
    id: ID!
    name: String!
    gender: String
    positionsHeld: [Position!]! @relationship(type: "HOLDS_POSITION", direction: OUT, properties: "HoldsPosition")
    employers: [Employer!]! @relationship(type: "EMPLOYED_BY", direction: OUT, properties: "EmployedBy")
  }
  type HoldsPosition @relationshipProperties { id: ID! role: String validFrom: String }
  type EmployedBy @relationshipProperties { id: ID! role: String }
  union Employer = Agency | Company | University | MediaOrganization

  type Position @node {
    id: ID!
    name: String!
    kind: String
    holders: [Person!]! @relationship(type: "HOLDS_POSITION", direction: IN, properties: "HoldsPosition")
    positionIn: [Body!]! @relationship(type: "POSITION_IN", direction: OUT)
  }
  union Body = Agency | Government | Company | PoliticalParty | Prison

  type Area @node { id: ID! name: String! }
  type Prison @node {
    id: ID!
    name: String!
    operatedBy: [Agency!]! @relationship(type: "OPERATES", direction: IN)
  }

  ${[
    ['Agency', 'agencies'],
    ['Company', 'companies'],
    ['Government', 'governments'],
    ['PoliticalParty', 'politicalParties'],
    ['CivilSocietyOrganization', 'civilSocietyOrganizations'],
    ['MediaOrganization', 'mediaOrganizations'],
    ['University', 'universities'],
    ['Gang', 'gangs'],
  ]
    .map(
      ([type, plural]) => `
  type ${type} implements Actor @node @plural(value: "${plural}") {
    id: ID!
    name: String!
    employees: [Person!]! @relationship(type: "EMPLOYED_BY", direction: IN, properties: "EmployedBy")
    locatedIn: [Area!]! @relationship(type: "LOCATED_IN", direction: OUT)
  }`,
    )
    .join('\n')}
`;

/** Its comparisons by order, which it leaves out unless asked. */
export const PEER_FEATURES = { filters: { String: { GT: true, GTE: true }, ID: { GT: true } } };
