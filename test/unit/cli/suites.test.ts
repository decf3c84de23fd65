import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { calibrationOf } from '../../../daemon/cli/calibration';
import { loadSuite } from '../../../daemon/cli/suites';
import type { Installation } from '../../../daemon/installation';

const folder = () => mkdtempSync(path.join(tmpdir(), 'suite-'));
const context = (cwd: string) => ({
  cwd,
  home: path.join(cwd, 'home'),
  installation: { root: path.resolve('.') } as Installation,
});

function written(cases: unknown): string {
  const at = folder();
  writeFileSync(path.join(at, 'suite.json'), typeof cases === 'string' ? cases : JSON.stringify({ name: 'x', cases }));
  return at;
}

describe('loadSuite', () => {
  it('reads a folder: files beside suite.json, patterns that ignore case', () => {
    const at = written([{ group: 'sound', files: ['files/a.wav'], question: 'What is this?', accept: '\\bdog\\b' }]);
    const [one] = loadSuite(at, context('/'));
    expect(one).toMatchObject({ group: 'sound', files: [path.join(at, 'files/a.wav')], question: 'What is this?' });
    expect(one!.accept.test('A Dog barks.')).toBe(true);
    expect(one!.accept.test('A hotdog.')).toBe(false);
  });

  it('has the questions about the samples', () => {
    const cases = loadSuite('smoke', context(folder()));
    expect(cases.length).toBeGreaterThan(5);
    expect(new Set(cases.map((c) => c.group))).toContain('photograph');
  });

  it('says how the held-out suite is made where it is not there', () => {
    expect(() => loadSuite('nano', context(folder()))).toThrow(/data\.suite/);
  });

  it.each([
    ['{', /is no suite/],
    [JSON.stringify({ cases: [] }), /not empty/],
    [JSON.stringify({ cases: [{ group: 'a', files: [], question: 'q', accept: 'x' }] }), /case 1/],
    [JSON.stringify({ cases: [{ group: 'a', files: ['f'], question: 'q', accept: '(' }] }), /case 1.*[Rr]egular/],
    [JSON.stringify({ cases: [null] }), /case 1/],
  ])('refuses %s', (text, message) => {
    expect(() => loadSuite(written(text), context('/'))).toThrow(message);
  });
});

describe('calibrationOf', () => {
  it('is the mean distance of confidence and share right, bin by bin', () => {
    const sure = Array.from({ length: 8 }, (_, i) => ({ confidence: 0.95, right: i < 6 }));
    const unsure = [
      { confidence: 0.25, right: false },
      { confidence: 0.25, right: false },
    ];
    const { error, bins } = calibrationOf([...sure, ...unsure]);
    // 0.8 * |0.95 - 0.75| + 0.2 * |0.25 - 0|
    expect(error).toBeCloseTo(0.21, 10);
    expect(bins.map(({ from, asked, right }) => [from, asked, right])).toEqual([
      [0.2, 2, 0],
      [0.9, 8, 0.75],
    ]);
  });

  it('takes full confidence into the last bin, and is 0 without answers', () => {
    expect(calibrationOf([{ confidence: 1, right: true }])).toMatchObject({ error: 0, bins: [{ from: 0.9 }] });
    expect(calibrationOf([])).toEqual({ error: 0, bins: [] });
  });
});
