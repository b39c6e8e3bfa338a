import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { communitiesOf } from './communities.ts';
import { seededPlace } from './seeded.ts';

/**
 * Where the nodes of a large graph begin: its communities are laid out first, as one node each, and their members stand
 * around them. What ForceAtlas2 would need thousands of rounds for is there from the start.
 * @param edges source and target of each
 * @param step the usual distance of neighbours
 */
export function coarsePlaces(count: number, edges: Uint32Array, step: number): Float64Array {
  const communities = communitiesOf(count, edges);
  const graph = new UndirectedGraph();
  const sizes: number[] = [];
  for (const community of communities) sizes[community] = (sizes[community] ?? 0) + 1;
  for (const [community, size] of sizes.entries()) {
    const { x, y } = seededPlace(`community ${community}`, { x: 0, y: 0 }, 1_000);
    graph.addNode(String(community), { x, y, size: Math.sqrt(size) * step * 0.55 });
  }
  for (let index = 0; index < edges.length; index += 2) {
    const [source, target] = [communities[edges[index] ?? 0], communities[edges[index + 1] ?? 0]];
    if (source !== target)
      graph.updateEdge(String(source), String(target), (edge) => ({ weight: (Number(edge['weight']) || 0) + 1 }));
  }
  forceAtlas2.assign(graph, {
    iterations: 300,
    getEdgeWeight: 'weight',
    settings: {
      ...forceAtlas2.inferSettings(graph),
      // Room for the members of each.
      adjustSizes: true,
      edgeWeightInfluence: 0.5,
      gravity: 0.4,
      strongGravityMode: true,
      scalingRatio: step * 4,
      barnesHutOptimize: graph.order > 800,
    },
  });
  const places = new Float64Array(count * 2);
  for (const [node, community] of communities.entries()) {
    const { x, y, size } = graph.getNodeAttributes(String(community)) as { x: number; y: number; size: number };
    const place = seededPlace(String(node), { x, y }, size);
    places.set([place.x, place.y], node * 2);
  }
  return places;
}
