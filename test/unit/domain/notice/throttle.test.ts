import { expect, test } from 'vitest';
import { throttleDelaySeconds } from '../../../../functions/domain/notice/throttle.ts';
import { noon } from '../../../twins/examples.ts';

test('the waits double, from half a minute to a quarter of an hour', () => {
  const waits: number[] = [];
  let now = noon;
  for (let times = 0; times < 8; times += 1) {
    const seconds = throttleDelaySeconds(noon, now);
    waits.push(seconds);
    now += seconds * 1000;
  }
  expect(waits).toEqual([30, 30, 60, 120, 240, 480, 900, 900]);
});

test('a clock that runs behind makes no wait shorter', () => {
  expect(throttleDelaySeconds(noon, noon - 5_000)).toBe(30);
});
