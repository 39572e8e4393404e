import type { Seeded } from './seeded.ts';

/** What an office scanner made of a paper. Lengths are pixels of the scan, angles degrees. */
export interface ScanDamage {
  readonly kind: 'scan';
  readonly grade: 'office' | 'bad';
  readonly dpi: 200 | 300;
  readonly tone: 'grey' | 'colour' | 'black-white';
  readonly skew: number;
  readonly blur: number;
  readonly noise: number;
  /** Specks of dust on a page. */
  readonly specks: number;
  readonly fold: boolean;
  readonly holes: boolean;
  readonly stamp: boolean;
  readonly streak: boolean;
  readonly rotation: Quarter;
  readonly quality: number;
}

/** What a telephone's camera made of it. */
export interface PhotoDamage {
  readonly kind: 'photo';
  readonly grade: 'office' | 'bad';
  /** Of the upright picture. */
  readonly width: number;
  readonly skew: number;
  /** How far corners are off a rectangle, as a share of the width. */
  readonly tilt: number;
  /** How far the sheet bends, as a share of its height. */
  readonly curl: number;
  readonly shadow: number;
  readonly stain: boolean;
  readonly fold: boolean;
  readonly blur: number;
  readonly noise: number;
  readonly rotation: Quarter;
  readonly quality: number;
}

export type Quarter = 0 | 90 | 180 | 270;
export type Damage = ScanDamage | PhotoDamage;

/** Mostly what offices produce, now and then a bad one; all of it a person can still read. */
export function drawScanDamage(chance: Seeded): ScanDamage {
  const bad = chance.chance(0.2);
  const tone = chance.pick(['grey', 'grey', 'grey', 'colour', 'black-white'] as const);
  const dpi = chance.chance(0.2) || tone === 'black-white' ? 300 : 200;
  const sharpness = dpi / 200;
  return {
    kind: 'scan',
    grade: bad ? 'bad' : 'office',
    ...{ dpi, tone },
    skew: round(chance.between(-1, 1) * (bad ? 2.2 : 0.7)),
    blur: tone === 'black-white' ? 0 : round(sharpness * chance.between(0.3, bad ? 0.85 : 0.5)),
    noise: Math.round(chance.between(2, bad ? 16 : 7)),
    specks: chance.int(0, bad ? 160 : 25),
    fold: chance.chance(bad ? 0.7 : 0.3),
    holes: chance.chance(0.35),
    stamp: chance.chance(0.5),
    streak: chance.chance(bad ? 0.4 : 0.06),
    rotation: chance.chance(0.05) ? 180 : 0,
    quality: chance.int(bad ? 38 : 62, bad ? 60 : 85),
  };
}

export function drawPhotoDamage(chance: Seeded): PhotoDamage {
  const bad = chance.chance(0.25);
  return {
    kind: 'photo',
    grade: bad ? 'bad' : 'office',
    width: bad ? chance.pick([1500, 1700]) : chance.pick([1700, 1900, 2200]),
    skew: round(chance.between(-1, 1) * (bad ? 4 : 1.8)),
    tilt: round(chance.between(0.003, bad ? 0.03 : 0.015)),
    curl: round(chance.between(0, bad ? 0.008 : 0.003)),
    shadow: round(chance.between(0.05, bad ? 0.45 : 0.25)),
    stain: chance.chance(bad ? 0.5 : 0.12),
    fold: chance.chance(0.6),
    blur: round(chance.between(0.3, bad ? 0.85 : 0.55)),
    noise: Math.round(chance.between(3, bad ? 13 : 7)),
    rotation: chance.chance(0.22) ? chance.pick([90, 180, 270] as const) : 0,
    quality: chance.int(bad ? 45 : 68, bad ? 65 : 88),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
