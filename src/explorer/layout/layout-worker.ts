import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import noverlap from 'graphology-layout-noverlap';
import { pushApart } from './apart.ts';
import { coarsePlaces } from './coarse.ts';
import type { LaidOut, LayOut } from './messages.ts';

/**
 * Lays a graph out: ForceAtlas2, then nothing over anything. It works off the page's thread, tells of every part of the way,
 * and takes as many rounds as it is told, so that the same graph comes out the same on slow machines, unless its time is over.
 */

/** Beyond it, a graph stays as far as it came. */
const MOST_MS = 25_000;
/** Graphs up to so many nodes are laid out with room for their labels. */
const LABELLED = 350;

/** The usual pixels between neighbours, by how many nodes there are. */
function spacing(count: number, { width, height }: LayOut['room']): number {
  if (count > LABELLED) return count <= 2_000 ? 46 : 26;
  return Math.min(118, Math.max(60, Math.sqrt((width * height) / count) * 0.78));
}

self.onmessage = ({ data }: MessageEvent<LayOut>) => {
  const { run, extents, edges, iterations, room } = data;
  const aspect = room.width / room.height;
  const count = data.places.length / 2;
  const tell = (places: Float64Array, isDone: boolean): void => postMessage({ run, places, isDone } satisfies LaidOut);
  if (count < 2) return tell(data.places, true);
  const step = spacing(count, room);
  const until = performance.now() + MOST_MS;
  const isCrowd = count > LABELLED;
  const begin = isCrowd && data.isFresh ? coarsePlaces(count, edges, step) : data.places;
  if (isCrowd && data.isFresh) tell(scaled(begin, step, aspect), false);
  const graph = graphOf(begin, edges);
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    gravity: isCrowd ? 0.004 : 0.6,
    strongGravityMode: true,
    scalingRatio: isCrowd ? step / 6 : 400,
    slowDown: (isCrowd ? 4 : 1) + Math.log(count),
    barnesHutOptimize: count > 800,
    barnesHutTheta: 0.8,
    outboundAttractionDistribution: false,
  };
  const part = Math.max(2, Math.min(40, Math.round(8_000 / count)));
  for (let done = 0; done < iterations && performance.now() < until; done += part) {
    forceAtlas2.assign(graph, { iterations: Math.min(part, iterations - done), settings, getEdgeWeight: null });
    tell(scaled(placesOf(graph, count), step, aspect), false);
  }
  const places = scaled(placesOf(graph, count), step, aspect);
  if (!isCrowd) makeRoom(places, extents, room);
  else if (performance.now() < until) {
    graph.forEachNode((key) => {
      const index = Number(key);
      graph.mergeNodeAttributes(key, {
        x: places[2 * index],
        y: places[2 * index + 1],
        size: extents[2 * index + 1] ?? 4,
      });
    });
    noverlap.assign(graph, { maxIterations: count > 5_000 ? 12 : 40, settings: { margin: 3, ratio: 1, speed: 4 } });
    places.set(placesOf(graph, count));
  }
  tell(places, true);
};

/** Pushes boxes apart, as far as they must be where the whole is drawn smaller than it is to fit its room. */
function makeRoom(places: Float64Array, extents: Float64Array, { width, height }: LayOut['room']): void {
  let factor = 1;
  for (let round = 0; round < 4; round++) {
    pushApart(
      places,
      extents.map((extent) => extent * factor),
      400,
    );
    const [x, y] = [places.filter((_, index) => index % 2 === 0), places.filter((_, index) => index % 2 === 1)];
    const span = (list: Float64Array): number => Math.max(...list) - Math.min(...list);
    const scale = Math.min(width / span(x), height / span(y));
    if (scale * factor > 0.97 || factor > 1.5) return;
    factor = Math.min(1.6, 1 / scale);
  }
}

function graphOf(places: Float64Array, edges: Uint32Array): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (let index = 0; index < places.length / 2; index++)
    graph.addNode(String(index), { x: places[2 * index], y: places[2 * index + 1], size: 1 });
  // Several relationships between two entities hold them together as one does.
  for (let index = 0; index < edges.length; index += 2) {
    const [source, target] = [String(edges[index]), String(edges[index + 1])];
    if (source !== target) graph.mergeEdge(source, target);
  }
  return graph;
}

function placesOf(graph: UndirectedGraph, count: number): Float64Array {
  const places = new Float64Array(count * 2);
  graph.forEachNode((key, { x, y }) => {
    places[2 * Number(key)] = x;
    places[2 * Number(key) + 1] = y;
  });
  return places;
}

/** Centred, and as large as so many nodes need at this spacing, in the form of what it is seen in. */
function scaled(places: Float64Array, step: number, aspect: number): Float64Array {
  const count = places.length / 2;
  let [meanX, meanY] = [0, 0];
  for (let index = 0; index < count; index++) {
    meanX += (places[2 * index] ?? 0) / count;
    meanY += (places[2 * index + 1] ?? 0) / count;
  }
  let square = 0;
  for (let index = 0; index < count; index++)
    square += ((places[2 * index] ?? 0) - meanX) ** 2 + ((places[2 * index + 1] ?? 0) - meanY) ** 2;
  const radius = Math.sqrt(square / count) || 1;
  const factor = (step * Math.sqrt(count)) / 2 / radius;
  const wide = Math.sqrt(Math.min(1.9, Math.max(0.6, aspect)));
  return places.map((place, index) =>
    index % 2 === 0 ? (place - meanX) * factor * wide : ((place - meanY) * factor) / wide,
  );
}
