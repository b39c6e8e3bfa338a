import { beforeEach, describe, expect, it } from 'vitest';
import { ontology } from '../../src/ontology/ontology.ts';
import { auditEntry, auditTrail } from '../../src/store/audit.ts';
import { keyRing } from '../../src/store/key-ring.ts';
import { createKey } from '../../src/store/keys.ts';
import { testGraph } from '../support/graph.ts';
import { servers } from '../support/served.ts';

/** What is written down of calls, and who may read it. */

const graph = testGraph();
const { connection } = graph;
const serving = servers();

const make = (role: 'editor' | 'admin') =>
  createKey(connection, { name: 'Ana', role, createdBy: 'test', expiresAt: null });
const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

beforeEach(async () => {
  await connection.write('test', (tx) => tx.run('MATCH (n:ConcordatKey|ConcordatCall) DETACH DELETE n'));
});

describe('the audit log', () => {
  const QUERY = `query($outcome: String, $by: String, $after: String) { audit(first: 2, outcome: $outcome, by: $by, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id at by role address operation outcome code message reason first last } } }`;
  const entries = (['Ana', 'Ben', 'Ana'] as const).map((by, nth) => ({
    ...{ id: `call:${nth}`, at: new Date(Date.UTC(2025, 1, 3, nth)), by, role: 'editor' as const, operation: 'record' },
    ...(by === 'Ben'
      ? { outcome: 'REFUSED' as const, code: 'BAD_USER_INPUT', message: 'Two problems.' }
      : { outcome: 'WRITTEN' as const, first: 1, last: 7, reason: 'It was time.' }),
  }));
  beforeEach(async () => {
    for (const entry of entries) await connection.write('test', (tx) => auditEntry(tx, entry));
  });
  const ask = async (variables: Record<string, unknown> = {}) => {
    const { data, errors, statements } = await graph.ask(QUERY, variables);
    expect(errors).toBeUndefined();
    expect(statements).toHaveLength(1);
    return (data as { audit: { totalCount: number; nodes: { id: string }[]; pageInfo: { endCursor: string } } }).audit;
  };

  it('is read from its end, page by page', async () => {
    const page = await ask();
    expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect(page.nodes).toEqual([
      {
        ...{ id: 'call:2', at: '2025-02-03T02:00:00Z', by: 'Ana', role: 'editor', address: null, operation: 'record' },
        ...{ outcome: 'WRITTEN', code: null, message: null, reason: 'It was time.', first: 1, last: 7 },
      },
      expect.objectContaining({ id: 'call:1', code: 'BAD_USER_INPUT', message: 'Two problems.', first: null }),
    ]);
    expect(await ask({ after: page.pageInfo.endCursor })).toMatchObject({
      nodes: [{ id: 'call:0' }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('is narrowed by outcome and by who called', async () => {
    expect(await ask({ outcome: 'REFUSED' })).toMatchObject({ totalCount: 1, nodes: [{ id: 'call:1' }] });
    expect(await ask({ by: 'Ana', outcome: 'WRITTEN' })).toMatchObject({ totalCount: 2 });
    expect(await ask({ by: 'nobody' })).toMatchObject({ totalCount: 0, nodes: [] });
    const { errors } = await graph.ask(QUERY, { outcome: 'LOST' });
    expect(errors?.[0]?.message).toContain('No call ends as "LOST"');
  });

  it('is for admins only', async () => {
    const keys = keyRing(connection);
    const context = () => ({ model: ontology, reader: connection, today: graph.today });
    const server = await serving({ schema: graph.schema, context, who: { credentials: { keys, tokens: null } } });
    const [editor, admin] = [await make('editor'), await make('admin')];
    const query = '{ audit { totalCount } }';
    expect(await server.post(query)).toMatchObject({ status: 401 });
    expect(await server.post(query, bearer(editor.text))).toMatchObject({ status: 403 });
    expect(await server.post(query, bearer(admin.text))).toMatchObject({
      body: { data: { audit: { totalCount: 3 } } },
    });
    await keys.settled();
  });

  it('takes no more than the database can, and goes on after it was away', async () => {
    let isAway = true;
    const lost: unknown[] = [];
    const trail = auditTrail(
      { write: (...args) => (isAway ? Promise.reject(new Error('away')) : connection.write(...args)) },
      (error) => lost.push(error),
    );
    const entry = { at: new Date(), by: 'nobody', operation: 'POST /graphql', outcome: 'REFUSED' as const };
    const taken = Array.from({ length: 1_500 }, () => trail.note(entry)).filter(Boolean).length;
    expect(taken).toBeGreaterThanOrEqual(1_000);
    expect(taken).toBeLessThan(1_500);
    await trail.settled();
    expect(lost.length).toBeGreaterThan(0);
    isAway = false;
    trail.note(entry);
    await trail.settled();
    expect(await graph.rows("MATCH (c:ConcordatCall {by: 'nobody'}) RETURN count(c)")).toEqual([[1]]);
  });
});
