/** Unit tests of the bytecode room: derived opcode tables, tables of positions and handlers, serialisation, verifier. */
import { describe, expect, it } from 'vitest';
import { ConstBytes, ConstComplex, ConstFloat, ELLIPSIS } from '../base/constants.ts';
import { CO, ConstFrozenSet, ConstSlice, ConstTuple, FAST, makeCode } from './code.ts';
import type { CodeFields, CodeObject, Const } from './code.ts';
import { constKey } from './constants.ts';
import { disassemble } from './disassembler.ts';
import { ExceptionTableWriter, decodeExceptionTable, lookupHandler } from './exception-table.ts';
import { LocationTableWriter, addr2line, codeLines, codePositions } from './location-table.ts';
import { CACHES, OP, OPNAME, hasJump, isTerminator, stackEffect } from './opcodes.ts';
import { CorruptCodeError, decodeCode, encodeCode } from './serialise.ts';
import { plainCode } from './plain-code.ts';
import { verifyCode } from './verifier.ts';

const unit = (op: number, oparg = 0): number => op | (oparg << 8);

function sample(changes: Partial<CodeFields> = {}): CodeObject {
  const lines = new LocationTableWriter(7);
  lines.add(1, 7, 7, 0, 0);
  lines.add(2, 8, 8, 4, 12);
  return makeCode({
    argcount: 1, posonlyargcount: 0, kwonlyargcount: 0, stacksize: 1, flags: CO.OPTIMIZED | CO.NEWLOCALS,
    words: Uint16Array.of(unit(OP.RESUME), unit(OP.LOAD_FAST_BORROW), unit(OP.RETURN_VALUE)),
    consts: [null], names: [], localsplusnames: ['x'], localspluskinds: Uint8Array.of(FAST.LOCAL),
    filename: 'f.py', name: 'f', qualname: 'f', firstlineno: 7, linetable: lines.finish(), exceptiontable: new Uint8Array(),
    ...changes,
  });
}

describe('opcodes', () => {
  it('have the numbers and cache counts of CPython 3.14', () => {
    expect([OP.RESUME, OP.LOAD_FAST, OP.CALL, OP.STORE_FAST_MAYBE_NULL]).toEqual([128, 84, 52, 266]);
    expect([CACHES[OP.LOAD_ATTR], CACHES[OP.BINARY_OP], CACHES[OP.FOR_ITER]]).toEqual([9, 5, 1]);
    expect(OPNAME[44]).toBe('BINARY_OP');
  });

  it('know their stack effects', () => {
    expect(stackEffect(OP.CALL, 3, false)).toBe(-4);
    expect(stackEffect(OP.UNPACK_EX, 0x0102, false)).toBe(3);
    expect(stackEffect(OP.LOAD_GLOBAL, 1, false)).toBe(2);
    expect(stackEffect(OP.SETUP_CLEANUP, 0, true)).toBe(2);
    expect(stackEffect(OP.BUILD_MAP, 2, false)).toBe(-3);
  });

  it('know jumps and terminators', () => {
    expect(hasJump(OP.FOR_ITER)).toBe(true);
    expect(isTerminator(OP.RERAISE)).toBe(true);
    expect(isTerminator(OP.FOR_ITER)).toBe(false);
  });
});

describe('the exception table', () => {
  it('keeps its entries through encoding', () => {
    const writer = new ExceptionTableWriter();
    writer.add(1, 70, 5000, 3, true);
    writer.add(70, 71, 6, 0, false);
    const table = decodeExceptionTable(writer.finish());
    expect([...table]).toEqual([1, 70, 5000, 7, 70, 71, 6, 0]);
    expect(lookupHandler(table, 69)).toEqual({ start: 1, end: 70, target: 5000, depth: 3, lasti: true });
    expect(lookupHandler(table, 0)).toBeNull();
    expect(lookupHandler(table, 71)).toBeNull();
  });
});

describe('the location table', () => {
  it('keeps every form of entry through encoding', () => {
    const writer = new LocationTableWriter(10);
    const entries = [
      [1, 10, 10, 3, 9], [20, 11, 11, 100, 120], [1, 9, 9, -1, -1], [2, -1, -1, -1, -1], [1, 12, 300, 5, 1000], [9, 13, 13, 200, 250],
    ] as const;
    for (const [units, line, endLine, col, endCol] of entries) writer.add(units, line, endLine, col, endCol);
    const positions = codePositions(sample({ firstlineno: 10, linetable: writer.finish() }));
    const expected = entries.flatMap(([units, lineno, endLineno, colOffset, endColOffset]) =>
      Array.from({ length: units }, () => ({ lineno, endLineno, colOffset, endColOffset })));
    expect(positions).toEqual(expected);
  });

  it('gives lines by unit', () => {
    expect(addr2line(sample(), 2)).toBe(8);
    expect(codeLines(sample())).toEqual([{ start: 0, end: 1, lineno: 7 }, { start: 1, end: 3, lineno: 8 }]);
  });
});

describe('serialisation', () => {
  const consts: Const[] = [
    null, true, false, 0, -1, 2 ** 40, -(2 ** 40), 2n ** 80n, -(2n ** 80n), new ConstFloat(-0), new ConstFloat(1.5), new ConstComplex(0, 2),
    'x', 'ä', '\u{1F600}', '\ud800', new ConstBytes(Uint8Array.of(0, 255)), ELLIPSIS, new ConstTuple([1, new ConstTuple([])]),
    new ConstFrozenSet(['a', 'b']), new ConstSlice(null, 1, null), sample(),
  ];

  it('keeps all fields and constants', () => {
    const code = sample({ consts, names: ['a', 'b'], qualname: 'g.<locals>.f' });
    expect(plainCode(decodeCode(encodeCode(code)))).toEqual(plainCode(code));
    expect(decodeCode(encodeCode(code)).nlocalsplus).toBe(code.nlocalsplus);
  });

  it('refuses damaged bytes', () => {
    const bytes = encodeCode(sample({ consts }));
    for (let i = 0; i < bytes.length; i++) {
      const damaged = bytes.slice();
      damaged[i]! ^= 0x41;
      expect(() => decodeCode(damaged)).toThrow(CorruptCodeError);
    }
    expect(() => decodeCode(bytes.subarray(0, 40))).toThrow(CorruptCodeError);
  });
});

describe('constant keys', () => {
  it('tell types and signs apart', () => {
    const keys = [1, new ConstFloat(1), true, new ConstFloat(0), new ConstFloat(-0), '1', new ConstTuple([1]), new ConstTuple([true])].map(constKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(constKey(new ConstFrozenSet([1, 2]))).toBe(constKey(new ConstFrozenSet([2, 1])));
  });
});

describe('the verifier and the disassembler', () => {
  it('accept and print good code', () => {
    expect(verifyCode(sample())).toEqual([]);
    expect(disassemble(sample()).split('\n').map((line) => line.trim())).toEqual([
      'RESUME                   0', 'LOAD_FAST_BORROW         0 (x)', 'RETURN_VALUE',
    ]);
  });

  it('name the faults of bad code', () => {
    const words = Uint16Array.of(unit(OP.POP_TOP), unit(OP.LOAD_CONST, 9), unit(OP.JUMP_FORWARD, 50));
    expect(verifyCode(sample({ words })).join('\n')).toContain('constant out of range');
    expect(verifyCode(sample({ words: Uint16Array.of(unit(OP.POP_TOP), unit(OP.RETURN_VALUE)) })).join()).toContain('needs 1 entries');
  });
});
