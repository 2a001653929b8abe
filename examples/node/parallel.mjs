// Runs a Python function over many items in parallel interpreters, from Node. Build first, then: node examples/node/parallel.mjs
import { Ladon, PythonError } from '../../dist/lib/index.js';

const vm = await Ladon.start({ mode: 'own-gil', workers: 2 });
try {
  await vm.run({
    source: `
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps

def describe(values):
    return {"count": len(values), "longest": max(values)}
`,
  });
  const starts = Array.from({ length: 200 }, (_, i) => i + 1);
  const steps = await vm.map('collatz', starts);
  console.log(await vm.call('describe', [steps]));

  try {
    await vm.call('collatz', ['seven']);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    console.log(error.message);
  }

  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('stopped after 200 ms')), 200);
  await vm.call('collatz', [0], { signal: controller.signal }).catch((error) => console.log(error.message));
} finally {
  await vm.close();
}
