import type { Registry } from '../registry.ts';
import { graph } from './graph.ts';
import { match } from './match.ts';
import { neighborhood } from './neighborhood.ts';
import { paths } from './paths.ts';
import type { QuestionSpec } from './question.ts';
import { search } from './search.ts';
import { suggest } from './suggest.ts';

/** Every question, under the name of its root field. */
export const questions: Readonly<Record<string, (registry: Registry) => QuestionSpec>> = {
  graph,
  neighborhood,
  paths,
  match,
  search,
  suggest,
};
