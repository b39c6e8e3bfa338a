import type { Field } from '../../../src/model/kinds.ts';
import type { Choices } from '../oracle/choices.ts';

/** Values of declared fields for records that nobody wrote by hand; few of a kind, so that they meet. */

export const NAMES = [
  'Zoë Ängström',
  'Zoe Angstrom',
  'João',
  'Joao',
  '𝒵oe 𝔄stral',
  '﹏half',
  'Łódź & Søn',
  'Дмитрий',
  '伊藤 遥',
  'ليلى',
  'İstanbul',
  'O\'Quote "\\` $p0',
  'Straße',
  'é',
] as const;

export const DATES = ['2019', '2020', '2020-02', '2020-02-29', '2020-03-01', '2021-06', '2021-06-15', '2022'] as const;
export const DAYS = ['2019-12-31', '2020-02-29', '2020-06-01', '2021-06-15', '2022-01-01'] as const;
const WORDS = ['harbour', 'Harbour mole', 'ÉMEUTE', '𝔄 mole', 'el puerto'] as const;

/** A reference is the id of one of those that the field takes; undefined where there is none, or for what the store sets. */
export function fieldValue(field: Field, choices: Choices, idOf: (end: string) => string | undefined): unknown {
  switch (field.kind) {
    case 'text':
      return choices.one(WORDS);
    case 'textList':
      return choices.some([...NAMES.slice(0, 5), ...WORDS], 2);
    case 'openList':
      return choices.one([...field.wellKnown.slice(0, 3), 'OTHER_WORD']);
    case 'closedList':
      return choices.one(Object.keys(field.list.values));
    case 'boolean':
      return choices.below(2) === 1;
    case 'integer':
      return Math.min(field.max ?? 9, (field.min ?? 0) + choices.below(4));
    case 'float':
      return Math.max(field.min ?? 0, Math.min(field.max ?? 50, choices.below(5) * 12.5));
    case 'partialDate':
      return choices.one(DATES);
    case 'date':
      return choices.one(DAYS);
    case 'count':
      return choices.one([{ exact: 3 }, { atLeast: 2 }, { atMost: 4, text: 'four' }, { text: 'many' }]);
    case 'amount':
      return choices.one([{ value: 6.5, currency: 'VLD' }, { atLeast: 5 }, { text: 'a little' }]);
    case 'quote':
      return choices.one([{ text: 'Así', language: 'es', translation: 'So', elided: true }, { text: '𝔄h' }]);
    case 'reference':
      return idOf(field.to);
    default:
      return undefined;
  }
}

/** What a claim says of a field: the same value in the words of claims; undefined where claims do not speak of such. */
export function claimedValue(field: Field, choices: Choices): Record<string, unknown> | undefined {
  const value = fieldValue(field, choices, () => undefined);
  switch (field.kind) {
    case 'text':
    case 'openList':
      return { text: value };
    case 'integer':
    case 'float':
      return { number: value };
    case 'partialDate':
      return { date: value };
    case 'count':
      return { count: value };
    case 'amount':
      return { amount: value };
    default:
      return undefined;
  }
}
