import { ConcordatError } from '../../src/errors.ts';
import type { Call, WriteReport } from '../../src/model/reports.ts';
import { ontology } from '../../src/ontology/ontology.ts';
import { type Connection, openConnection } from '../../src/store/connection.ts';
import { createWriter } from '../../src/store/writer.ts';

/** Many writers on few things, and what they were told: to be held against what is there in the end. */

/** Where they write; two connections are two processes to the database. */
export interface Access {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
}

const ENTITIES = 20;
const person = (nth: number) => `person:p${nth % ENTITIES}`;
const called = async (report: WriteReport) => report;

/** What writers were told, and what they were left in the dark about. */
export class Told {
  /** Ids of claims whose recording was acknowledged. */
  readonly claims = new Set<string>();
  readonly retracted = new Set<string>();
  /** Acknowledged increments, by person; and those of which nobody knows. */
  readonly counted = new Map<string, number>();
  readonly unknown = new Map<string, number>();
  readonly conflicts: string[] = [];
  calls = 0;
  failures = 0;
}

export const crowd = async (access: Access, writers: number, until: () => boolean, told: Told): Promise<void> => {
  const connections = [0, 1].map(() => openConnection({ ...access, timeout: 30_000 }));
  try {
    await Promise.all(
      Array.from({ length: writers }, (_, nth) =>
        new OneOfMany(connections[nth % 2] as Connection, nth, told).go(until),
      ),
    );
  } finally {
    for (const connection of connections) await connection[Symbol.asyncDispose]();
  }
};

class OneOfMany {
  readonly #connection: Connection;
  readonly #nth: number;
  readonly #told: Told;
  readonly #writer;
  readonly #call: Call;
  #turn = 0;

  constructor(connection: Connection, nth: number, told: Told) {
    this.#connection = connection;
    this.#nth = nth;
    this.#told = told;
    this.#writer = createWriter(connection, ontology);
    this.#call = { by: `writer ${nth}`, role: 'editor', operation: 'crowd' };
  }

  async go(until: () => boolean): Promise<void> {
    const deeds = [() => this.#tell(), () => this.#count(), () => this.#upsert(), () => this.#retract()];
    while (!until()) {
      const deed = deeds[(this.#turn++ * 7 + this.#nth) % deeds.length] as () => Promise<void>;
      this.#told.calls++;
      await deed().catch((error: unknown) => {
        // The database is gone for a while: what had been sent is in the dark.
        if (!(error instanceof ConcordatError) || error.code !== 'DATABASE_UNAVAILABLE') throw error;
        this.#told.failures++;
      });
    }
  }

  #record = (...records: object[]) => this.#writer.record(records, {}, this.#call, called);

  /** One more claim for an edge that everybody writes to. */
  async #tell(): Promise<void> {
    const id = `claim:${this.#nth}-${this.#turn}`;
    const { problems } = await this.#record({
      memberOf: {
        ...{ from: person(this.#turn), to: 'political-party:all', role: 'MEMBER' },
        claims: [{ id, text: id, commitment: 'FACT', attribution: 'NARRATED', source: 'source:paper' }],
      },
    });
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    this.#told.claims.add(id);
  }

  /** Counts on from what it has read, on the condition that nobody has since. */
  async #count(): Promise<void> {
    const id = person(this.#turn * 3 + this.#nth);
    const [[text, version] = []] = await this.#connection.read(
      { text: 'CYPHER 5 MATCH (n:Person {id: $id}) RETURN n.description, n.version', parameters: { id } },
      { operation: 'read' },
    );
    const note = (map: Map<string, number>) => map.set(id, (map.get(id) ?? 0) + 1);
    try {
      const description = String(Number(text ?? 0) + 1);
      const { problems } = await this.#record({ person: { id, description, expectedVersion: Number(version) } });
      const [problem] = problems;
      if (!problem) note(this.#told.counted);
      else if (problem.code === 'CONFLICT') this.#told.conflicts.push(id);
      else throw new Error(JSON.stringify(problems));
    } catch (error) {
      note(this.#told.unknown);
      throw error;
    }
  }

  /** The same new thing as everybody else, by an external id. */
  async #upsert(): Promise<void> {
    const value = `Q${this.#turn}`;
    const { problems } = await this.#record({
      person: { name: `Number ${value}`, externalIds: [{ scheme: 'WIKIDATA', value }] },
    });
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
  }

  /** One of its own earlier claims. */
  async #retract(): Promise<void> {
    const own = [...this.#told.claims].filter(
      (id) => id.startsWith(`claim:${this.#nth}-`) && !this.#told.retracted.has(id),
    );
    const [id] = own;
    if (!id) return;
    const { problems } = await this.#writer.retract([id], 'Withdrawn.', this.#call, called);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    this.#told.retracted.add(id);
  }
}

/** What everybody writes to, in the beginning. */
export const meetingPlace = (): object[] => [
  { source: { id: 'source:paper', name: 'The paper', kind: 'ARTICLE' } },
  { politicalParty: { id: 'political-party:all', name: 'Everybody' } },
  ...Array.from({ length: ENTITIES }, (_, nth) => ({ person: { id: person(nth), name: `Person ${nth}` } })),
];

/** Follows the log of changes, taking only its beginning without a gap, and notes every number once it is seen. */
export async function follow(access: Access, until: () => boolean): Promise<number[]> {
  const connection = openConnection({ ...access, timeout: 30_000 });
  const seen: number[] = [];
  const step = async () => {
    const rows = await connection.read(
      {
        text: 'CYPHER 5 MATCH (v:Revision) WHERE v.sequence > toInteger($after) RETURN v.sequence ORDER BY v.sequence LIMIT 500',
        parameters: { after: seen.at(-1) ?? 0 },
      },
      { operation: 'follow' },
    );
    for (const [number] of rows) {
      if (number !== (seen.at(-1) ?? 0) + 1) break;
      seen.push(number as number);
    }
    return rows.length;
  };
  try {
    for (let isOver = false; ; isOver = until()) {
      const more = await step().catch(() => 0);
      if (isOver && more === 0) return seen;
    }
  } finally {
    await connection[Symbol.asyncDispose]();
  }
}
