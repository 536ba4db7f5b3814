import { expect, test } from 'vitest';
import { canStillBlock } from '../../../../functions/domain/pass/is-outlived.ts';
import { cardMethod, failedCharge } from '../../../twins/examples.ts';

const method = cardMethod({ fingerprint: 'fp', expMonth: 11, expYear: 2031 });
const charged = { fingerprint: 'fp', expMonth: 12, expYear: 2030 };

test('a dead card stays dead when only its expiry changes', () => {
  expect(canStillBlock(failedCharge('lost_card', charged), method)).toBe(true);
  const other = { ...charged, fingerprint: 'other' };
  expect(canStillBlock(failedCharge('lost_card', other), method)).toBe(false);
  expect(canStillBlock(failedCharge('lost_card', { ...charged, fingerprint: null }), method)).toBe(
    false,
  );
});

test('what was wrong with the data of before says nothing of those of today', () => {
  expect(canStillBlock(failedCharge('expired_card', charged), method)).toBe(false);
  const same = { ...charged, expMonth: method.expMonth, expYear: method.expYear };
  expect(canStillBlock(failedCharge('expired_card', same), method)).toBe(true);
});

test('a try that was not refused blocks nothing', () => {
  const paid = failedCharge('lost_card', { ...charged, codes: null, status: 'succeeded' });
  expect(canStillBlock(paid, method)).toBe(false);
});
