import { createApi } from './data/api.ts';
import { fetchLegend } from './data/legend.ts';
import { explore } from './explore.ts';
import { notice } from './parts/announce.ts';
import { askForKey } from './parts/key-dialog.ts';

/** The page begins: first what exists, then what to look at. */

const api = createApi(askForKey);
try {
  await explore(api, await fetchLegend(api));
} catch (error) {
  notice(error instanceof Error ? error.message : 'The page could not be opened.', true);
}
