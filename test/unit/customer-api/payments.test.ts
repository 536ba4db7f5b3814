import { expect, test } from 'vitest';
import { openPage } from './fixtures/page.ts';

test('recent payments are what Stripe shows, newest first, with what paid them', async () => {
  const page = await openPage({ owes: true });
  const told = await page.ask('GET /portal/payments');
  expect(told).toMatchObject({
    status: 200,
    body: {
      payments: [
        {
          invoice: page.ids.invoice,
          status: 'open',
          amountDue: { amount: 2900, currency: 'usd' },
          paidWith: null,
          hostedInvoiceUrl: expect.stringContaining('http'),
        },
        {
          status: 'paid',
          total: { amount: 2900, currency: 'usd' },
          amountDue: { amount: 0, currency: 'usd' },
          paidWith: { type: 'card', brand: 'visa', last4: '4242' },
          createdAt: '2026-01-31T09:30:00.000Z',
          invoicePdf: expect.stringContaining('http'),
        },
      ],
      nextCursor: null,
    },
  });
});

test('the rest of them is on the next page', async () => {
  const page = await openPage();
  for (let each = 0; each < 11; each += 1) {
    const { id } = await page.stripe.invoices.create({ customer: page.ids.customer });
    await page.stripe.invoices.finalizeInvoice(id);
  }
  const first = await page.ask('GET /portal/payments');
  // As the route answers; the test before shows with what.
  const { payments, nextCursor } = first.body as { payments: object[]; nextCursor: string };
  expect(payments).toHaveLength(10);
  const second = await page.ask('GET /portal/payments', { query: { cursor: nextCursor } });
  expect(second).toMatchObject({
    status: 200,
    body: { payments: [{}, { invoice: page.ids.invoice }], nextCursor: null },
  });
  expect(await page.ask('GET /portal/payments', { query: { cursor: 'in_none' } })).toMatchObject({
    status: 404,
  });
});

test('what was paid outside of Stripe names no method', async () => {
  const page = await openPage({ owes: true });
  await page.stripe.invoices.pay(page.ids.invoice, { paid_out_of_band: true });
  const told = await page.ask('GET /staff/customers/{customer}/payments', {
    path: { customer: page.ids.customer },
  });
  expect(told).toMatchObject({
    status: 200,
    body: { payments: [{ status: 'paid', paidWith: null }, {}] },
  });
});
