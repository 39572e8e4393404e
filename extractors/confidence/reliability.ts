/** Of values about equally sure: how sure on the average, and how many of how many were right. */
export interface ReliabilityPoint {
  readonly said: number;
  readonly n: number;
  readonly right: number;
}

/** A share of fewer says little. */
const LEAST_LABELS = 10;

/** A few points of about as many labels each, the least sure first. */
export function reliabilityOf(labels: readonly { trust: number; right: boolean }[], most = 8): ReliabilityPoint[] {
  const sorted = [...labels].sort((a, b) => a.trust - b.trust);
  const points = Math.min(most, Math.ceil(sorted.length / LEAST_LABELS));
  return Array.from({ length: points }, (_, i) => {
    const part = sorted.slice(Math.round((i * sorted.length) / points), Math.round(((i + 1) * sorted.length) / points));
    const said = part.reduce((sum, { trust }) => sum + trust, 0) / part.length;
    return { said: Math.round(said * 1e4) / 1e4, n: part.length, right: part.filter(({ right }) => right).length };
  });
}
