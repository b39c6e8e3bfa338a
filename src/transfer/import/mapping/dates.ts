/** Dates in somebody else's writing → ISO prefixes. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Part = 'year' | 'month' | 'day';
interface Format {
  readonly pattern: RegExp;
  readonly parts: readonly { readonly part: Part; readonly isName: boolean }[];
}

const formats = new Map<string, Format>();

/**
 * A date by a format of `yyyy`, `mm`, `mmm` (the month's English name, in full or its first letters) and `dd`, such as
 * `dd/mm/yyyy`; null where it does not follow it. Months and days of zeros are unknown ones.
 */
export function dateBy(format: string, text: string): string | null {
  const { pattern, parts } = compiled(format);
  const match = pattern.exec(text.trim());
  if (!match) return null;
  const found: Partial<Record<Part, string>> = {};
  let isKnown = true;
  parts.forEach(({ part, isName }, nth) => {
    const value = match[nth + 1] ?? '';
    const month = isName ? MONTHS.indexOf(value.slice(0, 3).toLowerCase()) + 1 : Number(value);
    if (isName && month === 0) isKnown = false;
    found[part] = part === 'year' ? value : String(month).padStart(2, '0');
  });
  const { year, month = '00', day = '00' } = found;
  if (year === undefined || !isKnown) return null;
  if (month === '00') return year;
  return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`;
}

/** Whether a format names a year, and nothing twice. */
export const isDateFormat = (format: string): boolean => {
  const { parts } = compiled(format);
  return parts.some(({ part }) => part === 'year') && new Set(parts.map(({ part }) => part)).size === parts.length;
};

function compiled(format: string): Format {
  const known = formats.get(format);
  if (known) return known;
  const parts: { part: Part; isName: boolean }[] = [];
  let pattern = '';
  const tokens = /yyyy|mmm|mm|dd/g;
  let last = 0;
  for (let match = tokens.exec(format); match; match = tokens.exec(format)) {
    pattern += escaped(format.slice(last, match.index));
    const [token] = match;
    last = match.index + token.length;
    const touches =
      match.index === 0 ? /^(yyyy|mm|dd)/.test(format.slice(last)) : /[ymd]$/.test(format.slice(0, match.index));
    parts.push({ part: token === 'yyyy' ? 'year' : token === 'dd' ? 'day' : 'month', isName: token === 'mmm' });
    pattern +=
      token === 'yyyy' ? '(\\d{4})' : token === 'mmm' ? '([A-Za-z]{3,9})\\.?' : touches ? '(\\d{2})' : '(\\d{1,2})';
  }
  const made = { pattern: new RegExp(`^${pattern}${escaped(format.slice(last))}$`), parts };
  formats.set(format, made);
  return made;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
