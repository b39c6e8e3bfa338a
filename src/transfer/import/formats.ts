import type { ImportFormat } from './format.ts';
import { ftm } from './ftm.ts';
import { gexf } from './gexf.ts';
import { graphml } from './graphml.ts';
import { mapping } from './mapping.ts';
import { popolo } from './popolo.ts';
import { records } from './records.ts';
import { stix } from './stix.ts';

/** Every format that files are imported from. */
export const IMPORT_FORMATS: readonly ImportFormat[] = [records, mapping, ftm, popolo, stix, gexf, graphml];

/** The format that a file's name ends in, the longest ending first: `people.ftm.jsonl` is FollowTheMoney. */
export function importFormatOf(fileName: string): ImportFormat | undefined {
  const name = fileName.toLowerCase();
  const endings = IMPORT_FORMATS.flatMap((format) => format.extensions.map((extension) => ({ format, extension })));
  return endings
    .sort((a, b) => b.extension.length - a.extension.length)
    .find((each) => name === each.extension || name.endsWith(`.${each.extension}`))?.format;
}
