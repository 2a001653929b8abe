/** The conformance runner's judgement: journals of processes that crashed, and what counts as unexpected. */
import { describe, expect, test } from 'vitest';
import { compareModule } from './expectations.ts';
import { parseFeatures, selectModules } from './features.ts';
import { readJournal, type ModuleResult } from './journal.ts';

const END = { seconds: 1, end: 'killed by SIGSEGV' };
const lines = (...entries: object[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
const PLAN = { event: 'plan', cases: ['test.m.A.one', 'test.m.A.two', 'test.m.B.three'] };

describe('a journal', () => {
  test('keeps what ran before a crash, and counts the rest as lost', () => {
    const text = `${lines(PLAN, { event: 'start', case: 'test.m.A.one' }, { event: 'end', case: 'test.m.A.one', outcome: 'passed' }, { event: 'start', case: 'test.m.A.two' })}{"event": "en`;
    const { cases, problem } = readJournal('m', text, END);
    expect(Object.values(cases).map((result) => result.outcome)).toEqual(['passed', 'lost', 'lost']);
    expect(cases['test.m.A.two']!.detail).toBe('did not end: killed by SIGSEGV');
    expect(problem).toBeNull();
  });

  test('gives the cases of a class the outcome of its setUpClass', () => {
    const { cases } = readJournal('m', lines(PLAN, { event: 'fixture', scope: 'test.m.A', outcome: 'skipped', detail: 'no' }, { event: 'done' }), END);
    expect(Object.values(cases).map((result) => result.outcome)).toEqual(['skipped', 'skipped', 'lost']);
  });

  test('says why a module could not be imported', () => {
    expect(readJournal('m', lines({ event: 'import', outcome: 'failed', detail: 'ImportError' }), END).problem).toBe('ImportError');
    expect(readJournal('m', '', END).problem).toContain('killed by SIGSEGV');
  });
});

describe('a comparison', () => {
  const result = (outcomes: Record<string, 'passed' | 'failed' | 'skipped'>): ModuleResult => ({
    module: 'm', cases: Object.fromEntries(Object.entries(outcomes).map(([name, outcome]) => [`test.m.${name}`, { outcome, detail: '' }])), problem: null, skipped: false, ...END,
  });

  test('asks only for cases that pass on CPython', () => {
    const compared = compareModule(result({ a: 'passed', b: 'failed', c: 'failed' }), result({ a: 'passed', b: 'passed', c: 'failed' }), new Map());
    expect([compared.expected, compared.passed, compared.unexpectedFailures]).toEqual([2, 1, ['b']]);
  });

  test('finds known failures that pass by now, and a line that no case has', () => {
    const compared = compareModule(result({ a: 'passed', b: 'failed' }), result({ a: 'passed', b: 'passed' }), new Map([['a', 'why'], ['b', 'why'], ['gone', 'why']]));
    expect(compared.unexpectedFailures).toEqual([]);
    expect(compared.unexpectedPasses).toEqual(['a', 'gone']);
  });

  test('takes a line for the whole module', () => {
    expect(compareModule(result({}), result({ a: 'passed' }), new Map([['*', 'why']])).unexpectedFailures).toEqual([]);
  });
});

test('a feature that is left out runs only when named', () => {
  const features = parseFeatures('# comment\none: test_a test_b\ntwo: test_c\nwithout two: reason\n');
  expect(selectModules(features, [])).toEqual(['test_a', 'test_b']);
  expect(selectModules(features, ['two', 'test.test_d'])).toEqual(['test_c', 'test_d']);
});
