import { writeFile } from 'node:fs/promises';
import { ontology } from '../src/ontology/ontology.ts';
import { prints } from './prints.ts';

/** Prints everything that follows from the ontology. */
for (const [file, text] of Object.entries(prints(ontology))) {
  await writeFile(new URL(`../${file}`, import.meta.url), text);
  console.log(`printed ${file}`);
}
