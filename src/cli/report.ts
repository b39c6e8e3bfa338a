import type { FileProblem, SeedReport } from '../transfer/seed.ts';

/** What loading a folder did, in words. */
export function reportText(report: SeedReport, folder: string): string {
  if (report.problems.length > 0)
    return [
      `${folder}: ${report.problems.length} ${report.problems.length === 1 ? 'problem' : 'problems'}; nothing was changed.`,
      ...report.problems.map(problemText),
    ].join('\n');
  const sum = (of: 'records' | 'created' | 'updated' | 'unchanged') =>
    report.files.reduce((total, file) => total + file[of], 0);
  return [
    `${folder}: ${sum('records')} records in ${report.files.length} ${report.files.length === 1 ? 'file' : 'files'}; ${sum('created')} created, ${sum('updated')} updated, ${sum('unchanged')} unchanged.`,
    ...report.files.map(
      (file) => `  ${file.file}: ${file.created} created, ${file.updated} updated, ${file.unchanged} unchanged`,
    ),
    ...report.notices.map((notice) => `  notice ${problemText(notice).trimStart()}`),
  ].join('\n');
}

/** `01-people.yaml:12  person.birthDate  INVALID_VALUE  … → way out`. */
function problemText(problem: FileProblem): string {
  const place = `${problem.file}:${problem.line}`;
  const way = problem.suggestion ? `\n      → ${problem.suggestion}` : '';
  return `  ${place}  ${problem.path || '(file)'}  ${problem.code}\n      ${problem.message}${way}`;
}
