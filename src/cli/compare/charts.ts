/** Charts of a comparison as SVG, by vega-lite on this side; neutral colours that read on light and dark ground. */
import type { Series } from './sampler.ts';
import type { Row } from './summary.ts';
import { fitsOf } from './summary.ts';
import { scaling } from './statistics.ts';
import type { Mode } from '../../host/supervisor.ts';

/** Colours that differ for people who do not tell red from green (Okabe and Ito). */
const COLOURS: Readonly<Record<Mode, string>> = { gil: '#d55e00', 'own-gil': '#0072b2' };
const INK = '#808890';

const CONFIG = {
  background: 'transparent',
  font: 'system-ui, sans-serif',
  axis: { labelColor: INK, titleColor: INK, gridColor: INK, gridOpacity: 0.25, domainColor: INK, tickColor: INK },
  legend: { labelColor: INK, titleColor: INK },
  title: { color: INK },
  view: { stroke: null },
};

type Point = Readonly<Record<string, string | number>>;

async function toSvg(specification: object): Promise<string> {
  const [vega, lite] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec } = lite.compile({ ...specification, config: CONFIG } as Parameters<typeof lite.compile>[0]);
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

function colourScale(rows: readonly Row[]): object {
  const modes = [...new Set(rows.map((row) => row.mode))];
  return { field: 'mode', type: 'nominal', scale: { domain: modes, range: modes.map((mode) => COLOURS[mode]) }, legend: { title: null } };
}

function fitPoints(rows: readonly Row[]): Point[] {
  const most = Math.max(...rows.map((row) => row.workers));
  const points: Point[] = [];
  for (const mode of new Set(rows.map((row) => row.mode))) {
    const { amdahl, usl } = fitsOf(rows, mode);
    const fit = usl ?? amdahl;
    if (fit === null) continue;
    for (let workers = 1; workers <= most + 0.001; workers += (most - 1) / 40 || 1) points.push({ mode, workers, speedUp: scaling(fit, workers) });
  }
  return points;
}

/** Speed-up by workers, with error bars, the fitted law and the ideal line. */
export function speedUpChart(rows: readonly Row[]): Promise<string> {
  const most = Math.max(...rows.map((row) => row.workers));
  const base = new Map<Mode, number>();
  for (const row of rows) if (row.workers === 1) base.set(row.mode, row.median);
  const points = rows.map((row): Point => {
    const own = (base.get(row.mode) ?? rows[0]!.median) / row.median;
    const error = (own * row.deviation) / row.mean;
    return { mode: row.mode, workers: row.workers, speedUp: own, low: own - error, high: own + error };
  });
  const x = { field: 'workers', type: 'quantitative', title: 'workers', scale: { domain: [1, Math.max(most, 2)] }, axis: { tickMinStep: 1, format: 'd' } };
  const y = { field: 'speedUp', type: 'quantitative', title: 'speed-up over one worker', scale: { zero: true } };
  return toSvg({
    width: 360, height: 240,
    layer: [
      { data: { values: [{ workers: 1, speedUp: 1 }, { workers: Math.max(most, 2), speedUp: Math.max(most, 2) }] }, mark: { type: 'line', strokeDash: [4, 4], color: INK }, encoding: { x, y } },
      { data: { values: fitPoints(rows) }, mark: { type: 'line', opacity: 0.6 }, encoding: { x, y, color: colourScale(rows) } },
      { data: { values: points }, mark: { type: 'rule' }, encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' }, color: colourScale(rows) } },
      { data: { values: points }, mark: { type: 'point', filled: true, size: 70 }, encoding: { x, y, color: colourScale(rows) } },
    ],
  });
}

function barChart(rows: readonly Row[], title: string, value: (row: Row) => number): Promise<string> {
  const values = rows.map((row): Point => ({ mode: row.mode, workers: row.workers, value: value(row) }));
  return toSvg({
    width: 300, height: 200, data: { values }, mark: { type: 'bar' },
    encoding: {
      x: { field: 'workers', type: 'ordinal', title: 'workers', axis: { labelAngle: 0 } }, xOffset: { field: 'mode' },
      y: { field: 'value', type: 'quantitative', title, axis: { format: '.0%' } }, color: colourScale(rows),
    },
  });
}

/** Speed-up per worker. */
export function efficiencyChart(rows: readonly Row[]): Promise<string> {
  return barChart(rows, 'efficiency', (row) => row.efficiency);
}

/** Who ran Python when in the last sample of a configuration; in `gil` mode that is who held the GIL. */
export function timelineChart(series: Series): Promise<string> {
  const start = Math.min(...series.timeline.map((span) => span.start));
  const values = series.timeline.map((span): Point => ({ interpreter: `interpreter ${span.interpreter}`, from: span.start - start, to: span.end - start }));
  return toSvg({
    width: 420, height: 30 * series.configuration.workers + 10, data: { values }, mark: { type: 'bar', height: 16, color: COLOURS[series.configuration.mode] },
    encoding: {
      x: { field: 'from', type: 'quantitative', title: 'milliseconds' }, x2: { field: 'to' }, y: { field: 'interpreter', type: 'nominal', title: null },
    },
  });
}

/** Share of the workers' time spent waiting for the GIL. */
export function gilWaitChart(rows: readonly Row[]): Promise<string> {
  return barChart(rows, 'waiting for the GIL', (row) => row.gilWait);
}
