import { fileURLToPath } from 'node:url';

/** A file of the project, by its path from the root. */
export const projectFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
