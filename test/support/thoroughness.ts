/**
 * How much is drawn at random. `npm test` draws some, so that it stays a matter of minutes; with `CONCORDAT_TESTS=thorough`,
 * as in `.ci/run`, the same tests draw more. Nothing is left out of either.
 */
export const isThorough = process.env['CONCORDAT_TESTS'] === 'thorough';

/** A number of runs, or of milliseconds: the usual one, and that of a thorough run. */
export const draws = (usual: number, thorough: number): number => (isThorough ? thorough : usual);
