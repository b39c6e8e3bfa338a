precision highp float;

varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_stroke;
varying float v_double;
varying float v_head;

uniform float u_pixelRatio;

// A run of `on` in a period, its ends a little soft.
float dash(float at, float on) {
  float soft = 0.5 / u_pixelRatio;
  return smoothstep(-soft, soft, at) * (1.0 - smoothstep(on - soft, on + soft, at));
}

void main() {
  #ifdef PICKING_MODE
  if (v_color.a == 0.0) discard;
  gl_FragColor = v_color;
  #else
  float feather = 0.7 / u_pixelRatio;
  float cover = 1.0;
  if (v_head < 0.5) {
    float across = abs(v_across);
    cover = 1.0 - smoothstep(v_half - feather, v_half + feather, across);
    if (v_double > 0.5) cover *= smoothstep(v_half * 0.36 - feather, v_half * 0.36 + feather, across);
    if (v_stroke > 3.5) cover *= max(dash(mod(v_along, 14.0), 7.0), dash(mod(v_along, 14.0) - 9.5, 2.0));
    else if (v_stroke > 2.5) cover *= dash(mod(v_along, 5.0), 2.0);
    else if (v_stroke > 1.5) cover *= dash(mod(v_along, 9.0), 5.5);
    else if (v_stroke > 0.5) cover *= dash(mod(v_along, 15.0), 11.5);
  }
  gl_FragColor = v_color * cover;
  #endif
}
