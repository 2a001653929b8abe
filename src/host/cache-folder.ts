/** Where compiled code is kept between starts. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where compiled library code is kept: `LADON_CACHE` (empty for nowhere), else the user's cache folder. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string | null {
  const given = environment.LADON_CACHE;
  if (given !== undefined) return given === '' ? null : given;
  return join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ladon');
}
