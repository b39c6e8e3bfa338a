import type { Registry } from '../registry.ts';
import { audit } from './audit.ts';
import { changes } from './changes.ts';
import { commonConnections } from './common-connections.ts';
import { graph } from './graph.ts';
import { history } from './history.ts';
import { match } from './match.ts';
import { neighborhood } from './neighborhood.ts';
import { ontology } from './ontology.ts';
import { paths } from './paths.ts';
import type { QuestionSpec } from './question.ts';
import { search } from './search.ts';
import { stances } from './stances.ts';
import { stats } from './stats.ts';
import { suggest } from './suggest.ts';
import { timeline } from './timeline.ts';

/** Every question, under the name of its root field. */
export const questions: Readonly<Record<string, (registry: Registry) => QuestionSpec>> = {
  audit,
  changes,
  commonConnections,
  graph,
  history,
  neighborhood,
  ontology,
  paths,
  match,
  search,
  suggest,
  stances,
  stats,
  timeline,
};
