/** Ids that a merge has retired: they go on to lead to what their things were merged into. */

/**
 * Binds what an id leads to. What has the id itself is looked for first, and then nothing else is: in the usual case the
 * statement reads what it would read without this.
 * @param match binds the variables to what has the id that an expression is
 * @param given variables that are bound before it, and that the clauses after it need
 */
export const orSurvivor = (
  match: (id: string) => string,
  id: string,
  variables: readonly string[],
  given: readonly string[],
): string => {
  const bound = variables.join(', ');
  // Given to it, though it needs none of them: else the database would work it out apart, and multiply the two.
  return `CALL (${given.join(', ')}) { ${match(id)} RETURN ${bound} UNION ALL MATCH (gone:Removed {id: ${id}}) ${match('gone.survivor')} RETURN ${bound} } WITH ${[bound, ...given].join(', ')} LIMIT 1`;
};

/** Binds what an id in a variable leads to, for each of many: one look more for each. */
export const eachOrSurvivor = (match: (id: string) => string, id: string): string =>
  `OPTIONAL MATCH (gone:Removed {id: ${id}}) ${match(`coalesce(gone.survivor, ${id})`)}`;
