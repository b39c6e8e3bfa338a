/** One spelling of a name into another: GraphQL, Neo4j, ids and files each have their own. All are ASCII and total. */

const words = (text: string): string[] =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** `HOLDS_POSITION` → `HoldsPosition`. */
export const pascalCase = (text: string): string => words(text).map(capital).join('');

/** `CivilSocietyOrganization` → `civilSocietyOrganization`. */
export const camelCase = (text: string): string => {
  const pascal = pascalCase(text);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
};

/** `CivilSocietyOrganization` → `CIVIL_SOCIETY_ORGANIZATION`. */
export const upperSnakeCase = (text: string): string => words(text).join('_').toUpperCase();

/** `CivilSocietyOrganization` → `civil-society-organization`. */
export const kebabCase = (text: string): string => words(text).join('-').toLowerCase();

/** `CivilSocietyOrganization` → `civil society organization`. */
export const plainCase = (text: string): string => words(text).join(' ').toLowerCase();

/** `CivilSocietyOrganization` → `civil_society_organization`. */
export const snakeCase = (text: string): string => words(text).join('_').toLowerCase();
