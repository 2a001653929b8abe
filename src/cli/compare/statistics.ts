/** Statistics of samples: moments, ratios, tests of significance, fits of scaling laws. Times are milliseconds. */

/** Arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation; 0 for a single value. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const average = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1));
}

/** Quantile by linear interpolation. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low]! + (sorted[Math.min(low + 1, sorted.length - 1)]! - sorted[low]!) * (at - low);
}

/** Median. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Values beyond 1.5 interquartile ranges from the quartiles (Tukey). */
export function outliers(values: readonly number[]): number[] {
  const [low, high] = [quantile(values, 0.25), quantile(values, 0.75)];
  const reach = 1.5 * (high - low);
  return values.filter((value) => value < low - reach || value > high + reach);
}

/** The complementary error function by Abramowitz and Stegun 7.1.26; error below 1.5e-7. */
function erfc(x: number): number {
  const z = Math.abs(x);
  const t = 1 / (1 + 0.3275911 * z);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const value = poly * Math.exp(-z * z);
  return x >= 0 ? value : 2 - value;
}

/** Two-sided p of a standard normal score. */
function normalP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** Two-sided p of the Mann-Whitney U test, by the normal approximation with correction for ties. */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  if (a.length < 3 || b.length < 3) return 1;
  const all = [...a.map((value) => ({ value, first: true })), ...b.map((value) => ({ value, first: false }))].sort((x, y) => x.value - y.value);
  let rankSum = 0;
  let ties = 0;
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j]!.value === all[i]!.value) j++;
    const rank = (i + j + 1) / 2;
    ties += (j - i) ** 3 - (j - i);
    for (; i < j; i++) if (all[i]!.first) rankSum += rank;
  }
  const n = all.length;
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)));
  return variance === 0 ? 1 : normalP((Math.abs(u - (a.length * b.length) / 2) - 0.5) / Math.sqrt(variance));
}

/** Two-sided p of Welch's t test; the normal approximation is used for the tail, which errs to small p below ten samples. */
export function welch(a: readonly number[], b: readonly number[]): number {
  if (a.length < 2 || b.length < 2) return 1;
  const spread = Math.sqrt(deviation(a) ** 2 / a.length + deviation(b) ** 2 / b.length);
  return spread === 0 ? 1 : normalP((mean(a) - mean(b)) / spread);
}

/** A ratio of medians and its standard error, by the relative deviations of both sides. */
export function ratio(numerator: readonly number[], denominator: readonly number[]): { value: number; error: number } {
  const value = median(numerator) / median(denominator);
  const relative = (values: readonly number[]): number => deviation(values) / mean(values) / Math.sqrt(values.length);
  return { value, error: value * Math.hypot(relative(numerator), relative(denominator)) };
}

/** A scaling law fitted to speed-ups by number of workers. */
export interface ScalingFit {
  /** Serial or contended share (Amdahl's s, USL's sigma). */
  readonly contention: number;
  /** Cost of coherence (USL's kappa); 0 for Amdahl. */
  readonly coherence: number;
}

/** Speed-up by the Universal Scalability Law; Amdahl's law for coherence 0. */
export function scaling(fit: ScalingFit, workers: number): number {
  return workers / (1 + fit.contention * (workers - 1) + fit.coherence * workers * (workers - 1));
}

function fitError(points: readonly (readonly [number, number])[], fit: ScalingFit): number {
  return points.reduce((sum, [workers, speedUp]) => sum + (scaling(fit, workers) - speedUp) ** 2, 0);
}

/** Least squares over a grid that is refined four times; null with fewer points than parameters need. */
export function fitScaling(points: readonly (readonly [number, number])[], law: 'amdahl' | 'usl'): ScalingFit | null {
  if (points.length < (law === 'amdahl' ? 2 : 3)) return null;
  let best: ScalingFit = { contention: 0, coherence: 0 };
  let step = 0.1;
  for (let round = 0; round < 5; round++, step /= 10) {
    const around = best;
    for (let i = -10; i <= 10; i++) {
      for (let j = law === 'usl' ? -10 : 0; j <= (law === 'usl' ? 10 : 0); j++) {
        const fit = { contention: Math.min(Math.max(around.contention + i * step, 0), 1), coherence: Math.max(around.coherence + j * step, 0) };
        if (fitError(points, fit) < fitError(points, best)) best = fit;
      }
    }
  }
  return best;
}
