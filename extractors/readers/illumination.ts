import { type Grey, resize } from './grey.ts';

/** Side of the squares in which the paper's brightness is taken: larger than letters, smaller than shadows. */
const SQUARE = 24;
/** The paper is the brightest of a square but for a few glints. */
const PAPER_SHARE = 0.9;

/** No shadow makes paper so much darker than the rest of the page: it is printed black, and its grain is no print. */
export const DARKEST_SHADOW = 0.35;
const BLACK = 32;

/** Divides each pixel by the brightness of the paper around it: shadows and yellowed paper turn white, ink stays. */
export async function evenLight(image: Grey): Promise<Grey> {
  const squares = brightnessOfSquares(image);
  const darkest = Math.max(BLACK, DARKEST_SHADOW * usualOf(squares));
  const paper = await resize(widen(squares), image.width, image.height);
  const data = new Uint8Array(image.data.length);
  for (let index = 0; index < data.length; index++) {
    const value = (image.data[index]! * 255) / Math.max(darkest, paper.data[index]!);
    data[index] = value > 255 ? 255 : value;
  }
  return { data, width: image.width, height: image.height };
}

/** How bright the paper of a picture is where no shadow falls. */
export function usualPaper(image: Grey): number {
  return usualOf(brightnessOfSquares(image));
}

function usualOf(squares: Grey): number {
  return quantile(countsOf(squares.data), PAPER_SHARE);
}

function brightnessOfSquares({ data, width, height }: Grey): Grey {
  const columns = Math.ceil(width / SQUARE);
  const rows = Math.ceil(height / SQUARE);
  const squares = new Uint8Array(columns * rows);
  const counts = new Uint32Array(256);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      counts.fill(0);
      const bottom = Math.min(height, (row + 1) * SQUARE);
      const right = Math.min(width, (column + 1) * SQUARE);
      for (let y = row * SQUARE; y < bottom; y += 2) {
        for (let x = column * SQUARE; x < right; x += 2) counts[data[y * width + x]!]!++;
      }
      squares[row * columns + column] = quantile(counts, PAPER_SHARE);
    }
  }
  return { data: squares, width: columns, height: rows };
}

function countsOf(values: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value]!++;
  return counts;
}

/** The brightness that so large a share of the counted pixels does not pass. */
export function quantile(counts: Uint32Array, share: number): number {
  const wanted = counts.reduce((sum, count) => sum + count, 0) * share;
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += counts[value]!;
    if (seen >= wanted) return value;
  }
  return 255;
}

/** Takes the brightest neighbour: a square full of ink borrows its paper from next door. */
function widen({ data, width, height }: Grey): Grey {
  const widened = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let most = 0;
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++)
          most = Math.max(most, data[j * width + i]!);
      }
      widened[y * width + x] = most;
    }
  }
  return { data: widened, width, height };
}
