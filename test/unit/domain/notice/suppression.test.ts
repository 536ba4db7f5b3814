import { expect, test } from 'vitest';
import {
  liftSuppression,
  type Suppression,
  standingSuppression,
  suppress,
  suppressionFact,
} from '../../../../functions/domain/notice/suppression.ts';
import { personOf } from '../../../../functions/runtime/hash.ts';
import { noon } from '../../../twins/examples.ts';

const person = personOf('ada@example.com');
const bounced: Suppression = { person, why: 'bounce', at: noon, liftedAt: null, version: 1 };
const lifted = liftSuppression(bounced, noon + 100);
const found = { person, why: 'complaint', mailedAt: noon + 50 } as const;

test('an address that sent a mail back is given up once, for the first reason', () => {
  expect(suppress(null, { ...found, why: 'bounce' }, noon)).toEqual(bounced);
  expect(suppress(bounced, found, noon + 60)).toBeNull();
  expect(standingSuppression(bounced)).toBe('bounce');
  expect(standingSuppression(null)).toBeNull();
});

test('what staff lifted stays lifted, whatever mails from before tell', () => {
  expect(standingSuppression(lifted)).toBeNull();
  expect(suppress(lifted, found, noon + 200)).toBeNull();
  expect(suppress(lifted, { ...found, mailedAt: noon + 100 }, noon + 200)).toBeNull();
});

test('a mail from after that is another fact', () => {
  const again = suppress(lifted, { ...found, mailedAt: noon + 101 }, noon + 200);
  expect(again).toEqual({ person, why: 'complaint', at: noon + 200, liftedAt: null, version: 3 });
  expect(again && suppressionFact(again)).not.toBe(suppressionFact(bounced));
});
