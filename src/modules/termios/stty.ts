/** The program `stty`, which does for a terminal what Node has no call for. */
import { lazyBuiltin } from '../../base/lazy-builtin.ts';

const childProcess = lazyBuiltin('node:child_process');

/** Runs `stty` on a terminal and returns what it prints; undefined when it fails or is not there. */
export function runStty(fd: number, args: readonly string[]): string | undefined {
  const result = childProcess().spawnSync('stty', [...args], { stdio: [fd, 'pipe', 'ignore'], encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** Rows and columns of a terminal; undefined when it cannot be asked. */
export function terminalSize(fd: number): { rows: number; columns: number } | undefined {
  const [rows, columns] = (runStty(fd, ['size']) ?? '').split(' ').map(Number);
  return rows === undefined || columns === undefined ? undefined : { rows, columns };
}
