/** Ids that a merge has retired: they go on to lead to what their things were merged into. */

/**
 * Binds what an id leads to. What has the id itself is looked for first, and then nothing else is: in the usual case the
 * statement reads what it would read without this.
 * @param match binds the variables to what has the id that an expression is
 * @param carried variables that the clauses after it need, each after a comma
 */
export const orSurvivor = (
  match: (id: string) => string,
  id: string,
  variables: readonly string[],
  carried: string,
): string => {
  const bound = variables.join(', ');
  return `CALL () { ${match(id)} RETURN ${bound} UNION ALL MATCH (gone:Removed {id: ${id}}) ${match('gone.survivor')} RETURN ${bound} } WITH ${bound}${carried} LIMIT 1`;
};

/** Binds what an id in a variable leads to, for each of many: one look more for each. */
export const eachOrSurvivor = (match: (id: string) => string, id: string): string =>
  `OPTIONAL MATCH (gone:Removed {id: ${id}}) ${match(`coalesce(gone.survivor, ${id})`)}`;
