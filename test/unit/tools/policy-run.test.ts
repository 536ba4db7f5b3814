import { expect, it } from 'vitest';
import { runPolicy } from '../../../tools/policy/run-policy.ts';
import { tellComparison } from '../../../tools/policy/tell-comparison.ts';
import { backup, failureOf } from './policy-failure.ts';

const files: Record<string, string> = {
  '/here/a.json': '{}',
  '/here/b.json': '{"retryAfterDays": [3, 3, 3, 3]}',
  '/there/a.json': '{"retryAfterDays": [7]}',
  '/here/cases.jsonl': [
    failureOf({ secondary: backup }),
    failureOf({
      later: {
        tries: [
          { at: '2026-03-05T09:00:00Z', role: 'primary', paid: true },
          { at: '2026-03-06T09:00:00Z', role: 'primary', paid: false },
        ],
      },
    }),
  ]
    .map((failure) => JSON.stringify(failure))
    .join('\n'),
};

const run = (line: string, told: string[] = []) =>
  runPolicy(line.split(' '), {
    readText: (file) => files[file] ?? '',
    onProgress: (played, total) => told.push(`${played}/${total}`),
    madeUp: 12,
  });

/** A line that somebody could quote without the page. */
const hasFigure = (line: string) => /\d/.test(line);

it('says simulated on every header and on every line with a figure', async () => {
  const ran = await Promise.all([
    run('--policy /here/a.json --demo'),
    run('--policy /here/a.json --against /here/b.json --demo --seed 2'),
    run('--policy /here/a.json --against /here/b.json --cases /here/cases.jsonl'),
  ]);
  for (const { code, output } of ran) {
    expect(code).toBe(0);
    const lines = output.split('\n');
    for (const line of lines.filter(hasFigure)) expect(line).toMatch(/simulated/i);
    expect(lines.find((line) => line.includes('a.json') && !hasFigure(line))).toMatch(/^simulated/);
  }
});

it('tells of two policies side by side, and of what differs', async () => {
  const told: string[] = [];
  const { output } = await run('--policy /here/a.json --against /here/b.json --demo', told);
  expect(output).toContain('Simulated: 12 made-up failures, seed 1. Nothing was charged.');
  expect(output).toMatch(/^simulated +a\.json +b\.json +difference$/m);
  const share = String.raw`\d+\.\d % \(\d+\.\d to \d+\.\d\)`;
  const points = String.raw`[+-]?\d+\.\d points \([+-]?\d+\.\d to [+-]?\d+\.\d\)`;
  expect(output).toMatch(
    new RegExp(`^simulated  recovered cases +${share} +${share} +${points}$`, 'm'),
  );
  expect(output).toMatch(/^simulated {2}breaches of a card network's rule +0 +0$/m);
  expect(told.at(0)).toBe('1/132');
  expect(told.at(-1)).toBe('132/132');
});

it('says the same of the same seed, and nothing of a difference between a policy and itself', async () => {
  const once = await run('--policy /here/a.json --against /here/a.json --demo');
  expect(await run('--policy /here/a.json --against /here/a.json --demo')).toEqual(once);
  expect(once.output).toMatch(/recovered cases .* 0\.0 points \(0\.0 to 0\.0\)$/m);
});

it('tells files of one name apart', async () => {
  const { output } = await run('--policy /here/a.json --against /there/a.json --demo');
  expect(output).toMatch(/^simulated +\/here\/a\.json +\/there\/a\.json/m);
});

it('warns of too few failures, and of histories that it cannot explain', async () => {
  const { output } = await run('--policy /here/a.json --cases /here/cases.jsonl');
  expect(output).toContain('Simulated: 2 recorded failures of cases.jsonl, seed 1.');
  expect(output).toContain('Simulated from 2 failures only');
  expect(output).toContain('Simulated with 1 recorded histories that the model could not have had');
});

it('tells of each breach that it is a fault', () => {
  const what = 'visa c1 at 2026-03-02T06:00:07.000Z, after stolen_card';
  const breach = { rule: 'never_again', what } as const;
  const comparison = { failures: 200, unexplained: 0, rows: [], breaches: [[breach]] };
  const told = tellComparison(comparison, ['a.json'], '200 made-up failures, seed 1');
  expect(told).toMatch(/^simulated +breaches of a card network's rule +1$/m);
  expect(told).toContain(`  simulated: never_again: ${what}`);
});
