/** Asking the server, with the reader's key where one is needed. */

/** A refusal of the server, in its words. */
export class Refused extends Error {
  readonly code: string;
  readonly suggestion: string | null;
  constructor(message: string, code: string, suggestion: string | null) {
    super(message);
    this.code = code;
    this.suggestion = suggestion;
  }
}

export interface Api {
  /** Runs a query. @throws Refused with the server's first error */
  ask<T>(query: string, variables?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<T>;
  /** Fetches what stands at an address of this server. @throws Refused */
  get(path: string, signal?: AbortSignal): Promise<Response>;
}

const KEY = 'concordat.key';

/** The key lives as long as the tab, and nowhere else. */
export const key = {
  read: (): string | null => sessionStorage.getItem(KEY),
  keep: (value: string): void => sessionStorage.setItem(KEY, value),
  forget: (): void => sessionStorage.removeItem(KEY),
};

/** @param askForKey shows a dialog; resolves to null where the reader gives none */
export function createApi(askForKey: (refusal: string) => Promise<string | null>): Api {
  let asking: Promise<string | null> | null = null;

  async function send(path: string, init: RequestInit): Promise<Response> {
    for (;;) {
      const used = key.read();
      const headers = new Headers(init.headers);
      if (used) headers.set('authorization', `Bearer ${used}`);
      const response = await fetch(path, { ...init, headers, credentials: 'omit', redirect: 'error' });
      if (response.status !== 401) return response;
      // Several requests may be refused at once; the reader is asked once.
      if (used !== null && key.read() === used) key.forget();
      if (key.read() !== null) continue;
      asking ??= askForKey((await refusalOf(response)).message).finally(() => {
        asking = null;
      });
      const given = await asking;
      if (given === null) throw new Refused('Reading needs a key.', 'UNAUTHENTICATED', 'Reload the page to give one.');
      key.keep(given);
    }
  }

  return {
    async ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal) {
      const response = await send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query, variables }),
        ...(signal ? { signal } : {}),
      });
      const answer = (await response.json()) as { data?: T; errors?: readonly Problem[] };
      const [problem] = answer.errors ?? [];
      if (problem) throw refused(problem);
      if (!answer.data) throw new Refused(`The server answered ${response.status}.`, 'UNKNOWN', null);
      return answer.data;
    },
    async get(path, signal) {
      const response = await send(path, signal ? { signal } : {});
      if (!response.ok) throw await refusalOf(response);
      return response;
    },
  };
}

interface Problem {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly suggestion?: string };
}

const refused = ({ message, extensions }: Problem): Refused =>
  new Refused(message, extensions?.code ?? 'UNKNOWN', extensions?.suggestion ?? null);

async function refusalOf(response: Response): Promise<Refused> {
  const body = (await response.json().catch(() => ({}))) as { errors?: readonly Problem[] };
  const [problem] = body.errors ?? [];
  return problem ? refused(problem) : new Refused(`The server answered ${response.status}.`, 'UNKNOWN', null);
}
