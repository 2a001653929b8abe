/** `builtins`: the table of functions, types and constants; implementations are in `builtins/` and `objects/`. */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { EXCEPTION_TYPES, OSError } from '../objects/exception-types.ts';
import { ELLIPSIS, NOT_IMPLEMENTED } from '../objects/make.ts';
import * as T from '../objects/static-types.ts';
import { builtins_build_class } from './builtins/build-class.ts';
import * as evaluation from './builtins/evaluation.ts';
import * as f from './builtins/functions.ts';
import { builtins_breakpoint, builtins_input, builtins_open } from './builtins/io-functions.ts';
import { builtins_sum } from './builtins/sum.ts';
import type { NativeModule } from './native-module.ts';

const TYPES = {
  bool: T.BOOL_TYPE, memoryview: T.MEMORYVIEW_TYPE, bytearray: T.BYTEARRAY_TYPE, bytes: T.BYTES_TYPE, classmethod: T.CLASSMETHOD_TYPE,
  complex: T.COMPLEX_TYPE, dict: T.DICT_TYPE, enumerate: T.ENUMERATE_TYPE, filter: T.FILTER_TYPE, float: T.FLOAT_TYPE, frozenset: T.FROZENSET_TYPE,
  property: T.PROPERTY_TYPE, int: T.INT_TYPE, list: T.LIST_TYPE, map: T.MAP_TYPE, object: T.OBJECT_TYPE, range: T.RANGE_TYPE, reversed: T.REVERSED_TYPE,
  set: T.SET_TYPE, slice: T.SLICE_TYPE, staticmethod: T.STATICMETHOD_TYPE, str: T.STR_TYPE, super: T.SUPER_TYPE, tuple: T.TUPLE_TYPE, type: T.TYPE_TYPE,
  zip: T.ZIP_TYPE,
};

function attributes(t: Thread): Record<string, Value> {
  return {
    None: null, Ellipsis: ELLIPSIS, NotImplemented: NOT_IMPLEMENTED, False: false, True: true, __debug__: t.interpreter.config.optimize === 0,
    ...Object.fromEntries(EXCEPTION_TYPES), EnvironmentError: OSError, IOError: OSError,
  };
}

