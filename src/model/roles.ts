/** Who may do what: each role may do what those before it may. */

/** Reads; records and retracts; merges and removes; manages keys and reads the audit log. */
export const ROLES = ['reader', 'editor', 'curator', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** Whether a role may do what another is needed for. */
export const mayAct = (has: Role, needed: Role): boolean => ROLES.indexOf(has) >= ROLES.indexOf(needed);

/** Whoever sends a request, once that is known. */
export interface Caller {
  /** What stands beside everything that they write: a key's name, a token's subject, `seed`, `anonymous`. */
  readonly name: string;
  readonly role: Role;
}
