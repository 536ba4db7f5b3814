import { describe, expect, test } from 'vitest';
import {
  addTallies,
  closingLine,
  countTests,
  type Expectations,
} from '../../../tools/count-results.ts';

const expectations: Expectations = {
  root: '/home/me/backstop',
  projects: ['unit'],
  testFiles: ['test/unit/money.test.ts'],
};

/** A file of the report, shaped as vitest 5 writes it. */
function file(
  statuses: Record<string, string>,
  rest: { status?: string; message?: string; name?: string } = {},
) {
  return {
    name: '/home/me/backstop/test/unit/money.test.ts',
    status: 'passed',
    message: '',
    startTime: 1795304538618,
    endTime: 1795304538631.2537,
    assertionResults: Object.entries(statuses).map(([fullName, status]) => ({
      ancestorTitles: [],
      fullName,
      title: fullName,
      status,
      failureMessages: [],
      meta: {},
    })),
    ...rest,
  };
}

const report = (...testResults: unknown[]) => ({ success: true, numTotalTests: 1, testResults });

test('tests that passed are counted, and nothing else is said', () => {
  const tally = countTests(report(file({ a: 'passed', b: 'passed' })), 0, expectations);
  expect(tally).toEqual({ passed: 2, failures: [] });
  expect(closingLine(tally)).toBe('2 passed, 0 failed');
});

describe('counts as failed, and is named:', () => {
  test.each([
    ['failed', '"b" failed'],
    ['skipped', '"b" was not run (skipped)'],
    ['pending', '"b" was not run (pending)'],
    ['disabled', '"b" was not run (disabled)'],
    ['todo', '"b" is still to be written'],
  ])('a test that is %s', (status, words) => {
    const tally = countTests(report(file({ a: 'passed', b: status })), 1, expectations);
    expect(tally).toEqual({ passed: 1, failures: [`test/unit/money.test.ts: ${words}`] });
  });

  test('a skipped test even though vitest itself ended well', () => {
    const tally = countTests(report(file({ a: 'skipped' })), 0, expectations);
    expect(closingLine(tally)).toBe('0 passed, 1 failed');
  });

  test('an `only`: the test that carries it, and those it keeps from running', () => {
    const tally = countTests(report(file({ a: 'failed', b: 'skipped' })), 1, expectations);
    expect(tally.failures).toHaveLength(2);
  });

  test('a file that could not be loaded', () => {
    const broken = file(
      {},
      { status: 'failed', message: "Cannot find module './x.ts'\n    at somewhere" },
    );
    expect(countTests(report(broken), 1, expectations)).toEqual({
      passed: 0,
      failures: ["test/unit/money.test.ts: Cannot find module './x.ts'"],
    });
  });

  test('a file without tests', () => {
    expect(countTests(report(file({})), 0, expectations)).toEqual({
      passed: 0,
      failures: ['test/unit/money.test.ts: has no tests'],
    });
  });

  test('a suite without tests beside one that passed', () => {
    const half = file({ a: 'passed' }, { status: 'failed' });
    expect(countTests(report(half), 1, expectations)).toEqual({
      passed: 1,
      failures: ['test/unit/money.test.ts: failed outside of its tests'],
    });
  });

  test('a hook that failed, and the tests behind it', () => {
    const hook = file({ a: 'skipped' }, { status: 'failed', message: 'no table' });
    expect(countTests(report(hook), 1, expectations).failures).toEqual([
      'test/unit/money.test.ts: "a" was not run (skipped)',
      'test/unit/money.test.ts: no table',
    ]);
  });

  test('a test file that no project includes', () => {
    const testFiles = [...expectations.testFiles, 'test/oops/lost.test.ts'];
    const tally = countTests(report(file({ a: 'passed' })), 0, { ...expectations, testFiles });
    expect(tally.failures).toEqual([
      'test/oops/lost.test.ts: belongs to no project of vitest.config.ts, and was not run',
    ]);
  });

  test('a project that found no tests', () => {
    const projects = ['unit', 'contract'];
    const tally = countTests(report(file({ a: 'passed' })), 0, { ...expectations, projects });
    expect(tally.failures).toEqual(['test/contract: the project contract has no tests']);
  });

  test('no test at all', () => {
    const nothing = { ...expectations, testFiles: [] };
    expect(countTests(report(), 0, nothing).failures).toEqual([
      'test/unit: the project unit has no tests',
    ]);
  });

  test.each([undefined, null, 'text', {}, { testResults: [{}] }])(
    'a report that is %j',
    (value) => {
      expect(countTests(value, 0, expectations)).toEqual({
        passed: 0,
        failures: ['vitest wrote no report that can be read'],
      });
    },
  );

  test.each([
    [1, 'vitest ended with 1, although every test passed'],
    [null, 'vitest ended with a signal, although every test passed'],
  ])('an error outside of every test: exit code %j', (exitCode, words) => {
    const tally = countTests(report(file({ a: 'passed' })), exitCode, expectations);
    expect(tally).toEqual({ passed: 1, failures: [words] });
  });
});

test('the checks beside the tests count as one each', () => {
  const tally = addTallies([
    { passed: 1, failures: [] },
    { passed: 0, failures: ['Style: biome ended with 1'] },
    { passed: 40, failures: ['test/unit/a.test.ts: "b" failed'] },
  ]);
  expect(tally.failures).toEqual(['Style: biome ended with 1', 'test/unit/a.test.ts: "b" failed']);
  expect(closingLine(tally)).toBe('41 passed, 2 failed');
});
