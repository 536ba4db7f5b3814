import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hintedCase } from '../../functions/domain/case/dunning-case.ts';
import { customerId, invoiceId } from '../../functions/domain/ids.ts';
import { secretNames } from '../../local/start/demo-configuration.ts';
import { connectStaffApi } from '../../tools/staff/staff-api.ts';
import { attemptsOf, hour, minute, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

/** The SDK repeats a request once whose connection was cut: a lost answer must be lost twice. */
const tillItReachesTheCaller = 2;

const logged = (level: string): string[] => {
  const lines: string[] = [];
  world.stack.cloud.on('log', ({ json, line }) => {
    if (typeof json === 'object' && json !== null && 'level' in json && json.level === level) {
      lines.push(line);
    }
  });
  return lines;
};

describe('an answer that never arrives', () => {
  it('lost after the charge took effect: found at Stripe, and never charged again', async () => {
    const ada = await world.customer({ primary: ['insufficient_funds'], secondary: ['succeeded'] });
    await world.settle();
    world.stripe.control.faults.add({
      method: 'POST',
      path: '/v1/invoices/*/pay',
      kind: 'lost_answer',
      count: tillItReachesTheCaller,
    });
    const invoice = world.renew(ada);
    await world.settle();
    expect((await world.case(ada, invoice)).openAttempt).toMatchObject({ request: 'maybe_sent' });
    expect(world.mails(ada)).toEqual([]);

    await world.later(2 * minute);
    await world.later(2 * minute);
    expect((await world.case(ada, invoice)).progress.state).toBe('recovered');
    expect(attemptsOf(await world.history(ada, invoice))).toEqual(['secondary succeeded']);
    expect((await world.charges(invoice)).map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
    ]);
    expect(world.mails(ada)).toHaveLength(1);
  });

  it('a 500 after the charge was declined: asked about, and only then the secondary', async () => {
    const ben = await world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });
    await world.settle();
    world.stripe.control.faults.add({
      method: 'POST',
      path: '/v1/invoices/*/pay',
      kind: '500_after',
    });
    const invoice = world.renew(ben);
    await world.settle();
    // Nothing may be charged while it is not known what became of the primary.
    expect(await world.charges(invoice)).toHaveLength(2);

    await world.later(2 * minute);
    await world.later(2 * minute);
    expect(attemptsOf(await world.history(ben, invoice))).toEqual([
      'primary declined generic_decline',
      'secondary succeeded',
    ]);
  });

  it('a 500 before anything was charged: no charge shows up, so it is tried under a new number', async () => {
    const cleo = await world.customer({
      primary: ['generic_decline', 'succeeded'],
      secondary: null,
    });
    await world.settle();
    world.stripe.control.faults.add({
      method: 'POST',
      path: '/v1/invoices/*/pay',
      kind: '500_before',
    });
    const invoice = world.renew(cleo);
    await world.settle();
    for (let passed = 0; passed < 12; passed += 1) await world.later(2 * minute);

    expect(attemptsOf(await world.history(cleo, invoice))).toEqual([
      'primary not_executed',
      'primary succeeded',
    ]);
  });

  it('a 429: sent again under the same key, once Stripe takes it', async () => {
    const dora = await world.customer({
      primary: ['generic_decline', 'succeeded'],
      secondary: null,
    });
    await world.settle();
    world.stripe.control.faults.add({ method: 'POST', path: '/v1/invoices/*/pay', kind: '429' });
    const invoice = world.renew(dora);
    await world.settle();
    expect((await world.case(dora, invoice)).openAttempt).toMatchObject({
      n: 1,
      request: 'not_executed',
    });
    await world.later(2 * minute);
    await world.later(2 * minute);
    expect(attemptsOf(await world.history(dora, invoice))).toEqual(['primary succeeded']);
    const keys = world.stripe.control
      .requests()
      .filter(({ path }) => path === `/v1/invoices/${invoice}/pay`)
      .map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(1);
    expect(keys.length).toBe(2);
  });
});

/** The staff API, as `npm run staff` reaches it. */
function staffApi() {
  const { url, region, ...key } = world.stack.staff;
  return connectStaffApi(url, { region, credentials: async () => key });
}

const throwSwitch = (charging: 'allowed' | 'stopped', reason: string) =>
  staffApi().ask({ method: 'PUT', path: ['charging'], body: { charging, reason } });

