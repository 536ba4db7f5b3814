import { describe, expect, test } from 'vitest';
import { createStripeGateway } from '../../../functions/adapters/stripe-gateway.ts';
import { stripeSdk } from '../../../functions/adapters/stripe-sdk.ts';
import { StripeConfigurationError } from '../../../functions/domain/charging-switch.ts';
import { theInvoice, thePrimary } from '../../twins/examples.ts';
import { type Reaction, startHttpStripe } from '../../twins/http-stripe.ts';

// The real SDK makes the errors, out of answers as they come over the wire.

async function createWorld(toPay: Reaction, invoice: Reaction = open, key = 'sk_test_1') {
  const http = await startHttpStripe(({ method }) => (method === 'POST' ? toPay : invoice));
  let forgotten = 0;
  const gateway = createStripeGateway({
    apiKey: {
      value: async () => key,
      forget: () => {
        forgotten += 1;
      },
    },
    connect: stripeSdk({ livemode: false, apiBase: http.url }),
  });
  return {
    http,
    gateway,
    forgotten: () => forgotten,
    pay: () => gateway.pay(theInvoice, thePrimary, 'backstop-in_1-1-pm_primary'),
  };
}

const invoiceOf = (status: string): Reaction => ({
  status: 200,
  body: { id: theInvoice, object: 'invoice', status },
});
const open = invoiceOf('open');
const refused = (status: number, error: Record<string, unknown>): Reaction => ({
  status,
  body: { error: { message: 'A message with a customer in it.', ...error } },
});

test('the request names method, off-session and our key, once', async () => {
  const { http, pay } = await createWorld(invoiceOf('paid'));
  await pay();
  expect(http.requests).toHaveLength(1);
  const [request] = http.requests;
  expect(request?.path).toBe('/v1/invoices/in_1/pay');
  expect(request?.headers['idempotency-key']).toBe('backstop-in_1-1-pm_primary');
  expect(Object.fromEntries(request?.body ?? [])).toEqual({
    payment_method: 'pm_primary',
    off_session: 'true',
  });
});

describe('what Stripe answers', () => {
  test.each([
    ['paid', { kind: 'paid' }],
    // A bank debit leaves the invoice open while it is on its way.
    ['open', { kind: 'processing' }],
  ])('an invoice that is %s', async (status, answer) => {
    const { pay } = await createWorld(invoiceOf(status));
    expect(await pay()).toEqual(answer);
  });

  test('402: a definite decline, with all its codes', async () => {
    const { pay } = await createWorld(
      refused(402, {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'insufficient_funds',
        advice_code: 'try_again_later',
        network_advice_code: '02',
        network_decline_code: '51',
        charge: 'ch_1',
      }),
    );
    expect(await pay()).toEqual({
      kind: 'declined',
      charge: 'ch_1',
      codes: {
        code: 'card_declined',
        declineCode: 'insufficient_funds',
        adviceCode: 'try_again_later',
        networkAdviceCode: '02',
        networkDeclineCode: '51',
      },
    });
  });

  test.each([
    ['processing_error', { code: 'processing_error' }],
    ['a code of tomorrow', { code: 'card_declined', decline_code: 'of_tomorrow' }],
  ])('402 with %s is definite too', async (_, error) => {
    const { pay } = await createWorld(refused(402, { type: 'card_error', ...error }));
    expect(await pay()).toMatchObject({ kind: 'declined' });
  });

  test.each([
    [402, { type: 'card_error', code: 'card_declined', decline_code: 'authentication_required' }],
    [402, { type: 'card_error', code: 'authentication_required' }],
    [400, { type: 'invalid_request_error', code: 'invoice_payment_intent_requires_action' }],
  ])('%i %j asks for the customer', async (status, error) => {
    const { pay } = await createWorld(refused(status, error));
    expect(await pay()).toMatchObject({ kind: 'requires_action' });
  });

  test.each([
    [429, { type: 'invalid_request_error', code: 'rate_limit' }],
    [429, { type: 'invalid_request_error', code: 'lock_timeout' }],
  ])('%i %j was not executed', async (status, error) => {
    const { pay } = await createWorld(refused(status, error));
    expect(await pay()).toMatchObject({ kind: 'not_executed' });
  });

  test('409: the first request under the key is still under way', async () => {
    const error = { type: 'idempotency_error', code: 'idempotency_key_in_use' };
    const { pay } = await createWorld(refused(409, error));
    expect(await pay()).toMatchObject({ kind: 'unknown' });
  });

  test('other parameters under one key are our mistake, and no answer', async () => {
    const { pay } = await createWorld(refused(400, { type: 'idempotency_error' }));
    await expect(pay()).rejects.toThrow();
  });

  test.each([500, 502, 503])('%i: the charge may have happened', async (status) => {
    const { pay } = await createWorld(refused(status, { type: 'api_error' }));
    expect(await pay()).toMatchObject({ kind: 'server_error' });
  });

  test.each([502, 200, 404])(
    'a page of a proxy in place of an answer (%i): the charge may have happened',
    async (status) => {
      const { pay, http } = await createWorld({ status, body: '<html>Bad gateway</html>' });
      expect(['unknown', 'server_error']).toContain((await pay()).kind);
      expect(http.requests).toHaveLength(1);
    },
  );

  test.each([401, 403])('%i: the key is no good, and is read anew next time', async (status) => {
    const { pay, forgotten } = await createWorld(
      refused(status, { type: 'invalid_request_error', code: 'api_key_expired' }),
    );
    expect(await pay()).toMatchObject({ kind: 'configuration_failed' });
    expect(forgotten()).toBe(1);
  });
});

