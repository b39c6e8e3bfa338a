import { EdgeProgram, type ProgramInfo } from 'sigma/rendering';
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';
import { STROKES, type Stroke } from './appearance.ts';
import fragment from './edge.frag.glsl?raw';
import vertex from './edge.vert.glsl?raw';
import type { SceneEdge, SceneNode } from './scene.ts';

/**
 * Edges that bend beside their parallels, in strokes, single or double, with a head where they have a direction. Each is a
 * band along a quadratic curve, laid out in pixels; the more pieces, the smoother a bend.
 */

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
const UNIFORMS = ['u_matrix', 'u_viewport', 'u_sizeRatio', 'u_pixelRatio', 'u_fade'] as const;

/** What the program reads of an edge beside what sigma knows of it. */
export interface DrawnEdge {
  readonly stroke?: Stroke;
  readonly isDouble?: boolean;
  readonly isDirected?: boolean;
  /** How far its control point is off the chord, in lengths of the chord. */
  readonly bend?: number;
}

/** @param pieces of which each edge is made @param fade tells how strongly all are drawn, 0 to 1 */
export function edgeProgram(pieces: number, fade: () => number) {
  const places = placesOf(pieces);
  return class extends EdgeProgram<(typeof UNIFORMS)[number], SceneNode, SceneEdge> {
    override getDefinition() {
      return {
        VERTICES: places.length,
        VERTEX_SHADER_SOURCE: vertex,
        FRAGMENT_SHADER_SOURCE: fragment,
        METHOD: TRIANGLES,
        UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_source', size: 2, type: FLOAT },
          { name: 'a_target', size: 2, type: FLOAT },
          { name: 'a_radii', size: 2, type: FLOAT },
          { name: 'a_thickness', size: 1, type: FLOAT },
          { name: 'a_bend', size: 1, type: FLOAT },
          { name: 'a_style', size: 1, type: FLOAT },
          { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: 'a_place', size: 3, type: FLOAT }],
        CONSTANT_DATA: places,
      };
    }

    override processVisibleItem(
      id: number,
      start: number,
      source: NodeDisplayData,
      target: NodeDisplayData,
      data: EdgeDisplayData & DrawnEdge,
    ): void {
      const { array } = this;
      const stroke = Math.max(0, STROKES.indexOf(data.stroke ?? 'solid'));
      array[start] = source.x;
      array[start + 1] = source.y;
      array[start + 2] = target.x;
      array[start + 3] = target.y;
      array[start + 4] = source.size;
      array[start + 5] = target.size;
      array[start + 6] = data.size;
      array[start + 7] = data.bend ?? 0;
      array[start + 8] = stroke + (data.isDouble ? 8 : 0) + (data.isDirected ? 16 : 0);
      array[start + 9] = floatColor(data.color);
      array[start + 10] = id;
    }

    override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo<(typeof UNIFORMS)[number]>): void {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform2f(uniformLocations.u_viewport, params.width, params.height);
      gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
      gl.uniform1f(uniformLocations.u_fade, fade());
    }
  };
}

/** The corners of the band, then those of the head. */
function placesOf(pieces: number): number[][] {
  const band = Array.from({ length: pieces }, (_, piece) => {
    const [near, far] = [piece / pieces, (piece + 1) / pieces];
    return [
      [near, -1, 0],
      [far, -1, 0],
      [near, 1, 0],
      [near, 1, 0],
      [far, -1, 0],
      [far, 1, 0],
    ];
  });
  return [...band.flat(), [0, 0, 1], [1, -1, 1], [1, 1, 1]];
}
