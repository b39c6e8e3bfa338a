import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Model } from '../../model/model.ts';
import type { Supposed } from '../../store/graph/call-state.ts';
import type { Identified } from '../../store/graph/graph-state.ts';
import type { Change } from '../../store/log/ledger.ts';
import { readState, type Stored, stateText } from '../../store/log/states.ts';

/**
 * What a trial would have written, in a file of its own: in memory are only places in it, so that a trial of any length
 * takes little more than the import itself.
 */
export class Trial implements Supposed, AsyncDisposable {
  readonly #places = new Map<string, readonly [start: number, length: number]>();
  readonly #identified = new Map<string, string>();
  #end = 0;

  private constructor(
    private readonly model: Model,
    private readonly folder: string,
    private readonly file: FileHandle,
  ) {}

  static async begin(model: Model): Promise<Trial> {
    const folder = await mkdtemp(join(tmpdir(), 'concordat-trial-'));
    return new Trial(model, folder, await open(join(folder, 'states'), 'w+'));
  }

  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Stored>> {
    const found = new Map<string, Stored>();
    for (const id of ids) {
      const place = this.#places.get(id);
      if (!place) continue;
      const buffer = Buffer.alloc(place[1]);
      await this.file.read(buffer, 0, place[1], place[0]);
      found.set(id, readState(this.model, id, buffer.toString()));
    }
    return found;
  }

  identified(keys: readonly string[]): ReadonlyMap<string, Identified> {
    return new Map(
      keys.flatMap((key): [string, Identified][] => {
        const id = this.#identified.get(key);
        return id === undefined ? [] : [[key, { id, formerly: null }]];
      }),
    );
  }

  async take(changes: readonly Change[]): Promise<void> {
    const parts: Buffer[] = [];
    let start = this.#end;
    for (const { id, after } of changes) {
      if (!after) continue;
      const bytes = Buffer.from(stateText(after));
      this.#places.set(id, [start, bytes.length]);
      start += bytes.length;
      parts.push(bytes);
      if ('names' in after) for (const key of after.externalIds) this.#identified.set(key, id);
    }
    await this.file.write(Buffer.concat(parts), 0, start - this.#end, this.#end);
    this.#end = start;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file.close();
    await rm(this.folder, { recursive: true });
  }
}
