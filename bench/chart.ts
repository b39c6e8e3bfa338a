import { type Compared, ratio, times } from './report.ts';

/** Bars of how many times the floor each arm takes, on a logarithmic scale; readable on light and on dark. */

const WIDTH = 860;
const LEFT = 330;
const RIGHT = 60;
const ROW = 44;
const TOP = 64;
const LEAST = 0.5;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function printChart({ rows }: Compared, title: string): string {
  const measured = rows.filter((row) => ratio(row, 'concordat', 'floor') !== null);
  const most = Math.max(
    10,
    ...measured.flatMap((row) => [ratio(row, 'peer', 'floor') ?? 1, ratio(row, 'concordat', 'floor') ?? 1]),
  );
  const top = 10 ** Math.ceil(Math.log10(most));
  const x = (value: number): number =>
    LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(Math.max(value, LEAST) / LEAST)) / Math.log(top / LEAST);
  const height = TOP + measured.length * ROW + 20;
  const ticks = Array.from({ length: Math.round(Math.log10(top)) + 1 }, (_, nth) => 10 ** nth);
  /** The figure stands beyond the bar, and beyond the lines of the floor and the goal where the bar ends short of them. */
  const bar = (value: number, y: number, kind: string, goal: number): string => {
    const beside = Math.max(value, 1, value < goal * 1.1 && kind === 'ours' ? goal : 0);
    return `<rect class="${kind}" x="${x(LEAST).toFixed(1)}" y="${y}" width="${(x(value) - x(LEAST)).toFixed(1)}" height="14" rx="2"/><text class="value" x="${(x(beside) + 5).toFixed(1)}" y="${y + 11}">${times(value)}</text>`;
  };
  const lines = measured.map((row, nth) => {
    const y = TOP + nth * ROW;
    const [ours, peer] = [ratio(row, 'concordat', 'floor'), ratio(row, 'peer', 'floor')];
    const failed = row.outcomes.has('peer') && peer === null;
    const goal = row.question.goal;
    return [
      ...wrapped(row.question.title).map(
        (line, at) => `<text x="${LEFT - 12}" y="${y + 12 + at * 15}" text-anchor="end">${escaped(line)}</text>`,
      ),
      ours === null ? '' : bar(ours, y, 'ours', goal ?? 1),
      peer === null ? '' : bar(peer, y + 17, 'peer', 1),
      failed ? `<text class="value" x="${x(LEAST) + 5}" y="${y + 28}">peer fails</text>` : '',
      goal === null
        ? ''
        : `<line class="goal" x1="${x(goal).toFixed(1)}" x2="${x(goal).toFixed(1)}" y1="${y - 3}" y2="${y + 17}"/>`,
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escaped(title)}">
<style>
text { fill: #24292f } .value { font-size: 11px } .tick, .value { fill: #57606a } .grid { stroke: #d0d7de } .floor { stroke: #57606a; stroke-width: 1.5 }
.ours { fill: #1f6feb } .peer { fill: #bf8700 } .goal { stroke: #1a7f37; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .tick, .value { fill: #9da7b3 } .grid { stroke: #30363d } .floor { stroke: #9da7b3 } .ours { fill: #58a6ff } .peer { fill: #d29922 } .goal { stroke: #3fb950 } }
</style>
<text x="12" y="20" font-weight="600">${escaped(title)}</text>
<rect class="ours" x="12" y="32" width="12" height="12" rx="2"/><text x="30" y="42">concordat</text><rect class="peer" x="110" y="32" width="12" height="12" rx="2"/><text x="128" y="42">peer</text><line class="goal" x1="180" x2="180" y1="31" y2="45"/><text x="188" y="42">goal</text>
${ticks.map((tick) => `<line class="${tick === 1 ? 'floor' : 'grid'}" x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="${TOP - 8}" y2="${height - 12}"/><text class="tick" x="${x(tick).toFixed(1)}" y="${TOP - 14}" text-anchor="middle">${tick}×</text>`).join('')}
${lines.join('\n')}
</svg>
`;
}

/** At most two lines of some forty-six letters. */
function wrapped(text: string): string[] {
  if (text.length <= 46) return [text];
  const at = text.lastIndexOf(' ', 46);
  const rest = text.slice(at + 1);
  return [text.slice(0, at), rest.length > 50 ? `${rest.slice(0, 49)}…` : rest];
}
