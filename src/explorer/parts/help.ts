/** What keys and pointer do. */
export const HELP: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/'], 'Search. Arrow keys choose among the suggestions, Enter searches everything.'],
  [['←', '↑', '↓', '→'], 'On the graph: to the neighbour that lies that way.'],
  [['Tab'], 'From part to part. The graph stands as a list below the filters, too.'],
  [['Enter'], 'Expands the selected entity; so does a double click.'],
  [['Delete'], 'Takes the selected entity off the graph.'],
  [['p'], 'Finds a path from the selected entity to the one that is chosen next.'],
  [['Ctrl+Z', 'Ctrl+Shift+Z'], 'Undo and redo; the browser’s back and forward do the same.'],
  [['+', '−', '0'], 'Zoom in, zoom out, fit.'],
  [['Esc'], 'Closes what is open.'],
  [['?'], 'This.'],
];
