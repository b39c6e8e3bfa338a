precision highp float;

varying vec4 v_color;
varying vec2 v_point;
varying float v_shape;
varying float v_radius;

uniform vec4 u_ground;
uniform float u_pixelRatio;

float box(vec2 p, vec2 half_, float round_) {
  vec2 q = abs(p) - half_ + round_;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - round_;
}

float triangle(vec2 p) {
  const float k = 1.7320508;
  p.y += 0.22;
  p.x = abs(p.x) - 1.0;
  p.y = p.y + 1.0 / k;
  if (p.x + k * p.y > 0.0) p = vec2(p.x - k * p.y, -k * p.x - p.y) / 2.0;
  p.x -= clamp(p.x, -2.0, 0.0);
  return -length(p) * sign(p.y) - 0.18;
}

float hexagon(vec2 p) {
  const vec3 k = vec3(-0.8660254, 0.5, 0.5773503);
  p = abs(p);
  p -= 2.0 * min(dot(k.xy, p), 0.0) * k.xy;
  p -= vec2(clamp(p.x, -k.z * 0.86, k.z * 0.86), 0.86);
  return length(p) * sign(p.y) - 0.06;
}

float star(vec2 p) {
  const vec2 k1 = vec2(0.809016994, -0.587785252);
  const vec2 k2 = vec2(-0.809016994, -0.587785252);
  p.x = abs(p.x);
  p -= 2.0 * max(dot(k1, p), 0.0) * k1;
  p -= 2.0 * max(dot(k2, p), 0.0) * k2;
  p.x = abs(p.x);
  p.y -= 1.18;
  vec2 ba = 0.58 * vec2(-k1.y, k1.x) - vec2(0.0, 1.0);
  float h = clamp(dot(p, ba) / dot(ba, ba), 0.0, 1.18);
  return length(p - ba * h) * sign(p.y * ba.x - p.x * ba.y) - 0.06;
}

float distanceTo(float shape, vec2 p) {
  if (shape < 0.5) return length(p) - 1.0;
  if (shape < 1.5) return box(p, vec2(0.9), 0.24);
  if (shape < 2.5) return length(p) - 1.0;
  if (shape < 3.5) return box(vec2(p.x + p.y, p.y - p.x) * 0.70710678, vec2(0.86), 0.16);
  if (shape < 4.5) return triangle(p);
  if (shape < 5.5) return hexagon(p);
  if (shape < 6.5) return length(p) - 1.0;
  if (shape < 7.5) return star(p);
  return box(p, vec2(0.76, 0.98), 0.1);
}

void main() {
  float d = distanceTo(v_shape, v_point);
  #ifdef PICKING_MODE
  if (d > 0.15) discard;
  gl_FragColor = v_color;
  #else
  float pixel = 1.0 / max(v_radius * u_pixelRatio, 0.5);
  float inside = 1.0 - smoothstep(-pixel, pixel, d);
  // Small nodes get no gap around them, of which little would be left to see.
  float gap = v_radius > 5.0 ? 1.6 / v_radius : 0.0;
  float around = 1.0 - smoothstep(gap - pixel, gap + pixel, d);
  float hollow = 0.0;
  if (v_shape > 1.5 && v_shape < 2.5) hollow = (1.0 - smoothstep(-pixel, pixel, d + 0.22));
  if (v_shape > 5.5 && v_shape < 6.5) hollow = smoothstep(-pixel, pixel, d + 0.3) * (1.0 - smoothstep(-pixel, pixel, d + 0.14));
  vec4 fill = mix(v_color, u_ground * v_color.a, hollow);
  gl_FragColor = mix(u_ground * around * v_color.a, fill, inside);
  #endif
}
