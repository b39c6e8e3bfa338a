import { EMPTY, GRADES, MOST, type View } from './view.ts';

/** A view as the part of an address after `#`, and back. Whatever cannot be read is passed over: addresses are typed, too. */

/** `show=person:a,gang:b&as-of=2025-02-04`; the empty text for the empty view. */
export function toAddress(view: View): string {
  const parts: string[] = [];
  const add = (name: string, values: readonly string[]): void => {
    if (values.length > 0) parts.push(`${name}=${values.map(readable).join(',')}`);
  };
  add('show', view.ids);
  if (view.whole) {
    add('whole', [String(view.whole.limit)]);
    add('of', view.whole.types);
  }
  add('without', view.withoutEntities);
  add('without-edges', view.withoutEdges);
  if (view.minCommitment) add('least', [view.minCommitment]);
  if (view.withoutDisputed) add('disputed', ['no']);
  if (view.asOf) add('as-of', [view.asOf]);
  if (view.path) add('path', [view.path.from, view.path.to]);
  if (view.selected) add('selected', [view.selected]);
  return parts.join('&');
}

/** The view that an address means. */
export function fromAddress(hash: string): View {
  const parts = new Map(
    hash
      .replace(/^#/, '')
      .split('&')
      .map((part): [string, string[]] => {
        const at = part.indexOf('=');
        return at < 0
          ? ['', []]
          : [
              part.slice(0, at),
              part
                .slice(at + 1)
                .split(',')
                .flatMap(plain),
            ];
      }),
  );
  const list = (name: string): string[] => [...new Set(parts.get(name) ?? [])];
  const one = (name: string): string | null => parts.get(name)?.[0] ?? null;
  const limit = Number(one('whole'));
  const day = one('as-of');
  const [from, to] = parts.get('path') ?? [];
  return {
    ...EMPTY,
    ids: list('show'),
    whole: Number.isInteger(limit) && limit > 0 ? { limit: Math.min(limit, MOST), types: list('of') } : null,
    withoutEntities: list('without'),
    withoutEdges: list('without-edges'),
    minCommitment: GRADES.find((grade) => grade === one('least')) ?? null,
    withoutDisputed: one('disputed') === 'no',
    asOf: day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null,
    path: from !== undefined && to !== undefined && from !== to ? { from, to } : null,
    selected: one('selected'),
  };
}

/** Colons need no escape after `#`, and ids are read by people. */
const readable = (value: string): string => encodeURIComponent(value).replaceAll('%3A', ':');

function plain(value: string): string[] {
  try {
    const text = decodeURIComponent(value);
    return text === '' ? [] : [text];
  } catch {
    return [];
  }
}
