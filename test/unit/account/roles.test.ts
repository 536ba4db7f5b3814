import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withdrawConsent } from '../../../functions/account/consent.ts';
import { mirrorFromStripe } from '../../../functions/account/mirror-customer.ts';
import { removeMethod } from '../../../functions/account/remove-method.ts';
import { setRoles } from '../../../functions/account/roles.ts';
import { customerId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { agreed } from '../../twins/examples.ts';
import { openPage } from '../customer-api/fixtures/page.ts';

const by = { kind: 'member', email: 'ada@example.com' } as const;

/** What somebody may ask for, by the place of the method among the customer's. */
const wishes = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('roles' as const),
      primary: fc.nat(3),
      secondary: fc.option(fc.nat(3)),
      isAgreed: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('withdraw' as const), method: fc.nat(3) }),
    fc.record({
      kind: fc.constant('remove' as const),
      method: fc.nat(3),
      replacement: fc.option(fc.nat(3)),
    }),
  ),
  { maxLength: 6 },
);

test('no order of changes gives one method both roles, and Stripe charges the primary', async () => {
  await fc.assert(
    fc.asyncProperty(wishes, async (wanted) => {
      const { account, stripe, ids } = await openPage();
      const customer = customerId(ids.customer);
      const more = await Promise.all(
        ['pm_card_amex', 'pm_card_visa'].map((card) =>
          stripe.paymentMethods.attach(card, { customer: ids.customer }),
        ),
      );
      const methods = [ids.primary, ids.secondary, ...more.map(({ id }) => id)].map(
        paymentMethodId,
      );
      const nth = (place: number) => methods[place] ?? paymentMethodId(ids.primary);
      await mirrorFromStripe(account, customer);
      for (const each of wanted) {
        const wish = { customer, by, version: null };
        if (each.kind === 'roles') {
          await setRoles(account, wish, {
            primary: nth(each.primary),
            secondary: each.secondary === null ? null : nth(each.secondary),
            consent: each.isAgreed ? agreed : null,
          });
        } else if (each.kind === 'withdraw') {
          await withdrawConsent(account, wish, nth(each.method));
        } else {
          const replacement = each.replacement === null ? null : nth(each.replacement);
          await removeMethod(account, wish, nth(each.method), replacement);
        }
        const stored = await account.records.account(customer);
        const record = (id: string | null | undefined) =>
          stored?.methods.find(({ method }) => method === id);
        const [primary, secondary] = [stored?.customer.primary, stored?.customer.secondary];
        const atStripe = await stripe.customers.retrieve(ids.customer);
        const settings = atStripe.deleted ? null : atStripe.invoice_settings;
        expect(settings?.default_payment_method).toBe(primary);
        expect(record(primary)?.removedAt).toBeNull();
        expect(stored?.customer.unfinished).toEqual([]);
        if (secondary === null || secondary === undefined) continue;
        expect(secondary).not.toBe(primary);
        expect(record(secondary)?.fingerprint).not.toBe(record(primary)?.fingerprint);
        expect(record(secondary)).toMatchObject({ removedAt: null });
        expect(record(secondary)?.consent).not.toBeNull();
      }
    }),
    { numRuns: 25 },
  );
});