describe('a 400 or 404: another look says whose fault it was', () => {
  const noSuchMethod = refused(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param: 'payment_method',
  });

  test('the method’s, while the invoice is open', async () => {
    const { pay } = await createWorld(noSuchMethod);
    expect(await pay()).toMatchObject({ kind: 'method_unusable' });
  });

  test('the method’s, where a bank account has no mandate, which no parameter or code says', async () => {
    const message =
      'This PaymentIntent requires a mandate, but no existing mandate was found. Collect mandate ' +
      'acceptance from the customer and try again.';
    const { pay } = await createWorld(refused(400, { type: 'invalid_request_error', message }));
    expect(await pay()).toMatchObject({ kind: 'method_unusable' });
  });

  test.each([invoiceOf('paid'), invoiceOf('void'), refused(404, { code: 'resource_missing' })])(
    'the invoice’s, where it is not (%#)',
    async (invoice) => {
      const { pay } = await createWorld(noSuchMethod, invoice);
      expect(await pay()).toEqual({ kind: 'invoice_not_open' });
    },
  );
});

test('neither method nor invoice is at fault: nothing else is tried, a person is called', async () => {
  const tooSmall = refused(400, { type: 'invalid_request_error', code: 'amount_too_small' });
  const { pay } = await createWorld(tooSmall);
  expect(await pay()).toMatchObject({
    kind: 'request_refused',
    why: expect.stringContaining('amount_too_small'),
  });
});

describe('the connection', () => {
  test('is refused: no byte reached Stripe', async () => {
    const { pay, http } = await createWorld(open);
    await http.stop();
    expect(await pay()).toEqual({ kind: 'not_executed', why: 'ECONNREFUSED' });
  });

  test('is lost: the charge may have happened', async () => {
    const { pay, http } = await createWorld('hang_up');
    expect(await pay()).toMatchObject({ kind: 'unknown' });
    // Should the SDK send again by itself, it is under the same key.
    const keys = http.requests.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys)).toEqual(new Set(['backstop-in_1-1-pm_primary']));
  });

  test('breaks off in the middle of the answer: the charge may have happened', async () => {
    const cut = { status: 200, body: '{"id":"in_1"', headers: { 'content-length': '900' } };
    const { pay } = await createWorld({ ...cut, headers: { ...cut.headers, connection: 'close' } });
    expect(await pay()).toMatchObject({ kind: 'unknown' });
  });
});

test('what goes into the log quotes no customer', async () => {
  for (const reaction of [
    refused(400, { type: 'invalid_request_error' }),
    refused(429, { type: 'invalid_request_error' }),
    refused(500, { type: 'api_error' }),
    refused(403, { type: 'invalid_request_error' }),
  ]) {
    const { pay } = await createWorld(reaction);
    const said = await pay().then(JSON.stringify, String);
    expect(said).not.toContain('customer in it');
  }
});

describe('reading', () => {
  test('what is not there is null', async () => {
    const { gateway } = await createWorld(open, refused(404, { code: 'resource_missing' }));
    expect(await gateway.invoice(theInvoice)).toBeNull();
    expect(await gateway.paymentMethod(thePrimary)).toBeNull();
  });

  test('with a key that is no good is told as such', async () => {
    const { gateway, forgotten } = await createWorld(open, refused(401, { code: 'x' }));
    await expect(gateway.invoice(theInvoice)).rejects.toThrow(StripeConfigurationError);
    expect(forgotten()).toBe(1);
  });

  test('from a Stripe that fails is an exception, so that the message comes again', async () => {
    const { gateway } = await createWorld(open, refused(500, { type: 'api_error' }));
    await expect(gateway.invoice(theInvoice)).rejects.toThrow();
  });
});

describe('the key', () => {
  test.each(['sk_live_1', 'rk_live_1', 'pk_test_1', ''])(
    '"%s" is refused before anything is sent',
    async (key) => {
      const { pay, http } = await createWorld(open, open, key);
      await expect(pay()).rejects.toThrow(/does not hold a test key/);
      expect(http.requests).toEqual([]);
    },
  );

  test('is never sent to another host', async () => {
    const gateway = createStripeGateway({
      apiKey: { value: async () => 'sk_test_1', forget: () => {} },
      connect: stripeSdk({ livemode: false, apiBase: 'http://stripe.example.com' }),
    });
    await expect(gateway.invoice(theInvoice)).rejects.toThrow('127.0.0.1');
  });
});
