/** Records for small graphs in which one paper tells everything, as facts. */

/** A claim that The Herald tells as a fact; `more` is laid over it. */
export const fact = (text: string, more: object = {}) => ({
  text,
  commitment: 'FACT',
  attribution: 'NARRATED',
  source: 'source:herald',
  ...more,
});

/** A relationship with such a claim; `kind` is its record's key, such as `memberOf`. */
export const tie = (kind: string, from: string, to: string, more: object = {}) => ({
  [kind]: { from, to, claims: [fact(`${from} ${kind} ${to}`)], ...more },
});