/** The table. */
export const BUILTINS_MODULE: NativeModule = {
  name: 'builtins',
  doc: "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python.",
  types: TYPES,
  attributes,
  functions: {
    __build_class__: [builtins_build_class, '!($module, /, *args, **kwargs)', 'Internal helper function used by the class statement.'],
    __import__: [evaluation.builtins_import, '($module, /, name, globals=None, locals=None, fromlist=(), level=0)', 'Import a module.'],
    abs: [f.builtins_abs, '($module, number, /)', 'Return the absolute value of the argument.'],
    aiter: [f.builtins_aiter, '($module, async_iterable, /)', 'Return an AsyncIterator for an AsyncIterable object.'],
    all: [f.builtins_all, '($module, iterable, /)', 'Return True if bool(x) is True for all values x in the iterable.'],
    anext: [f.builtins_anext, '!($module, aiterator, default=<unrepresentable>, /)', 'Return the next item from the async iterator.'],
    any: [f.builtins_any, '($module, iterable, /)', 'Return True if bool(x) is True for any x in the iterable.'],
    ascii: [f.builtins_ascii, '($module, obj, /)', 'Return an ASCII-only representation of an object.'],
    bin: [f.builtins_bin, '($module, integer, /)', 'The text of an int in base 2.\n\n>>> bin(10)\n\'0b1010\'\n>>> bin(-3)\n\'-0b11\''],
    breakpoint: [builtins_breakpoint, '($module, /, *args, **kws)', 'Call sys.breakpointhook(*args, **kws).'],
    callable: [f.builtins_callable, '($module, obj, /)', 'Return whether the object is callable (i.e., some kind of function).'],
    chr: [f.builtins_chr, '($module, i, /)', 'Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.'],
    compile: [evaluation.builtins_compile, '($module, /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)', 'Compile source into a code object that can be executed by exec() or eval().'],
    delattr: [f.builtins_delattr, '($module, obj, name, /)', 'Deletes the named attribute from the given object.'],
    dir: [evaluation.builtins_dir, '!($module, *args)', 'Names in the current scope, or attributes of an object.'],
    divmod: [f.builtins_divmod, '($module, x, y, /)', 'Return the tuple (x//y, x%y).'],
    eval: [evaluation.builtins_eval, '($module, source, /, globals=None, locals=None)', 'Evaluate the given source in the context of globals and locals.'],
    exec: [evaluation.builtins_exec, '($module, source, /, globals=None, locals=None, *, closure=None)', 'Execute the given source in the context of globals and locals.'],
    format: [f.builtins_format, "($module, value, format_spec='', /)", "Return type(value).__format__(value, format_spec)."],
    getattr: [f.builtins_getattr, '!($module, object, name, default=<unrepresentable>, /)', 'Get a named attribute from an object.'],
    globals: [evaluation.builtins_globals, '($module, /)', "Return the dictionary containing the current scope's global variables."],
    hasattr: [f.builtins_hasattr, '($module, obj, name, /)', 'Return whether the object has an attribute with the given name.'],
    hash: [f.builtins_hash, '($module, obj, /)', 'Return the hash value for the given object.'],
    hex: [f.builtins_hex, '($module, integer, /)', 'The text of an int in base 16.\n\n>>> hex(48879)\n\'0xbeef\''],
    id: [f.builtins_id, '($module, obj, /)', 'Return the identity of an object.'],
    input: [builtins_input, "($module, prompt='', /)", 'Read a string from standard input.  The trailing newline is stripped.'],
    isinstance: [f.builtins_isinstance, '($module, obj, class_or_tuple, /)', 'Return whether an object is an instance of a class or of a subclass thereof.'],
    issubclass: [f.builtins_issubclass, '($module, cls, class_or_tuple, /)', "Return whether 'cls' is derived from another class or is the same class."],
    iter: [f.builtins_iter, '!($module, *args)', 'Get an iterator from an object.'],
    len: [f.builtins_len, '($module, obj, /)', 'Return the number of items in a container.'],
    locals: [evaluation.builtins_locals, '($module, /)', "Return a dictionary containing the current scope's local variables."],
    max: [f.builtins_max, '!($module, *args, key=None, default=<unrepresentable>)', 'max(iterable, *, [default, key]) -> value\nmax(first, second, *more, [key]) -> value\n\nThe biggest item of an iterable, or the biggest of several arguments.'],
    min: [f.builtins_min, '!($module, *args, key=None, default=<unrepresentable>)', 'min(iterable, *, [default, key]) -> value\nmin(first, second, *more, [key]) -> value\n\nThe smallest item of an iterable, or the smallest of several arguments.'],
    next: [f.builtins_next, '!($module, iterator, default=<unrepresentable>, /)', 'Return the next item from the iterator.'],
    oct: [f.builtins_oct, '($module, integer, /)', 'The text of an int in base 8.\n\n>>> oct(493)\n\'0o755\''],
    open: [builtins_open, "($module, /, file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", 'Open file and return a stream.  Raise OSError upon failure.'],
    ord: [f.builtins_ord, '($module, character, /)', 'Return the ordinal value of a character.'],
    pow: [f.builtins_pow, '($module, /, base, exp, mod=None)', 'Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.'],
    print: [f.builtins_print, "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)", 'Prints the values to a stream, or to sys.stdout by default.'],
    repr: [f.builtins_repr, '($module, obj, /)', 'Return the canonical string representation of the object.'],
    round: [f.builtins_round, '($module, /, number, ndigits=None)', 'Round a number to a given precision in decimal digits.'],
    setattr: [f.builtins_setattr, '($module, obj, name, value, /)', 'Sets the named attribute on the given object to the specified value.'],
    sorted: [f.builtins_sorted, '($module, iterable, /, *, key=None, reverse=False)', 'Return a new list containing all items from the iterable in ascending order.'],
    sum: [builtins_sum, '($module, iterable, /, start=0)', "Return the sum of a 'start' value (default: 0) plus an iterable of numbers"],
    vars: [evaluation.builtins_vars, '!($module, *args)', "The namespace of an object, or the current scope's."],
  },
};
