import type { RecordFile } from './record-file.ts';

/** Records as JSON Lines: one a line; empty lines are passed over. */
export function readJsonLines(text: string): Omit<RecordFile, 'file'> {
  const inputs: unknown[] = [];
  const lines: number[] = [];
  const unreadable: { line: number; message: string }[] = [];
  text.split('\n').forEach((line, nth) => {
    if (line.trim() === '') return;
    try {
      inputs.push(JSON.parse(line));
      lines.push(nth + 1);
    } catch (error) {
      unreadable.push({ line: nth + 1, message: `This line is no JSON: ${(error as Error).message}.` });
    }
  });
  return { inputs, unreadable, lineOf: (input) => lines[input] ?? 1 };
}
