import { slug } from '../../model/folding.ts';
import type { SourceOptions } from './format.ts';

/** The import's own source, as the record that it is recorded by. What is given first goes before what the mapping says. */
export function sourceRecord(
  file: string,
  fromMapping: SourceOptions = {},
  given: SourceOptions = {},
): Readonly<Record<string, unknown>> & { readonly id: string } {
  const { licence, ...rest } = { ...fromMapping, ...given };
  const description = [rest.description, licence && `Licence: ${licence}.`].filter(Boolean).join(' ');
  return {
    kind: 'DATA_SET',
    name: file,
    ...rest,
    id: rest.id ?? `source:import-${slug(file.replace(/\.gz$/i, '')) || 'file'}`,
    ...(description === '' ? {} : { description }),
  };
}
