/** A probability as a person reads it; only what is certain is called 100 %. */
export function percent(probability: number): string {
  const rounded = Math.round(probability * 100);
  if (rounded === 100 && probability < 1) return '>99 %';
  if (rounded === 0 && probability > 0) return '<1 %';
  return `${rounded} %`;
}
