import { cleaned } from './values.ts';

/** Pages that a file names for what it says: each a source that mentions what it stands at. */

/** Records of a page and of its mentioning something; empty where the address is none. */
export function pageRecords(url: unknown, note: unknown, mentioned: object): object[] {
  if (typeof url !== 'string' || !/^https?:\/\/\S+$/i.test(url) || url.length > 2_000) return [];
  const externalId = { scheme: 'URL', value: url };
  const name = typeof note === 'string' ? cleaned(note).trim() : '';
  return [
    { source: { name: name === '' || name.length > 2_000 ? url : name, url, externalIds: [externalId] } },
    { mentions: { from: { externalId }, to: mentioned } },
  ];
}
