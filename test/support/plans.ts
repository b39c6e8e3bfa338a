import type { Connection } from '../../src/store/connection.ts';

/** How the database would run a statement. */

interface Step {
  readonly operatorType: string;
  readonly children?: readonly Step[];
}

const operatorsIn = ({ operatorType, children = [] }: Step): string[] => [
  operatorType.replace(/@.*/, ''),
  ...children.flatMap(operatorsIn),
];

/** The operators of a statement's plan, such as `NodeUniqueIndexSeek`, from the last to the first. It is not run. */
export async function operatorsOf({ driver, database }: Connection, text: string): Promise<string[]> {
  const session = driver.session({ database });
  try {
    const { summary } = await session.run(`CYPHER 5 EXPLAIN ${text.replace(/^CYPHER 5 /, '')}`);
    if (!summary.plan) throw new Error('the database has not told its plan');
    return operatorsIn(summary.plan);
  } finally {
    await session.close();
  }
}

/** Operators whose cost grows with the whole graph, or with two lists multiplied. */
export const SCANS = /^(AllNodesScan|NodeByLabelScan|.*AllRelationshipsScan|.*RelationshipTypeScan|CartesianProduct)$/;
