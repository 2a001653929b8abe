/**
 * Kills random interpreters while others work: `node dist/bench/kill-workers.js [--seconds 60] [--mode own-gil|gil] [--seed N]`.
 *
 * The main interpreter puts numbers into a bounded queue; three others take them, compute, freeze something and put the result into a second queue, until
 * their worker is terminated at a random moment, whatever it holds. Then the main interpreter must hear of it by name and start a new one. At the end every
 * number is accounted for: received once, or put by an interpreter that has ended (UNBOUND), or in the hands of a killed one (at most one per kill).
 * Exits 1 when one is lost, the heap is damaged, somebody hangs, or the GIL stays held.
 */
import { defaultConfig } from '../src/host/config.ts';
import { offerServices } from '../src/host/services.ts';
import { Supervisor, type Mode } from '../src/host/supervisor.ts';

const MIN_PAUSE_MS = 20;
const MAX_PAUSE_MS = 150;
/** After the last kill everything must have ended within this. */
const DRAIN_MS = 30_000;

const PROGRAM = `
import threading, time
from concurrent import interpreters

WORK = """
import ladon, time
while (n := work.get()) is not None:
    total = 0
    for i in range(n % 3000):
        total += i
    ladon.freeze({"n": n, "parts": [str(n), (n, total)]})
    if n % 97 == 0:
        time.sleep(0.002)
    done.put(n)
"""
TEAM = 3
work = interpreters.create_queue(32)
done = interpreters.create_queue()
stopping = False
put = deaths = 0
received = set()
unbound = 0
problems = []

def drive():
    """Runs one interpreter after the other until told to stop."""
    global deaths
    while not stopping:
        other = interpreters.create()
        try:
            other.prepare_main(work=work, done=done)
            other.exec(WORK)
            other.close()
        except interpreters.InterpreterError as error:
            deaths += 1
            if str(other.id) not in str(error) and type(error) is not interpreters.InterpreterNotFoundError:
                problems.append(f"the error does not name the interpreter: {error!r}")

def produce():
    global put
    while not stopping:
        work.put(put)
        put += 1

def collect():
    global unbound
    while (n := done.get()) is not None:
        if n is interpreters._queues.UNBOUND:
            unbound += 1
        elif n in received:
            problems.append(f"{n} came twice")
        else:
            received.add(n)

def finish():
    global stopping
    stopping = True
    producer.join()
    for _ in team:
        work.put(None)
    for thread in team:
        thread.join()
    done.put(None)
    collector.join()

team = [threading.Thread(target=drive) for _ in range(TEAM)]
producer = threading.Thread(target=produce)
collector = threading.Thread(target=collect)
for thread in (*team, producer, collector):
    thread.start()

def run(seconds):
    time.sleep(seconds)
    finish()
    import ladon
    ladon.check_heap()
    # What is still in the queue was never taken: a driver whose interpreter died at the end leaves its None or a number.
    left = 0
    while True:
        try:
            left += work.get_nowait() is not None
        except interpreters.QueueEmpty:
            break
    return [put, len(received), unbound, left, deaths, problems]
`;

function option(args: readonly string[], name: string, otherwise: string): string {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : (args[at + 1] ?? otherwise);
}

/** A small generator of its own, so that a seed gives the same kills. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function killAtRandom(supervisor: Supervisor, mainId: number, random: () => number, until: number): Promise<number> {
  let kills = 0;
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, MIN_PAUSE_MS + random() * (MAX_PAUSE_MS - MIN_PAUSE_MS)));
    const victims = [...supervisor.interpreters.values()].filter((handle) => handle.id !== mainId);
    if (victims.length === 0) continue;
    await supervisor.kill(victims[Math.floor(random() * victims.length)]!);
    kills++;
  }
  return kills;
}

async function main(args: readonly string[]): Promise<number> {
  const seconds = Number(option(args, '--seconds', '60'));
  const mode = option(args, '--mode', 'own-gil') as Mode;
  const seed = Number(option(args, '--seed', String(Date.now() % 1_000_000)));
  const supervisor = new Supervisor({ mode, config: defaultConfig() });
  offerServices(supervisor);
  const handle = await supervisor.start();
  await handle.runSource(PROGRAM, '<stress>');
  const ending = performance.now() + seconds * 1000;
  const limit = setTimeout(() => {
    console.log(`mode ${mode}, seed ${seed}: somebody hangs`);
    process.exit(1);
  }, seconds * 1000 + DRAIN_MS);
  const [kills, answer] = await Promise.all([killAtRandom(supervisor, handle.id, randomNumbers(seed), ending - 500), handle.call('run', [{ $: 'float', value: seconds }])]);
  clearTimeout(limit);
  const [put, received, unbound, left, deaths, problems] = answer.value as [number, number, number, number, number, string[]];
  const missing = put - received - unbound - left;
  console.log(`mode ${mode}, seed ${seed}, ${seconds} s: ${kills} kills, ${deaths} seen by their callers; ${put} numbers put, ${received} received, ${unbound} unbound, ${left} left, ${missing} in the hands of the dead`);
  for (const problem of problems) console.log(problem);
  const good = problems.length === 0 && missing >= 0 && missing <= kills && deaths <= kills && received > 0;
  await supervisor.close();
  console.log(good ? 'ok' : 'FAILED');
  return good ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
