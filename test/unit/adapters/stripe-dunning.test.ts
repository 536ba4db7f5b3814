import { describe, expect, test } from 'vitest';
import { createStripeGateway } from '../../../functions/adapters/stripe-gateway.ts';
import { stripeSdk } from '../../../functions/adapters/stripe-sdk.ts';
import { invoiceId, paymentMethodId, subscriptionId } from '../../../functions/domain/ids.ts';
import { openWorld, pastDue } from '../local-stripe/world.ts';

async function openPastDue() {
  const world = await openWorld();
  const { local, stripe } = world;
  const ada = await pastDue(world);
  const dunning = createStripeGateway({
    apiKey: { value: async () => local.apiKey, forget: () => undefined },
    connect: stripeSdk({ livemode: false, apiBase: `http://127.0.0.1:${local.port}` }),
  });
  return {
    stripe,
    dunning,
    invoice: invoiceId(ada.invoice),
    subscription: subscriptionId(ada.subscription),
    primary: paymentMethodId(ada.primary),
    secondary: paymentMethodId(ada.secondary),
    read: () => stripe.subscriptions.retrieve(ada.subscription),
    setDefault: (method: string) =>
      stripe.subscriptions.update(ada.subscription, { default_payment_method: method }),
  };
}

describe('restoreDefault', () => {
  test('sets back what a fallback had moved, and again without harm', async () => {
    const { dunning, subscription, primary, secondary, read, setDefault } = await openPastDue();
    await setDefault(secondary);
    const before = { subscription, method: primary };
    expect(await dunning.restoreDefault(before, secondary, 'key-1')).toBe(true);
    expect((await read()).default_payment_method).toBe(primary);
    expect(await dunning.restoreDefault(before, secondary, 'key-1')).toBe(true);
  });

  test("lets the customer's own be charged again where the subscription had none", async () => {
    const { dunning, subscription, secondary, read, setDefault } = await openPastDue();
    await setDefault(secondary);
    const before = { subscription, method: null };
    expect(await dunning.restoreDefault(before, secondary, 'key-1')).toBe(true);
    expect((await read()).default_payment_method).toBeNull();
  });

  test('leaves none where what it was is detached by then', async () => {
    const { stripe, dunning, subscription, primary, secondary, read, setDefault } =
      await openPastDue();
    await setDefault(secondary);
    await stripe.paymentMethods.detach(primary);
    const before = { subscription, method: primary };
    for (const _ of ['once', 'again']) {
      expect(await dunning.restoreDefault(before, secondary, 'key-1')).toBe(false);
      expect((await read()).default_payment_method).toBeNull();
    }
  });

  test('leaves what somebody has chosen since, and what has ended', async () => {
    const { stripe, dunning, subscription, primary, secondary, read, setDefault } =
      await openPastDue();
    await setDefault(primary);
    const before = { subscription, method: null };
    expect(await dunning.restoreDefault(before, secondary, 'key-1')).toBe(false);
    expect((await read()).default_payment_method).toBe(primary);
    await stripe.subscriptions.cancel(subscription);
    expect(await dunning.restoreDefault(before, primary, 'key-2')).toBe(false);
    const gone = { subscription: subscriptionId('sub_none'), method: null };
    expect(await dunning.restoreDefault(gone, primary, 'key-3')).toBe(false);
  });
});

describe('endDunning', () => {
  test('marks the invoice uncollectible; a second time it is done already', async () => {
    const { stripe, dunning, invoice, subscription } = await openPastDue();
    const end = { invoice, subscription, action: 'mark_uncollectible' } as const;
    expect(await dunning.endDunning(end, 'key-1')).toBeNull();
    expect((await stripe.invoices.retrieve(invoice)).status).toBe('uncollectible');
    expect(await dunning.endDunning(end, 'key-1')).toBeNull();
    expect(await dunning.endDunning(end, 'key-2')).toMatchObject({ refused: true });
  });

  test('cancels the subscription at once, with no last invoice', async () => {
    const { stripe, dunning, invoice, subscription, read } = await openPastDue();
    const end = { invoice, subscription, action: 'cancel_subscription' } as const;
    expect(await dunning.endDunning(end, 'key-1')).toBeNull();
    const { status, latest_invoice: latest } = await read();
    expect({ status, latest }).toEqual({ status: 'canceled', latest: invoice });
    expect((await stripe.invoices.retrieve(invoice)).status).toBe('open');
    expect(await dunning.endDunning(end, 'key-2')).toMatchObject({ refused: true });
  });

  test('pauses the subscription, leaves the invoice open, and resumes', async () => {
    const { stripe, dunning, invoice, subscription, read } = await openPastDue();
    const end = { invoice, subscription, action: 'pause_subscription' } as const;
    expect(await dunning.endDunning(end, 'key-1')).toBeNull();
    expect((await read()).pause_collection).toMatchObject({ behavior: 'void' });
    expect((await stripe.invoices.retrieve(invoice)).status).toBe('open');
    await dunning.resumeCollection(subscription, 'key-2');
    expect((await read()).pause_collection).toBeNull();
  });

  test("another's pause is not ended", async () => {
    const { stripe, dunning, subscription, read } = await openPastDue();
    await stripe.subscriptions.update(subscription, {
      pause_collection: { behavior: 'keep_as_draft' },
    });
    await dunning.resumeCollection(subscription, 'key-1');
    expect((await read()).pause_collection).toMatchObject({ behavior: 'keep_as_draft' });
  });

  test('has nothing to cancel for an invoice without subscription', async () => {
    const { dunning, invoice } = await openPastDue();
    const end = { invoice, subscription: null, action: 'cancel_subscription' } as const;
    expect(await dunning.endDunning(end, 'key-1')).toBeNull();
  });
});
