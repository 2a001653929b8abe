/** The plugins that come with Ladon: the only file that imports them. */
import type { Thread } from './core/thread.ts';
import { opcodePack } from './hooks/opcode-pack.ts';
import { makeServices } from './interp/compiled-services.ts';
import { installJit } from './jit/tier.ts';

/** Calls and loop back edges until code is looked at. */
const DEFAULT_THRESHOLD = 200;

/** Installs what the options of the interpreter ask for (`-X jit`). */
export function installPlugins(t: Thread): void {
  const option = t.interpreter.config.xoptions.get('jit') ?? '1';
  if (option === '0' || opcodePack()?.overrides === true) return;
  const dumping = t.interpreter.config.environment['LADON_JITDUMP'];
  installJit(makeServices(t), {
    threshold: option === 'all' ? 0 : DEFAULT_THRESHOLD,
    dump: dumping === undefined ? null : (code, entry, pass, text) => { if (pass === dumping || dumping === 'all') console.error(`--- ${code.code.qualname} ${entry} ${pass}\n${text}`); },
    log: t.interpreter.config.environment['LADON_JITLOG'] === undefined ? null : (line) => console.error(line),
  });
}
