import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { testGraph } from '../support/graph.ts';
import { projectFile } from '../support/project.ts';
import { mutate } from '../support/writing.ts';

/** The examples of the guide to writing: each is valid, and those with an answer get it, in their order. */

const graph = testGraph();
const guide = readFileSync(projectFile('docs/writing.md'), 'utf8');

interface Example {
  readonly title: string;
  readonly source: string;
  readonly answer: string | null;
}

/** Blocks of GraphQL, each with the JSON that follows before the next. */
function examples(): Example[] {
  const found: Example[] = [];
  let title = '';
  for (const [, heading, language, text = ''] of guide.matchAll(/^## (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (heading) title = heading;
    else if (language === 'graphql') found.push({ title, source: text, answer: null });
    else {
      const last = found.pop();
      if (!last || last.answer !== null) throw new Error(`an answer without a question: ${text}`);
      found.push({ ...last, answer: text });
    }
  }
  return found;
}

const all = examples();

describe('the guide to writing', () => {
  test('has examples, most of them with their answers', () => {
    expect(all.filter(({ answer }) => answer !== null).length).toBeGreaterThan(6);
  });

  test.each(all)('$title: is valid', ({ source }) => {
    expect(validate(graph.schema, parse(source))).toEqual([]);
  });

  test.each(all.filter(({ answer }) => answer !== null))('$title: gets its answer', async ({ source, answer }) => {
    const { data, errors } = await mutate(graph, source);
    expect(errors).toBeUndefined();
    expect(data).toEqual(JSON.parse(answer ?? ''));
  });
});
