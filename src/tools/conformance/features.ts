/** The modules of CPython's test suite by feature: reads `test/conformance/features.txt`. */
import { readFileSync } from 'node:fs';

/** The file of features, from the project's folder. */
export const FEATURE_FILE = 'test/conformance/features.txt';

/** What the file says. */
export interface Features {
  /** Feature → modules below `Lib/test`, in order. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
  /** Features that a run of everything leaves out → why. */
  readonly without: ReadonlyMap<string, string>;
}

/** Parses `feature: modules` and `without feature: reason` lines; `#` starts a comment line. */
export function parseFeatures(text: string): Features {
  const modules = new Map<string, readonly string[]>();
  const without = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const colon = line.indexOf(':');
    const [name, rest] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    if (name.startsWith('without ')) without.set(name.slice('without '.length), rest);
    else modules.set(name, rest.split(/\s+/));
  }
  return { modules, without };
}

/** As `parseFeatures`, of the project's file. */
export function readFeatures(): Features {
  return parseFeatures(readFileSync(FEATURE_FILE, 'utf8'));
}

/** The modules that `names` (features or modules) ask for, each once; everything that is not left out for none. A feature left out runs when named. */
export function selectModules(features: Features, names: readonly string[]): string[] {
  const wanted = names.length > 0 ? names : [...features.modules.keys()].filter((feature) => !features.without.has(feature));
  return [...new Set(wanted.flatMap((name) => features.modules.get(name) ?? [name.replace(/^test\./, '')]))];
}

/** The feature that lists `module`, or "other". */
export function featureOf(features: Features, module: string): string {
  for (const [feature, modules] of features.modules) if (modules.includes(module)) return feature;
  return 'other';
}
