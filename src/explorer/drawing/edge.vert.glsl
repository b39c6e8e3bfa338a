attribute vec2 a_source;
attribute vec2 a_target;
attribute vec2 a_radii;
attribute float a_thickness;
attribute float a_bend;
attribute float a_style;
attribute vec4 a_color;
attribute vec4 a_id;
// Along the edge 0 to 1, across it -1 to 1, and whether it is of the arrow's head.
attribute vec3 a_place;

uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;
uniform float u_fade;

varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_stroke;
varying float v_double;
varying float v_head;

void main() {
  vec2 half_ = u_viewport / 2.0;
  vec2 source = (u_matrix * vec3(a_source, 1.0)).xy * half_;
  vec2 target = (u_matrix * vec3(a_target, 1.0)).xy * half_;
  vec2 chord = target - source;
  float size = max(length(chord), 0.001);
  vec2 control = (source + target) / 2.0 + vec2(-chord.y, chord.x) * a_bend;

  float isDouble = step(8.0, mod(a_style, 16.0));
  float hasHead = step(16.0, a_style);
  v_stroke = mod(a_style, 8.0);
  v_double = isDouble;
  float thickness = max(a_thickness / u_sizeRatio, 0.35);
  #ifdef PICKING_MODE
  thickness = max(thickness, 7.0);
  #endif
  float halfWidth = thickness / 2.0 * (1.0 + isDouble * 2.2);
  float headLength = hasHead * (3.0 + thickness * 2.6);
  vec2 radii = a_radii / u_sizeRatio + 1.5;

  float first = radii.x / size;
  float last = 1.0 - radii.y / size;
  float neck = last - headLength * 0.85 / size;
  // Between nodes that all but touch there is nothing to see.
  float there = step(first, neck);

  float t = a_place.z > 0.5 ? mix(last, last - headLength / size, a_place.x) : mix(first, neck, a_place.x);
  vec2 point = mix(mix(source, control, t), mix(control, target, t), t);
  vec2 tangent = normalize(mix(control - source, target - control, t) + vec2(0.00001, 0.0));
  vec2 normal = vec2(-tangent.y, tangent.x);
  float reach = a_place.z > 0.5 ? headLength * 0.42 + 0.5 : halfWidth + 1.0;
  point += normal * a_place.y * reach * there;

  gl_Position = vec4(point / half_, 0.0, 1.0);
  v_along = t * size;
  v_across = a_place.y * reach;
  v_half = halfWidth;
  v_head = a_place.z;
  #ifdef PICKING_MODE
  v_color = a_id * there;
  v_color.a *= 255.0 / 254.0;
  #else
  v_color = a_color * there * u_fade;
  #endif
}
