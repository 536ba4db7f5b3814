import { describe, expect, test } from 'vitest';
import type { Trouble } from '../../../functions/domain/case/dunning-case.ts';
import { noteTrouble } from '../../../functions/domain/case/note-trouble.ts';
import { chargeId } from '../../../functions/domain/ids.ts';
import { dayMs, hourMs, isoInstant } from '../../../functions/domain/time.ts';
import { personOf } from '../../../functions/runtime/hash.ts';
import { commands } from '../../../tools/staff/commands.ts';
import { connectDesk } from '../../../tools/staff/connect-desk.ts';
import { runStaff } from '../../../tools/staff/run-staff.ts';
import { type Desk, openDesk, openRenewal, type Renewal } from '../staff-api/fixtures/desk.ts';
import { openShell } from '../staff-api/fixtures/staff-http.ts';

type Shell = Awaited<ReturnType<typeof openShell>>;

/** A shell beside a renewal whose two cards were refused: it waits for the schedule. */
async function open(): Promise<{ desk: Desk; ada: Renewal; staff: Shell }> {
  const desk = await openDesk();
  const ada = await openRenewal(desk);
  desk.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
  desk.local.control.setCardOutcomes(ada.secondary, ['stolen_card']);
  await desk.work();
  return { desk, ada, staff: await openShell(desk, ada) };
}

const because = ['--reason', 'she rang'];

describe('npm run staff', () => {
  test('lists every command, and says of each what it takes', async () => {
    const nowhere = () => Promise.reject(new Error('Nothing is asked.'));
    const listed = await runStaff(['--help'], nowhere);
    expect(listed.code).toBe(0);
    expect(await runStaff([], nowhere)).toEqual(listed);
    for (const [name, { summary, options }] of Object.entries(commands)) {
      expect(listed.output).toContain(`${name} `);
      expect(listed.output).toContain(summary);
      const { code, output } = await runStaff([name, '--help'], nowhere);
      expect(code).toBe(0);
      for (const option of Object.keys(options)) expect(output).toContain(`--${option}`);
    }
  });

  test.each([
    [['nonsense'], 'There is no command "nonsense"'],
    [['retry', '--nonsense'], '--nonsense'],
    [['retry', 'too', 'much'], '"too" is too much'],
    [['retry'], 'needs --invoice'],
    [['hold', '--invoice', 'in_1'], 'needs --until'],
    [['find'], 'Find by one of'],
    [['charging', 'pause'], 'charging stop or charging start'],
    [['expiry', '--method', 'pm_1', '--expires', '2029'], 'takes a month and a year'],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const { ada, desk } = await open();
    const staff = await openShell(desk, ada);
    const ran = await staff(...args);
    expect(ran).toMatchObject({ code: 1, output: '' });
    expect(ran.problems).toContain(sentence);
  });

  test('says what is missing in the shell', async () => {
    await expect(connectDesk(undefined, {})).rejects.toThrow('AWS_REGION is not set');
    await expect(connectDesk(undefined, { AWS_REGION: 'us-east-1' })).rejects.toThrow(
      'STAFF_API_URL is not set',
    );
  });

  test('says that the key is not allowed, or that nothing answers', async () => {
    const { desk, ada } = await open();
    const stranger = await openShell(desk, ada, { accessKeyId: 'AKIASAM', secretAccessKey: 'no' });
    const refused = await stranger('show');
    expect(refused.code).toBe(1);
    expect(refused.problems).toContain('BackstopStaff');
  });
});

