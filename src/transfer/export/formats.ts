import type { ExportFormat } from './format.ts';
import { ftm } from './ftm.ts';
import { popolo } from './popolo.ts';
import { stix } from './stix.ts';

/** Every format that a graph is exported in, in the order in which they are offered. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [ftm, popolo, stix];

/** The format that a file's name ends in, the longest ending first: `graph.ftm.jsonl` is `ftm.jsonl`. */
export const exportFormatOf = (fileName: string): ExportFormat | undefined =>
  [...EXPORT_FORMATS]
    .sort((a, b) => b.extension.length - a.extension.length)
    .find((format) => fileName.toLowerCase().endsWith(`.${format.extension}`));
