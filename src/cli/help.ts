/** The text of `ladon --help`. */

/** The text of `ladon --help`. */
export const HELP = `usage: ladon [options] (-c CMD | -m MOD | script.py | -) [args]
       ladon run a.py b.py ... [--workers N]
       ladon compare prog.py [--modes gil,own-gil] [--workers 1,2]
       ladon jit-bisect prog.py
       ladon info

Runs Python 3.14 programs in parallel interpreters of one Node.js process.

Options of python: -b -B -c CMD -d -E -h -i -I -m MOD -O -OO -P -q -s -S -u -v -V -VV -W ARG -x -X OPT
  --mode gil|own-gil   one GIL for all interpreters, or one each (default; also -X gil=1, PYTHON_GIL=1)
  -X gilstats          statistics of the GIL at the end
  -X jit=0|1|all|N     compile hot functions: not at all, after 1000 calls and iterations (default), at
                       the first call, after N (also PYTHON_JIT; docs/jit.md)
  -X jitlist=FILE      compile only the functions in the file, -X jitlog=FILE logs what is compiled,
                       -X jitdump=DIR writes graphs and JavaScript, -X jitverify checks each pass,
                       -X jitbudget=MS compiles for so long in a second (default 250, 0 for no limit)
  -X pack=NAME         run with an opcode pack (docs/static-pack.md)
  -X plugin=FILE       load a plugin into every interpreter (docs/hooks.md)
  -X prewarm=N         keep N interpreters started ahead for interpreters.create()
  --reference-loop     run in the reference interpreter loop

Examples:
  ladon script.py arg              run a program
  ladon -c "print(2 ** 100)"       run a command
  ladon -m json.tool data.json     run a library module
  ladon run a.py b.py --prefix     run scripts in parallel
  ladon compare examples/primes.py --html report.html

'ladon compare --help' and 'ladon run --help' tell more. The guide is in docs/.
`;
