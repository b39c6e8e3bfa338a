import { createHash, randomUUID } from 'node:crypto';

/** GraphiQL without any outside request: its scripts are in the page, and the page allows no others. */

export interface Example {
  readonly title: string;
  readonly query: string;
}

export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** The page, opening on the examples, one a tab. */
export async function graphiqlPage(examples: readonly Example[]): Promise<Page> {
  // Nine megabytes of scripts, which a server that shows no page need not hold.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  // The page writes its options into a script as JSON, where `</script>` or `<!--` in an example would end it early.
  const lessThan = randomUUID();
  const tabs = examples.map(({ query }) => ({ query: query.replaceAll('<', lessThan) }));
  const html = renderGraphiQL({
    title: 'concordat',
    defaultTabs: tabs,
    // Without it, those who come back find their tabs and an empty one, which is the one that is open.
    ...tabs[0],
    subscriptionsProtocol: 'SSE',
    inputValueDeprecation: true,
  }).replaceAll(lessThan, '\\u003c');
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => hash(match[1] ?? ''));
  return {
    html,
    contentSecurityPolicy: [
      "default-src 'none'",
      `script-src ${scripts.join(' ')}`,
      // The editor styles its lines one by one.
      "style-src 'unsafe-inline'",
      "img-src 'self' data:",
      'font-src data:',
      "connect-src 'self'",
      'worker-src blob:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
