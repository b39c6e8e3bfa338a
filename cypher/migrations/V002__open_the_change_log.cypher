// Opens the log of changes. What is in the store already is entered into it by the program, after the migrations, as it
// stands: each entity, relationship and claim as created when, and by whom, the store says.
MERGE (f:ConcordatFeed {name: 'changes'}) ON CREATE SET f.sequence = 0, f.epoch = 0;
MERGE (d:ConcordatDerivation {name: 'first revisions'}) ON CREATE SET d.done = false;
