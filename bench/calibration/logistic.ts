/** A row of the design: columns that are not zero, by index. */
export interface Row {
  readonly at: readonly number[];
  readonly size: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

export interface Ridge {
  /** Columns that are not held back. */
  readonly free: readonly number[];
  /** What each column's weight is drawn to while its labels are few. */
  readonly prior: Float64Array;
  readonly penalty: number;
}

const ROUNDS = 40;
const SETTLED = 1e-6;
/** Keeps the free columns from running away where every label is right. */
const LEAST_PENALTY = 1e-3;

/** Logistic regression with a ridge, by Newton's method with exact curvature: a few hundred columns take seconds. */
export function fitLogistic(rows: readonly Row[], { free, prior, penalty }: Ridge): Float64Array {
  const columns = prior.length;
  const weights = Float64Array.from(prior);
  const held = new Float64Array(columns).fill(penalty);
  for (const at of free) held[at] = LEAST_PENALTY;
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((weight, i) => (weight - prior[i]!) * held[i]!);
    const curvature = Array.from({ length: columns }, (_, i) => {
      const line = new Float64Array(columns);
      line[i] = held[i]!;
      return line;
    });
    for (const row of rows) addRow(row, weights, slope, curvature);
    const step = solvePositive(curvature, slope);
    for (let i = 0; i < columns; i++) weights[i]! -= step[i]!;
    if (Math.max(...step.map(Math.abs)) < SETTLED) break;
  }
  return weights;
}

export function logOddsOf({ at, size }: Pick<Row, 'at' | 'size'>, weights: Float64Array): number {
  return at.reduce((sum, column, i) => sum + weights[column]! * size[i]!, 0);
}

function addRow(row: Row, weights: Float64Array, slope: Float64Array, curvature: readonly Float64Array[]): void {
  const chance = 1 / (1 + Math.exp(-logOddsOf(row, weights)));
  const miss = row.weight * (chance - (row.right ? 1 : 0));
  const spread = row.weight * chance * (1 - chance);
  for (const [i, column] of row.at.entries()) {
    const size = row.size[i]!;
    slope[column]! += miss * size;
    const line = curvature[column]!;
    for (const [j, other] of row.at.entries()) line[other]! += spread * size * row.size[j]!;
  }
}

/** Solves `matrix · x = right` for a symmetric positive matrix (Cholesky); the matrix is overwritten. */
function solvePositive(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    const row = matrix[i]!;
    for (let j = 0; j <= i; j++) {
      const other = matrix[j]!;
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * other[k]!;
      row[j] = i === j ? Math.sqrt(sum) : sum / other[j]!;
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= matrix[i]![k]! * x[k]!;
    x[i]! /= matrix[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= matrix[k]![i]! * x[k]!;
    x[i]! /= matrix[i]![i]!;
  }
  return x;
}
