export interface Point {
  readonly at: number;
  readonly right: boolean;
  readonly weight: number;
}

interface Block {
  readonly at: number;
  readonly weight: number;
  readonly right: number;
  readonly labels: number;
}

/** Labels a step of the curve needs, so that none is believed further than it was seen. */
const LEAST_LABELS = 15;

/**
 * The rising curve nearest to the labels (pool adjacent violators), as points to be joined by straight lines, so that it
 * still ranks within a step. Each step is worth what its labels bear out: their share with half a right and half a wrong
 * one added (Jeffreys), which is never 1.
 */
export function risingCurve(points: readonly Point[]): [number, number][] {
  const blocks: Block[] = [];
  const sorted = [...points].sort((a, b) => a.at - b.at);
  for (const batch of batches(sorted, LEAST_LABELS)) {
    let block = blockOf(batch);
    while (blocks.length > 0 && share(blocks.at(-1)!) >= share(block)) block = merged(blocks.pop()!, block);
    blocks.push(block);
  }
  return blocks.map((block) => [block.at, share(block)]);
}

function* batches(points: readonly Point[], size: number): Generator<readonly Point[]> {
  const whole = Math.max(1, Math.floor(points.length / size));
  for (let i = 0; i < whole; i++) {
    const upTo = i === whole - 1 ? points.length : (i + 1) * size;
    if (upTo > i * size) yield points.slice(i * size, upTo);
  }
}

function blockOf(points: readonly Point[]): Block {
  const weight = points.reduce((sum, point) => sum + point.weight, 0);
  const right = points.reduce((sum, point) => sum + (point.right ? point.weight : 0), 0);
  const at = points.reduce((sum, point) => sum + point.at * point.weight, 0) / weight;
  return { at, weight, right, labels: points.length };
}

function merged(a: Block, b: Block): Block {
  const weight = a.weight + b.weight;
  const at = (a.at * a.weight + b.at * b.weight) / weight;
  return { at, weight, right: a.right + b.right, labels: a.labels + b.labels };
}

function share({ weight, right }: Block): number {
  return (right + 0.5) / (weight + 1);
}
