import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { prints } from '../../scripts/prints.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { projectFile } from '../support/project.ts';

test.each(Object.entries(prints(ontology)))(
  '%s is as the ontology prints it; if not, run `npm run print`',
  (file, text) => {
    // Compared as a flag: a difference of 36,000 lines helps nobody.
    expect(readFileSync(projectFile(file), 'utf8') === text).toBe(true);
  },
);
