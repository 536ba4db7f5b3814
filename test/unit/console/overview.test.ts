import { expect, test } from 'vitest';
import { noTroubles } from '../../../local/cloud/troubles.ts';
import { type Overview, renderOverview } from '../../../local/console/page/overview.ts';
import type { Happening } from '../../../local/console/record.ts';
import { viewFunctions } from '../../../local/console/view/functions-view.ts';
import { failed, logged, planOf, started, succeeded, told } from './happenings.ts';

const pageOf = (happenings: readonly Happening[]): string => {
  const view: Overview = {
    now: 100,
    news: undefined,
    cases: [],
    functions: viewFunctions([planOf('Retry')], happenings),
    queues: [],
    rules: [],
    denied: [],
    troubles: noTroubles,
    stopped: [],
  };
  return renderOverview(view).markup;
};
const error = { name: 'Error', message: 'SES did not answer', stack: 'Error\n at somewhere' };
const run = { id: 'a', at: 1 };

test.each([
  ['not run yet', []],
  ['running', [started(run)]],
  ['no errors', [started(run), succeeded(run, 5)]],
  ['1 error', [started(run), failed(run, 'out of luck')]],
  [
    'ran with trouble',
    [started(run), logged(run, 'A message failed', { error }, 'ERROR'), succeeded(run, 5)],
  ],
] as const)('a function is %s', (state, records) => {
  expect(pageOf(told(records))).toMatch(new RegExp(`<span class="tag [a-z]+">${state}</span>`));
});

test('trouble is said once, without its stack', () => {
  const page = pageOf(
    told([started(run), logged(run, 'A message <b>failed', { error }, 'ERROR'), succeeded(run, 5)]),
  );
  expect(page.split('A message &lt;b&gt;failed: error SES did not answer')).toHaveLength(2);
  expect(page).not.toContain('somewhere');
});
