import type { Seeded } from '../seeded.ts';
import { asSharp, eachRow, fromSharp, type Picture } from './picture.ts';

/** Light over a picture, an eighth of its size: 200 leaves a pixel as it is, less darkens it. */
export interface Veil {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

const NEUTRAL = 200;
const SHRINK = 8;

export function openVeil(picture: Picture): Veil {
  const [width, height] = [Math.ceil(picture.width / SHRINK), Math.ceil(picture.height / SHRINK)];
  return { width, height, data: new Float32Array(width * height * 3).fill(NEUTRAL) };
}

/** Multiplies the light by `gain(x, y)`, both from 0 to 1 across the picture. A tint may spare the red. */
export function dim(
  veil: Veil,
  gain: (x: number, y: number) => number,
  tint: readonly [number, number, number] = [1, 1, 1],
): void {
  for (let y = 0; y < veil.height; y++) {
    for (let x = 0; x < veil.width; x++) {
      const factor = gain(x / veil.width, y / veil.height);
      if (factor === 1) continue;
      const at = (y * veil.width + x) * 3;
      for (let k = 0; k < 3; k++) veil.data[at + k]! *= 1 - (1 - factor) * tint[k]!;
    }
  }
}

/** A crease across the page, darker on one side and lighter on the other. */
export function crease(veil: Veil, at: number, depth: number, slope: number): void {
  dim(veil, (x, y) => {
    const distance = (y - at - slope * (x - 0.5)) * 130;
    return (
      1 -
      depth * distance * Math.exp(0.5 - distance * distance * 0.5) -
      depth * 0.6 * Math.exp(-distance * distance * 2)
    );
  });
}

/** The ring a cup leaves. */
export function cupRing(veil: Veil, cx: number, cy: number, radius: number): void {
  const aspect = veil.height / veil.width;
  dim(
    veil,
    (x, y) => {
      const [dx, dy] = [x - cx, (y - cy) * aspect];
      const distance = Math.hypot(dx, dy);
      const around = 0.75 + 0.25 * Math.sin(Math.atan2(dy, dx) * 2 + cx * 9);
      const edge = Math.exp(-(((distance - radius) / (radius * 0.07)) ** 2));
      return 1 - around * 0.28 * edge - (distance < radius ? 0.04 : 0);
    },
    [0.45, 0.8, 1.4],
  );
}

/** The shadow of a hand or telephone: a soft edge across the page. */
export function softShadow(veil: Veil, strength: number, angle: number, offset: number): void {
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
  dim(veil, (x, y) => {
    const side = ((x - 0.5) * nx + (y - 0.5) * ny - offset) * 9;
    return 1 - strength / (1 + Math.exp(-side));
  });
}

export interface Grain {
  readonly noise: number;
  readonly specks: number;
  readonly chance: Seeded;
}

/** The picture under its veil, with the sensor's noise and the dust on it. */
export async function develop(picture: Picture, veil: Veil, grain: Grain): Promise<Picture> {
  const { width, height, channels } = picture;
  const light = await spread(veil, picture);
  const noise = noiseTable(grain);
  const data = new Uint8Array(picture.data.length);
  const row = width * channels;
  let state = grain.chance.int(1, 0x7fffffff);
  await eachRow(height, (y) => {
    state = developRow(picture.data, light, noise, data, y * row, (y + 1) * row, state);
  });
  const developed = { width, height, channels, data };
  for (let i = 0; i < grain.specks; i++) speck(developed, grain.chance);
  return developed;
}

function developRow(
  from: Uint8Array,
  light: Uint8Array,
  noise: Float32Array,
  to: Uint8Array,
  start: number,
  end: number,
  seed: number,
): number {
  let state = seed;
  for (let at = start; at < end; at++) {
    // xorshift: quick, and good enough to look up noise with.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const value = (from[at]! * light[at]!) / NEUTRAL + noise[state & 4095]!;
    to[at] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return state;
}

async function spread(veil: Veil, picture: Picture): Promise<Uint8Array> {
  const { width, height } = veil;
  const { channels } = picture;
  // A grey picture takes the green light.
  const values = channels === 3 ? veil.data : veil.data.filter((_, i) => i % 3 === 1);
  const data = Uint8Array.from(values, (value) => Math.max(0, Math.min(255, Math.round(value))));
  const small = asSharp({ width, height, channels, data });
  return (await fromSharp(small.resize(picture.width, picture.height, { fit: 'fill', kernel: 'cubic' }), channels))
    .data;
}

/** Sums of uniform draws are near enough to normal. */
function noiseTable({ noise, chance }: Grain): Float32Array {
  return Float32Array.from({ length: 4096 }, () => noise * (chance.next() + chance.next() + chance.next() - 1.5) * 2);
}

function speck(picture: Picture, chance: Seeded): void {
  const { width, height, channels, data } = picture;
  const [cx, cy] = [chance.int(2, width - 3), chance.int(2, height - 3)];
  const size = chance.chance(0.85) ? 1 : 2;
  const tone = chance.int(40, 150);
  for (let y = cy; y < cy + size; y++) {
    for (let x = cx; x < cx + size; x++) data.fill(tone, (y * width + x) * channels, (y * width + x + 1) * channels);
  }
}
