/** Dates that keep their precision: an ISO prefix, and the days it can mean. */

/** An ISO prefix and the first and last day it can mean, each `YYYY-MM-DD`. */
export interface PartialDate {
  readonly text: string;
  readonly earliest: string;
  readonly latest: string;
}

const FORM = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Reads `2022`, `2022-03` or `2022-03-27`. Null for anything else, impossible days such as `2023-02-29` included. */
export function parsePartialDate(text: string): PartialDate | null {
  const match = FORM.exec(text);
  if (!match) return null;
  const [, year = '', month, day] = match;
  if (Number(year) === 0) return null;
  if (month === undefined) return { text, earliest: `${year}-01-01`, latest: `${year}-12-31` };
  const days = daysIn(Number(year), Number(month));
  if (days === 0) return null;
  if (day === undefined) return { text, earliest: `${text}-01`, latest: `${text}-${days}` };
  if (Number(day) < 1 || Number(day) > days) return null;
  return { text, earliest: text, latest: text };
}

/** Whether a text is a full day. */
export const isDay = (text: string): boolean => text.length === 10 && parsePartialDate(text) !== null;

function daysIn(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  const date = new Date(Date.UTC(2000, month, 0));
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