describe('a person', () => {
  it('tries an invoice again by hand, and it is tried at once', async () => {
    const eve = await world.customer({
      primary: ['insufficient_funds', 'succeeded'],
      secondary: null,
    });
    const invoice = world.renew(eve);
    await world.settle();
    expect((await world.case(eve, invoice)).progress.state).toBe('waiting');

    const path = ['customers', eve.customer, 'cases', invoice, 'retry'];
    const retry = () => staffApi().ask({ method: 'POST', path });
    expect(await retry()).toMatchObject({ state: 'waiting', retryWanted: true });
    await world.settle();
    expect(attemptsOf(await world.history(eve, invoice))).toEqual(['primary succeeded']);
    await expect(retry()).rejects.toThrow('Nothing is left to do about this invoice: paid.');
  });

  it('stops every charge, and allows them again: the case goes on by itself', async () => {
    await throwSwitch('stopped', 'to see that it stops');
    const finn = await world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });
    const invoice = world.renew(finn);
    await world.settle();
    await world.later(20 * minute);
    expect(await world.charges(invoice)).toHaveLength(1);
    // Stripe goes on by itself as long as we do nothing.
    expect((await world.sdk.invoices.retrieve(invoice)).auto_advance).toBe(true);

    await throwSwitch('allowed', 'seen');
    await world.later(20 * minute);
    await world.later(2 * minute);
    expect((await world.case(finn, invoice)).progress.state).toBe('recovered');
  });
});

describe('a wrong secret', () => {
  it('for Stripe: every charge is stopped, and the log says why in one sentence', async () => {
    const gus = await world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });
    await world.settle();
    world.stack.cloud.setSecret(secretNames.stripeApiKey, 'sk_live_of_another_world');
    await world.later(6 * minute);
    const errors = logged('ERROR');
    const invoice = world.renew(gus);
    await world.settle();
    expect(await world.charges(invoice)).toHaveLength(1);
    expect(errors.join('\n')).toContain('does not hold a test key (sk_test_... or rk_test_...)');
    expect(errors.join('\n')).not.toContain('sk_live_of_another_world');
    expect(await world.operator.records.chargingSwitch()).toMatchObject({ charging: 'stopped' });

    world.stack.cloud.setSecret(secretNames.stripeApiKey, world.stack.apiKey);
    await throwSwitch('allowed', 'the key is right again');
    await world.later(6 * minute);
    await world.later(20 * minute);
    await world.later(2 * minute);
    expect((await world.case(gus, invoice)).progress.state).toBe('recovered');
  });

  it('for the webhook: Stripe is told to deliver again, and the log says what to put there', async () => {
    const hana = await world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });
    await world.settle();
    const right = String(Object.values(world.stripe.control.state().webhookSecrets).at(-1));
    world.stack.cloud.setSecret(secretNames.stripeWebhook, 'nothing like a signing secret');
    await world.later(6 * minute);
    const errors = logged('ERROR');
    const invoice = world.renew(hana);
    await world.settle();
    expect(errors.join('\n')).toContain('put its signing secret (whsec_...) there');
    expect(
      await world.operator.records.case(customerId(hana.customer), invoiceId(invoice)),
    ).toBeNull();

    world.stack.cloud.setSecret(secretNames.stripeWebhook, right);
    await world.later(6 * minute);
    await world.later(hour);
    expect((await world.case(hana, invoice)).progress.state).toBe('recovered');
  });
});

describe('a message that cannot be handled', () => {
  it('ends in the dead-letter queue of its queue', async () => {
    await world.stack.cloud.send('RetryDueQueue', '{"v":1,"type":"nonsense"}');
    await world.settle();
    for (let passed = 0; passed < 6; passed += 1) await world.later(13 * minute);
    const { ready } = await world.stack.cloud.messages('RetryDueDeadLetters');
    expect(ready.map(({ body }) => body)).toEqual(['{"v":1,"type":"nonsense"}']);
  });

  it('about an invoice that Stripe does not know: the case is closed', async () => {
    const ida = await world.customer({ primary: ['succeeded'], secondary: null });
    const ids = { customer: customerId(ida.customer), invoice: invoiceId('in_that_never_was') };
    const hinted = hintedCase(ids.customer, ids.invoice, world.stack.clock.now());
    await world.operator.records.addCase(hinted);
    await world.later(minute);
    await world.later(2 * minute);
    expect((await world.case(ida, ids.invoice)).progress).toMatchObject({
      state: 'closed',
      reason: 'invoice_missing',
    });
  });
});

describe('money', () => {
  it.each([
    { currency: 'jpy', amount: 4900, shown: '¥4,900' },
    { currency: 'kwd', amount: 4900, shown: /KWD\s4\.900/ },
  ])(
    'in $currency prints right in the mail and in the log',
    async ({ currency, amount, shown }) => {
      const logs = logged('INFO');
      const jon = await world.customer({
        primary: ['insufficient_funds'],
        secondary: ['succeeded'],
        currency,
        amount,
      });
      world.renew(jon);
      await world.settle();
      const [mail] = world.mails(jon);
      expect(mail?.text).toMatch(shown);
      expect(mail?.html).toMatch(shown);
      const charging = logs.find((line) => line.includes('"message":"Charging"'));
      expect(JSON.parse(charging ?? '{}').amountDue).toMatch(shown);
    },
  );
});
