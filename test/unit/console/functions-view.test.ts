import { expect, test } from 'vitest';
import { median, viewFunctions } from '../../../local/console/view/functions-view.ts';
import { failed, logged, planOf, started, succeeded, told } from './happenings.ts';

test.each([
  [[], undefined],
  [[5], 5],
  [[9, 1, 5], 5],
  [[1, 100, 3, 5], 4],
])('the median of %o is %o', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('a function that did nothing yet has no times', () => {
  expect(viewFunctions([planOf('MailEvents')], [])).toEqual([
    {
      room: 'mail-events',
      functionName: planOf('MailEvents').name,
      running: 0,
      invocations: 0,
      errors: 0,
      coldStarts: 0,
      lastAt: undefined,
      lastMilliseconds: undefined,
      medianMilliseconds: undefined,
      said: undefined,
      trouble: undefined,
    },
  ]);
});

test('counts runs, errors and cold starts of each function alone, and knows what it said', () => {
  const happenings = told([
    started({ id: 'a' }),
    succeeded({ id: 'a', at: 10 }, 30, true),
    started({ id: 'b' }),
    logged({ id: 'b', at: 15 }, 'A message failed', { error: 'no table' }, 'ERROR'),
    failed({ id: 'b', at: 20 }, 'out of luck'),
    started({ id: 'c' }),
    logged({ id: 'c', at: 30 }, 'Charging', { attempt: 1 }),
    started({ id: 'd', room: 'Sweep' }),
  ]);
  const [retry, sweep] = viewFunctions([planOf('Retry'), planOf('Sweep')], happenings);
  expect(retry).toMatchObject({
    running: 1,
    invocations: 2,
    errors: 1,
    coldStarts: 1,
    lastAt: 20,
    lastMilliseconds: 1,
    medianMilliseconds: 15.5,
    said: { at: 30, text: 'Charging: attempt 1' },
    trouble: { at: 20, text: 'out of luck' },
  });
  expect(sweep).toMatchObject({ running: 1, invocations: 0, said: undefined, trouble: undefined });
});

test('a run that Lambda refused to start is an error, and does not run', () => {
  const { kind, record, at } = started({ id: 'a', at: 3 });
  const error = { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' };
  const [view] = viewFunctions(
    [planOf('Retry')],
    told([{ kind, at, record: { ...record, state: 'refused', error } }]),
  );
  expect(view).toMatchObject({
    running: 0,
    invocations: 0,
    errors: 1,
    trouble: { at: 3, text: 'Rate Exceeded.' },
  });
});
