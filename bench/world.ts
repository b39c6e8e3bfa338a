import { edgeId } from '../src/model/identity.ts';
import { type Model, relationshipNamed } from '../src/model/model.ts';
import { ontology } from '../src/ontology/ontology.ts';
import { type Random, random, seedOf } from './random.ts';
import { blockEdges, hubEdges } from './world-edges.ts';
import { blockNodes } from './world-nodes.ts';
import { BLOCK, SOURCE, type Tie, type WorldClaim, type WorldEdge, type WorldPart } from './world-shape.ts';

/**
 * A made-up world of any size, the same for the same seed. It is laid out in blocks of a thousand entities, each drawn from
 * a seed of its own and tied to the four blocks before it, so that what is close to an entity of the first blocks is
 * the same whatever the size: that is what makes latencies at several sizes comparable. Beyond the blocks there are hubs, and
 * a tail of ever smaller ones, whose ends lie in blocks from the sixth on.
 */

export interface WorldOptions {
  /** How many entities, the source included; claims are beyond it. */
  readonly nodes: number;
  readonly seed: number;
  /** How many edges one claim asserts. */
  readonly edgesPerClaim?: number;
}

/** The world, part by part: the source, the blocks, the hubs. */
export function* world(options: WorldOptions): Generator<WorldPart> {
  const { nodes, seed, edgesPerClaim = 25 } = options;
  const blocks = Math.ceil(nodes / BLOCK);
  const scale = nodes / (blocks * BLOCK);
  yield { nodes: [SOURCE], claims: [] };
  for (let block = 0; block < blocks; block++) {
    const draw = random(seedOf(seed, block));
    const made = blockNodes(draw, block, scale);
    const edges = blockEdges(draw, block, scale);
    yield { nodes: made, claims: claimsFor(draw, `${block}`, edges, edgesPerClaim) };
  }
  const draw = random(seedOf(seed, -2));
  let part = 0;
  for (const edges of hubEdges(draw, blocks, scale))
    yield { nodes: [], claims: claimsFor(draw, `hub-${part++}`, edges, edgesPerClaim) };
}

const withId = (model: Model, tie: Tie): WorldEdge => {
  const type = relationshipNamed(model, tie.type);
  if (!type) throw new Error(`no relationship ${tie.type}`);
  const [from = tie.from, to = tie.to] = type.symmetric ? [tie.from, tie.to].sort() : [tie.from, tie.to];
  return { ...tie, from, to, id: edgeId(type, from, to, tie.fields) };
};

function claimsFor(draw: Random, part: string, ties: readonly Tie[], size: number): WorldClaim[] {
  const byType = new Map<string, Map<string, WorldEdge>>();
  for (const tie of ties) {
    const edge = withId(ontology, tie);
    const same = byType.get(tie.type) ?? new Map<string, WorldEdge>();
    byType.set(tie.type, same);
    same.set(edge.id, edge);
  }
  const claims: WorldClaim[] = [];
  for (const [type, edges] of byType) {
    const list = [...edges.values()];
    for (let start = 0; start < list.length; start += size) {
      const place = draw.below(20);
      claims.push({
        id: `claim:world-${part}-${claims.length}`,
        text: `Rows of the register on ${type}, from part ${part}.`,
        commitment: place === 0 ? 'ALLEGED' : place === 1 ? 'PLANNED' : 'FACT',
        asserts: list.slice(start, start + size),
      });
    }
  }
  return claims;
}
