import { NodeProgram, type ProgramInfo } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';
import { SHAPES, type Shape } from './appearance.ts';
import { components } from './colors.ts';
import fragment from './node.frag.glsl?raw';
import vertex from './node.vert.glsl?raw';
import type { SceneEdge, SceneNode } from './scene.ts';

/** Nodes in nine shapes, drawn by their distance to an outline, so that they are sharp at any size. */

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
const UNIFORMS = ['u_matrix', 'u_viewport', 'u_sizeRatio', 'u_ground', 'u_pixelRatio'] as const;

/** @param ground tells the colour behind the graph, which changes with the theme */
export function nodeProgram(ground: () => string) {
  return class extends NodeProgram<(typeof UNIFORMS)[number], SceneNode, SceneEdge> {
    override getDefinition() {
      return {
        VERTICES: 6,
        VERTEX_SHADER_SOURCE: vertex,
        FRAGMENT_SHADER_SOURCE: fragment,
        METHOD: TRIANGLES,
        UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT },
          { name: 'a_size', size: 1, type: FLOAT },
          { name: 'a_shape', size: 1, type: FLOAT },
          { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
        CONSTANT_DATA: [
          [-1, -1],
          [1, -1],
          [-1, 1],
          [-1, 1],
          [1, -1],
          [1, 1],
        ],
      };
    }

    override processVisibleItem(id: number, start: number, data: NodeDisplayData & { readonly shape?: Shape }): void {
      const { array } = this;
      array[start] = data.x;
      array[start + 1] = data.y;
      array[start + 2] = data.size;
      array[start + 3] = Math.max(0, SHAPES.indexOf(data.shape ?? 'circle'));
      array[start + 4] = floatColor(data.color);
      array[start + 5] = id;
    }

    override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo<(typeof UNIFORMS)[number]>): void {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform2f(uniformLocations.u_viewport, params.width, params.height);
      gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
      const [red, green, blue] = components(ground());
      gl.uniform4f(uniformLocations.u_ground, red / 255, green / 255, blue / 255, 1);
    }
  };
}
