import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invoiceId } from '../../../../functions/domain/ids.ts';
import { jitterMs } from '../../../../functions/domain/schedule/jitter.ts';
import { hourMs } from '../../../../functions/domain/time.ts';

test('the invoices of one renewal day are spread over an hour, each always alike', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^in_[A-Za-z0-9]{24}$/), (id) => {
      expect(jitterMs(invoiceId(id))).toBe(jitterMs(invoiceId(id)));
      expect(jitterMs(invoiceId(id))).toBeGreaterThanOrEqual(0);
      expect(jitterMs(invoiceId(id))).toBeLessThan(hourMs);
    }),
  );
  const tenths = new Set(
    Array.from({ length: 500 }, (_, index) =>
      Math.floor(jitterMs(invoiceId(`in_${index}`)) / (hourMs / 10)),
    ),
  );
  expect(tenths.size).toBe(10);
});