describe('the commands', () => {
  test('find and show a customer, with what stands against their cards', async () => {
    const { ada, staff } = await open();
    const found = await staff('find', '--invoice', ada.invoice);
    expect(found.output).toMatch(/^CUSTOMER +NAME +MAIL +HERE +CASE\n/);
    expect(found.output).toMatch(
      new RegExp(`${ada.customer} +Ada +ada@example.com +known +${ada.invoice} waiting`),
    );
    const shown = await staff('show');
    expect(shown.output).toContain('Payment methods');
    expect(shown.output).toMatch(new RegExp(`${ada.secondary} +the card +card dead`));
    expect(shown.output).toMatch(/ada@example.com +owner/);
    expect(shown.output).not.toContain('mails:');
    expect((await staff('find', '--customer', 'cus_nobody')).output).toContain('Nobody is found');
  });

  test('trace a case: each attempt with its outcome and the rules', async () => {
    const { ada, staff } = await open();
    const { code, output } = await staff('trace', '--invoice', ada.invoice);
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`^${ada.invoice}\\n`));
    expect(output).toMatch(/amount +\$29\.00/);
    expect(output).toContain('attempt 1, secondary: declined (stolen_card)');
    expect(output).toContain(`secondary after definite refusal (${ada.secondary})`);
    expect(output).toContain('pass ended, next 2026-');
  });

  test('list, hold, release, retry and close a case', async () => {
    const { desk, ada, staff } = await open();
    expect((await staff('cases')).output).toContain(`${ada.invoice}  ${ada.customer}  waiting`);
    expect((await staff('cases', '--state', 'exhausted')).output).toContain('No case is open');
    const invoice = ['--invoice', ada.invoice];
    const until = isoInstant(desk.clock.now() + 9 * dayMs).slice(0, 10);
    const held = await staff('hold', ...invoice, '--until', until, ...because);
    desk.clock.advance(1);
    expect(held.output).toContain(`until ${until} 23:59 UTC: she rang`);
    const refused = await staff('retry', ...invoice);
    expect(refused.code).toBe(1);
    expect(refused.problems).toContain('Release it first.');
    expect((await staff('release', ...invoice, ...because)).output).not.toContain('hold');
    desk.clock.advance(1);
    expect((await staff('retry', ...invoice)).output).toContain('It is tried again now.');
    await desk.work();
    desk.clock.advance(hourMs);
    const closed = await staff('close', ...invoice, ...because);
    expect(closed.output).toContain('closed: closed by staff');
    expect(closed.output).toContain('nobody collects it');
    desk.clock.advance(1);
    expect((await staff('hand-back', ...invoice, ...because)).output).toContain('Stripe collects');
    const log = (await staff('audit')).output;
    const lines = log.split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('case handed back');
    expect(lines[4]).toContain('case held');
    expect(log).toContain('user/sam');
    expect(log).toContain('she rang');
  });

  test('list what is disputed, and say that it is dealt with', async () => {
    const { desk, ada, staff } = await open();
    expect((await staff('cases', '--troubles')).output).toContain('No case is open like that');
    const trouble: Trouble = {
      source: 'dp_1',
      kind: 'dispute',
      reason: 'product_not_received',
      charge: chargeId('ch_1'),
      method: null,
      amount: { amount: 2900, currency: 'usd' },
      at: desk.clock.now(),
    };
    const stored = await desk.readCase(ada);
    const noted = noteTrouble(stored, [], { trouble, outcome: 'open' }, desk.clock.now());
    await desk.account.records.saveCase(noted);
    const listed = (await staff('cases', '--troubles')).output;
    expect(listed).toContain(`${ada.invoice}  ${ada.customer}  waiting (dispute)`);
    const invoice = ['--invoice', ada.invoice];
    const traced = (await staff('trace', ...invoice)).output;
    expect(traced).toMatch(/dispute +product not received, \$29\.00/);
    expect(traced).toContain('dispute dp_1: product not received');
    desk.clock.advance(1);
    const done = await staff('acknowledge', ...invoice, ...because);
    expect(done.output).toContain('Nobody has to look at it any more.');
    expect((await staff('trace', ...invoice)).output).toContain('dp_1 is over: acknowledged');
    expect((await staff('audit')).output).toContain('trouble acknowledged');
  });

  test('change roles, lift a block, record an authorisation', async () => {
    const { desk, ada, staff } = await open();
    desk.clock.advance(hourMs);
    const lifted = await staff('unblock', '--method', ada.secondary, ...because);
    expect(lifted.output).toContain(`${ada.secondary} may be tried again (card dead`);
    expect((await staff('unblock', '--method', ada.secondary, ...because)).output).toContain(
      'Nothing stands against',
    );
    expect((await staff('swap')).problems).toContain('agree');
    const signed = ['--name', 'Ada', '--reference', 'ticket 1'];
    expect((await staff('authorise', '--method', ada.primary, ...signed)).output).toContain(
      'Ada signed, ticket 1',
    );
    const swapped = (await staff('swap')).output;
    expect(swapped).toMatch(new RegExp(`${ada.secondary} +primary`));
    expect(swapped).toMatch(new RegExp(`${ada.primary} +secondary`));
    expect((await staff('secondary', '--none')).output).toMatch(
      new RegExp(`${ada.primary} +spare`),
    );
    expect((await staff('swap')).problems).toContain('There is no backup');
  });

  test('add a card by a SetupIntent, once its page has confirmed it', async () => {
    const { desk, ada, staff } = await open();
    const begun = await staff('set-up', '--role', 'spare', '--json');
    const { setupIntent }: { setupIntent: string } = JSON.parse(begun.output);
    const confirm = ['confirm-set-up', '--setup-intent', setupIntent];
    expect((await staff(...confirm)).code).toBe(1);
    await desk.stripe.setupIntents.confirm(setupIntent, {
      payment_method: 'pm_card_amex',
      return_url: 'https://example.com',
    });
    expect((await staff(...confirm)).output).toMatch(/pm_\w+ +spare +amex/);
    expect((await staff('set-up', '--role', 'secondary')).problems).toContain('cannot agree');
    expect((await staff('set-up', '--role', 'primary')).output).toMatch(
      new RegExp(`client secret: seti_.*\\n.*${ada.invoice} \\(\\$29.00\\)`),
    );
  });

  test('let a customer in for a while, and invite members', async () => {
    const { desk, staff } = await open();
    expect((await staff('extend', '--until', '2026-03-20', ...because)).output).toContain(
      'is let in until 2026-03-20 23:59 UTC.',
    );
    expect((await staff('show')).output).toMatch(
      /Extension\n {2}until 2026-03-20 23:59 UTC, by arn/,
    );
    expect((await staff('end-extension', ...because)).output).toContain('no extension any more');
    const bob = ['--mail', 'bob@example.com'];
    expect((await staff('invite', ...bob, '--role', 'viewer')).output).toMatch(/bob@.* viewer/);
    expect((await staff('change-member', ...bob, '--role', 'owner')).output).toMatch(
      /bob@example.com +owner/,
    );
    const person = personOf('bob@example.com');
    const at = desk.clock.now();
    const suppressed = { person, why: 'bounce', at, liftedAt: null, version: 1 } as const;
    await desk.account.records.saveSuppression(suppressed);
    expect((await staff('members')).output).toMatch(/bob@example.com .* bounced/);
    expect((await staff('show')).output).toContain('mails: bounced');
    expect((await staff('lift-suppression', ...bob, ...because)).output).toMatch(
      /^Mails go to bob@example.com again \(bounce, since /,
    );
    expect((await staff('lift-suppression', ...bob, ...because)).output).toContain(
      'Nothing keeps mails to bob@example.com back.',
    );
    expect((await staff('remove-member', ...bob)).output).not.toContain('bob@');
    expect((await staff('remove-member', ...bob)).problems).toContain('is no member');
    expect((await staff('link', '--mail', 'ada@example.com')).output).toMatch(
      /^https:\/\/portal.example.com\/#\/sign-in\/.*\nGood once, until/,
    );
  });

  test('change billing info, and leave what is not named', async () => {
    const { desk, ada, staff } = await open();
    expect(await staff('billing', '--city', 'Bonn', '--country', 'DE')).toMatchObject({ code: 0 });
    expect(await staff('billing', '--phone', '+49 1')).toMatchObject({ code: 0 });
    expect(await desk.stripe.customers.retrieve(ada.customer)).toMatchObject({
      name: 'Ada',
      phone: '+49 1',
      address: { city: 'Bonn', country: 'DE' },
    });
  });

  test('list payments with what they were paid with', async () => {
    const { ada, staff } = await open();
    const { output } = await staff('payments');
    expect(output).toMatch(/^INVOICE +NUMBER +STATUS +AMOUNT +PAID WITH +MADE\n/);
    expect(output).toMatch(new RegExp(`${ada.invoice} +\\S+ +open +\\$29.00 +- +20`));
    expect(output).toMatch(/paid +\$29.00 +visa \d{4} +20/);
  });

  test('change the expiry and the billing address of a card, and leave what is not named', async () => {
    const { desk, ada, staff } = await open();
    const card = ['--method', ada.primary];
    expect((await staff('expiry', ...card, '--expires', '09/2029')).output).toMatch(/ 9\/2029 /);
    expect((await staff('expiry', ...card, '--expires', '09/2009')).problems).toContain(
      'printed on the card',
    );
    expect((await staff('card-address', ...card, '--city', 'Bonn')).code).toBe(0);
    expect((await staff('card-address', ...card, '--name', 'Ada L')).code).toBe(0);
    expect(await desk.stripe.paymentMethods.retrieve(ada.primary)).toMatchObject({
      card: { exp_month: 9, exp_year: 2029 },
      billing_details: { name: 'Ada L', address: { city: 'Bonn' } },
    });
    expect((await staff('card-address', '--method', 'pm_none')).problems).toContain('no method');
  });

  test('take a backup, its consent and a tax id away', async () => {
    const { desk, ada, staff } = await open();
    const backup = ['--method', ada.secondary];
    expect((await staff('withdraw-consent', ...backup)).output).toMatch(
      new RegExp(`${ada.secondary} +spare`),
    );
    expect((await staff('remove-method', ...backup)).output).not.toContain(ada.secondary);
    expect(await desk.stripe.paymentMethods.retrieve(ada.secondary)).toMatchObject({
      customer: null,
    });
    const number = ['--type', 'eu_vat', '--value', 'DE123456789'];
    expect((await staff('add-tax-id', ...number)).code).toBe(0);
    const taxIds = () => desk.stripe.customers.listTaxIds(ada.customer);
    const [added] = (await taxIds()).data;
    expect(added).toMatchObject({ type: 'eu_vat', value: 'DE123456789' });
    expect((await staff('remove-tax-id', '--id', added?.id ?? '')).code).toBe(0);
    expect((await taxIds()).data).toEqual([]);
  });

  test('stop and allow charges', async () => {
    const { staff } = await open();
    expect((await staff('charging')).output).toContain('nobody ever stopped them');
    expect((await staff('charging', 'stop')).problems).toContain('needs --reason');
    expect((await staff('charging', 'stop', ...because)).output).toMatch(
      /^Charges are stopped since .* by arn:.*user\/sam: she rang$/,
    );
    expect((await staff('charging', 'start', ...because)).output).toMatch(
      /^Charges are allowed.*\n\nBefore\n {2}.*stopped/s,
    );
  });
});

describe('--json', () => {
  test('prints what the API answered', async () => {
    const { ada, staff } = await open();
    const { output } = await staff('trace', '--invoice', ada.invoice, '--json');
    expect(JSON.parse(output)).toMatchObject({
      invoice: ada.invoice,
      state: 'waiting',
      history: [
        { event: { kind: 'took_over' } },
        { event: { kind: 'attempt' } },
        { event: { kind: 'pass_ended' } },
      ],
    });
  });

  test('prints the problem where it refuses, with exit code 1', async () => {
    const { staff } = await open();
    const ran = await staff('retry', '--invoice', 'in_none', '--json');
    expect(ran).toMatchObject({ code: 1, output: '' });
    expect(JSON.parse(ran.problems)).toMatchObject({
      type: 'urn:backstop:problem:not-found',
      status: 404,
    });
  });
});
