attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec2 a_corner;

uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;

varying vec4 v_color;
varying vec2 v_point;
varying float v_shape;
varying float v_radius;

// How far beyond its radius a node is drawn: the tips of shapes, and the gap that keeps edges off.
const float REACH = 1.6;

void main() {
  float radius = a_size / u_sizeRatio;
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + a_corner * radius * REACH * 2.0 / u_viewport, 0.0, 1.0);
  v_point = a_corner * REACH;
  v_shape = a_shape;
  v_radius = radius;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}
