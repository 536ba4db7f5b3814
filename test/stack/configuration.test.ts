import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readConfiguration } from '../../lib/configuration.ts';
import { context, example } from './synthesize-example.ts';

const account = '111122223333';
const certificate = `arn:aws:acm:us-east-1:${account}:certificate/12345678-1234-1234-1234-123456789012`;
const own = {
  stripeMode: 'live',
  business: { name: 'Acme', supportEmail: 'help@acme.dev' },
  mail: { sender: 'billing@mail.acme.dev' },
  page: { stripePublishableKey: 'pk_live_abc' },
};

function problemsOf(value: unknown, target: { account: string | undefined } = { account }) {
  const reading = readConfiguration(value, target);
  return reading.valid ? [] : reading.problems;
}

describe('a right configuration', () => {
  test('needs five values; the rest has defaults', () => {
    expect(readConfiguration(own, { account })).toEqual({
      valid: true,
      configuration: {
        settings: {
          mode: 'own',
          stripeMode: 'live',
          billingReasons: ['subscription_cycle', 'subscription_threshold', 'subscription_update'],
          business: {
            name: 'Acme',
            supportEmail: 'help@acme.dev',
            locale: 'en-US',
            timeZone: 'UTC',
          },
          mail: { sender: 'billing@mail.acme.dev' },
          portal: { methodTypes: ['card'], returnUrls: [] },
          consent: {
            textVersion: expect.any(String),
            text: {
              en: expect.stringContaining('{business}'),
              de: expect.stringContaining('{business}'),
            },
          },
          policy: {
            retryAfterDays: [1, 3, 5, 7],
            retryAt: '09:00',
            windowDays: 30,
            paydays: [1, 15, 'last_business_day'],
            maximumTriesPerMethod: 8,
            maximumTriesPerDebit: 3,
            passesPerSecond: 15,
            declines: {
              generic: { tryAgainAtOnce: true, fallback: 'at_once' },
              transient: { tryAgainAtOnce: true, fallback: 'at_once' },
              insufficient_funds: { tryAgainAtOnce: false, fallback: 'at_once' },
              invalid_data: { tryAgainAtOnce: false, fallback: 'at_once' },
              authentication: { tryAgainAtOnce: false, fallback: { afterHours: 24 } },
              risk: { tryAgainAtOnce: false, fallback: 'at_once' },
              not_allowed: { tryAgainAtOnce: false, fallback: 'at_once' },
              card_dead: { tryAgainAtOnce: false, fallback: 'at_once' },
              unusable: { tryAgainAtOnce: false, fallback: 'at_once' },
            },
            fallback: { ceilings: {}, subscriptions: 'all_but_marked' },
            notices: { beforeLastTryHours: 48, beforeEndDays: 3, beforeExpiryDays: [30, 14, 3] },
            end: { afterDays: 7, access: 'keep', action: 'leave_open' },
          },
        },
        page: { stripePublishableKey: 'pk_live_abc', texts: {} },
        mailTexts: {},
        mailIdentity: 'billing@mail.acme.dev',
        stripeApiKeySecretName: 'backstop/stripe-api-key',
        alarmEmail: undefined,
      },
    });
  });

  test('may change one thing of the policy; the rest of it stays', () => {
    const policy = { declines: { authentication: { fallback: 'at_once' } } };
    const reading = readConfiguration({ ...own, policy }, { account });
    expect(reading).toMatchObject({
      configuration: {
        settings: {
          policy: {
            retryAfterDays: [1, 3, 5, 7],
            declines: {
              authentication: { tryAgainAtOnce: false, fallback: 'at_once' },
              generic: { tryAgainAtOnce: true, fallback: 'at_once' },
            },
          },
        },
      },
    });
  });

  test.each(['billing@mail.acme.dev', 'mail.acme.dev', 'acme.dev', 'ACME.dev'])(
    'may name %s as the identity that is verified',
    (identity) => {
      const reading = readConfiguration({ ...own, mail: { ...own.mail, identity } }, { account });
      expect(reading).toMatchObject({ configuration: { mailIdentity: identity } });
    },
  );
});

describe('a wrong configuration says what to do', () => {
  const unset = undefined;
  test.each<[string, unknown, string]>([
    [
      'is missing',
      unset,
      'backstop is missing: set it to an object in cdk.json under "context"; the README shows one.',
    ],
    [
      'is text',
      '{}',
      'backstop is "{}", which does not fit: set it to an object in cdk.json under "context"; the README shows one.',
    ],
    [
      'has no Stripe mode',
      { ...own, stripeMode: unset },
      'backstop.stripeMode is missing: set it to "test" or "live", whichever the Stripe API key belongs to.',
    ],
    [
      'has an unknown mode',
      { ...own, mode: 'on' },
      'backstop.mode is "on", which does not fit: set it to "observe" (decide and record, charge nothing, mail nobody) or "own".',
    ],
    [
      'has a misspelt key',
      { ...own, alarmMail: 'a@acme.dev' },
      'backstop.alarmMail is not a key that Backstop knows: remove it, or correct its name to one of mode, stripeMode, billingReasons, business, mail, portal, page, consent, policy, stripeApiKeySecretName, alarmEmail.',
    ],
    [
      'has a misspelt key inside',
      { ...own, mail: { ...own.mail, from: 'a@acme.dev' } },
      'backstop.mail.from is not a key that Backstop knows: remove it, or correct its name to one of sender, replyTo, logoUrl, identity, texts.',
    ],
    [
      'has no billing reason',
      { ...own, billingReasons: [] },
      'backstop.billingReasons is [], which does not fit: set it to a list of Stripe\'s billing reasons such as ["subscription_cycle"].',
    ],
    [
      'has an empty billing reason',
      { ...own, billingReasons: [''] },
      'backstop.billingReasons[0] is "", which does not fit: set it to a list of Stripe\'s billing reasons such as ["subscription_cycle"].',
    ],
    [
      'has no business',
      { ...own, business: unset },
      'backstop.business is missing: set it to an object with name and supportEmail, and address, colour, locale and timeZone where you want them.',
    ],
    [
      'has no name',
      { ...own, business: { ...own.business, name: '' } },
      'backstop.business.name is "", which does not fit: set it to the name that customers know your business by, 1 to 100 letters.',
    ],
    [
      'has a wrong support address',
      { ...own, business: { ...own.business, supportEmail: 'help' } },
      'backstop.business.supportEmail is "help", which does not fit: set it to the address that customers write to, such as "help@your-domain.com".',
    ],
    [
      'has a wrong locale',
      { ...own, business: { ...own.business, locale: 'english!' } },
      'backstop.business.locale is not a language tag such as "en-US": set it to a language tag such as "en-US".',
    ],
    [
      'has a wrong time zone',
      { ...own, business: { ...own.business, timeZone: 'Berlin' } },
      'backstop.business.timeZone is not an IANA time zone such as "Europe/Berlin": set it to an IANA time zone such as "Europe/Berlin".',
    ],
    [
      'has no sender',
      { ...own, mail: {} },
      'backstop.mail.sender is missing: set it to the address that mails come from, such as "billing@your-domain.com".',
    ],
    [
      'has a foreign identity',
      { ...own, mail: { ...own.mail, identity: 'other.dev' } },
      'backstop.mail.identity is neither mail.sender itself nor the domain of mail.sender: set it to the identity that is verified in SES, mail.sender itself or its domain, or leave it out.',
    ],
    [
      'has an identity that only ends alike',
      { ...own, mail: { ...own.mail, identity: 'cme.dev' } },
      'backstop.mail.identity is neither mail.sender itself nor the domain of mail.sender: set it to the identity that is verified in SES, mail.sender itself or its domain, or leave it out.',
    ],
    [
      'has a page without TLS',
      { ...own, portal: { url: 'http://billing.acme.dev' } },
      'backstop.portal.url is not an https:// address without user, query and fragment: set it to the origin of the page for your customers, such as "https://billing.your-domain.com", or leave it out.',
    ],
    [
      'has a page below a path',
      { ...own, portal: { url: 'https://acme.dev/billing' } },
      'backstop.portal.url is not an origin such as "https://billing.example.com": set it to the origin of the page for your customers, such as "https://billing.your-domain.com", or leave it out.',
    ],
    [
      'sends customers back to no address',
      { ...own, portal: { returnUrls: ['/account'] } },
      'backstop.portal.returnUrls[0] is not an https:// address without user, query and fragment: set it to a list of at most 20 addresses that customers may be sent back to, such as ["https://your-domain.com/account"].',
    ],
    [
      'lets nobody add anything',
      { ...own, portal: { methodTypes: [] } },
      'backstop.portal.methodTypes is [], which does not fit: set it to a list of "card", "link", "sepa_debit" and "us_bank_account", such as ["card"].',
    ],
    [
      'has no key for the page',
      { ...own, page: {} },
      'backstop.page.stripePublishableKey is missing: set it to the publishable key of your Stripe account, "pk_test_..." or "pk_live_...", of the same mode as stripeMode.',
    ],
    [
      'has a key of the other mode for the page',
      { ...own, page: { stripePublishableKey: 'pk_test_abc' } },
      'backstop.page.stripePublishableKey is a key of the other mode than stripeMode: set it to the publishable key of your Stripe account, "pk_test_..." or "pk_live_...", of the same mode as stripeMode.',
    ],
    [
      'has a logo in clear',
      { ...own, page: { ...own.page, logoUrl: 'http://acme.dev/logo.svg' } },
      'backstop.page.logoUrl is neither an https:// address nor a path: set it to an address such as "https://your-domain.com/logo.svg", a path such as "/logo.svg" of a file in portal/public, or leave it out.',
    ],
    [
      'has a logo of another host that looks like a path',
      { ...own, page: { ...own.page, logoUrl: '//evil.dev/logo.svg' } },
      'backstop.page.logoUrl is neither an https:// address nor a path: set it to an address such as "https://your-domain.com/logo.svg", a path such as "/logo.svg" of a file in portal/public, or leave it out.',
    ],
    [
      'has a colour by name',
      { ...own, business: { ...own.business, colour: 'red' } },
      'backstop.business.colour is "red", which does not fit: set it to a colour such as "#1a5fb4", or leave it out.',
    ],
    [
      'has a logo that mail programs do not show',
      { ...own, mail: { ...own.mail, logoUrl: 'https://acme.dev/logo.svg' } },
      'backstop.mail.logoUrl is a kind of picture that mail programs do not show: set it to the https:// address of a PNG, JPEG or GIF, such as "https://your-domain.com/logo.png", or leave it out.',
    ],
    [
      'has a logo in clear',
      { ...own, mail: { ...own.mail, logoUrl: 'http://acme.dev/logo.png' } },
      'backstop.mail.logoUrl is not an https:// address: set it to the https:// address of a PNG, JPEG or GIF, such as "https://your-domain.com/logo.png", or leave it out.',
    ],
    [
      'has nobody who reads answers',
      { ...own, mail: { ...own.mail, replyTo: 'us' } },
      'backstop.mail.replyTo is "us", which does not fit: set it to the address that answers to mails go to, or leave it out: they go to business.supportEmail.',
    ],
    [
      'has an empty address',
      { ...own, business: { ...own.business, address: '' } },
      'backstop.business.address is "", which does not fit: set it to your postal address in one line of at most 300 letters, such as "1 Main Street, Dublin 2, Ireland", or leave it out.',
    ],
    [
      'says nothing about the bank',
      { ...own, page: { ...own.page, bankInstructions: '' } },
      'backstop.page.bankInstructions is "", which does not fit: set it to how to pay by bank account, in 1 to 1000 letters, or leave it out.',
    ],
    [
      'has a certificate of another region',
      {
        ...own,
        portal: { url: 'https://billing.acme.dev' },
        page: { ...own.page, certificateArn: certificate.replace('us-east-1', 'eu-central-1') },
      },
      `backstop.page.certificateArn is "${certificate.replace('us-east-1', 'eu-central-1')}", which does not fit: set it to the ARN of a certificate in us-east-1 for the https host of portal.url, or leave it out.`,
    ],
    [
      'has a certificate for no host',
      { ...own, page: { ...own.page, certificateArn: certificate } },
      'backstop.page.certificateArn is a certificate for no host, because portal.url does not name one: set it to the ARN of a certificate in us-east-1 for the https host of portal.url, or leave it out.',
    ],
    [
      'asks for consent to nothing',
      { ...own, consent: { textVersion: '1', text: '' } },
      'backstop.consent.text is "", which does not fit: set it to what a customer agrees to who makes a method the backup, 1 to 1000 letters, or such texts by language as {"en": "...", "de": "..."}, at most 1500 letters together; {business} stands for your name.',
    ],
    [
      'asks for consent to nothing in a language',
      { ...own, consent: { textVersion: '1', text: { en: 'I agree.', de: '' } } },
      'backstop.consent.text.de is "", which does not fit: set it to what a customer agrees to who makes a method the backup, 1 to 1000 letters, or such texts by language as {"en": "...", "de": "..."}, at most 1500 letters together; {business} stands for your name.',
    ],
    [
      'asks for consent in what is no language',
      { ...own, consent: { textVersion: '1', text: { 'en-US': 'I agree.' } } },
      'backstop.consent.text is {"en-US":"I agree."}, which does not fit: set it to what a customer agrees to who makes a method the backup, 1 to 1000 letters, or such texts by language as {"en": "...", "de": "..."}, at most 1500 letters together; {business} stands for your name.',
    ],
    [
      'asks for consent in no language',
      { ...own, consent: { textVersion: '1', text: {} } },
      'backstop.consent.text names no language: set it to what a customer agrees to who makes a method the backup, 1 to 1000 letters, or such texts by language as {"en": "...", "de": "..."}, at most 1500 letters together; {business} stands for your name.',
    ],
    [
      'asks for consent at too great a length',
      { ...own, consent: { textVersion: '1', text: { en: 'a'.repeat(900), de: 'b'.repeat(900) } } },
      'backstop.consent.text has more than 1500 letters together: set it to what a customer agrees to who makes a method the backup, 1 to 1000 letters, or such texts by language as {"en": "...", "de": "..."}, at most 1500 letters together; {business} stands for your name.',
    ],
    [
      'retries after half a day',
      { ...own, policy: { retryAfterDays: [0.5] } },
      'backstop.policy.retryAfterDays[0] is 0.5, which does not fit: set it to a list of at most 8 whole numbers of days, each from 1 to 30.',
    ],
    [
      'retries after a quarter',
      { ...own, policy: { retryAfterDays: [90] } },
      'backstop.policy.retryAfterDays[0] is 90, which does not fit: set it to a list of at most 8 whole numbers of days, each from 1 to 30.',
    ],
    [
      'tries too often',
      { ...own, policy: { maximumTriesPerMethod: 21 } },
      'backstop.policy.maximumTriesPerMethod is 21, which does not fit: set it to a whole number from 1 to 20.',
    ],
    [
      'goes too fast',
      { ...own, policy: { passesPerSecond: 100 } },
      'backstop.policy.passesPerSecond is 100, which does not fit: set it to a whole number from 1 to 25.',
    ],
    [
      'retries at a time that no clock shows',
      { ...own, policy: { retryAt: '9:00' } },
      'backstop.policy.retryAt is "9:00", which does not fit: set it to a time of day such as "09:00".',
    ],
    [
      'waits for a payday that no month has',
      { ...own, policy: { paydays: [32] } },
      'backstop.policy.paydays[0] is 32, which does not fit: set it to a list of at most 10 days, each 1 to 31 or "last_business_day", such as [1, 15, "last_business_day"].',
    ],
    [
      'gives the secondary no time',
      {
        ...own,
        policy: { declines: { authentication: { fallback: 'soon' } } },
      },
      'backstop.policy.declines.authentication.fallback is "soon", which does not fit: set it to "at_once", "after_payday", "never", or hours to wait such as {"afterHours": 24}, from 1 to 720.',
    ],
    [
      'knows a kind of decline that we do not',
      { ...own, policy: { declines: { stolen: { tryAgainAtOnce: false, fallback: 'never' } } } },
      'backstop.policy.declines.stolen is not a key that Backstop knows: remove it, or correct its name to one of generic, transient, insufficient_funds, invalid_data, authentication, risk, not_allowed, card_dead, unusable.',
    ],
    [
      'has a ceiling in parts of a cent',
      { ...own, policy: { fallback: { ceilings: { eur: 99.5 } } } },
      'backstop.policy.fallback.ceilings.eur is 99.5, which does not fit: set it to an object of amounts in minor units by currency in small letters, such as {"eur": 50000}, or leave it out.',
    ],
    [
      'ends in a way that Stripe does not know',
      { ...own, policy: { end: { action: 'delete' } } },
      'backstop.policy.end.action is "delete", which does not fit: set it to "leave_open", "mark_uncollectible", "cancel_subscription" or "pause_subscription".',
    ],
    [
      'names a secret by ARN',
      { ...own, stripeApiKeySecretName: 'arn:aws:secretsmanager:x' },
      'backstop.stripeApiKeySecretName is "arn:aws:secretsmanager:x", which does not fit: set it to the name of the secret in Secrets Manager that holds the Stripe API key, such as "backstop/stripe-api-key".',
    ],
    [
      'has a wrong alarm address',
      { ...own, alarmEmail: 'ops' },
      'backstop.alarmEmail is "ops", which does not fit: set it to the address that is told about alarms, or leave it out.',
    ],
  ])('when it %s', (_what, value, sentence) => {
    expect(problemsOf(value)).toEqual([sentence]);
  });

  test('and never repeats a Stripe key that was put where a name belongs', () => {
    const key = 'rk_live_51Habcdefghijklmnop';
    expect(problemsOf({ ...own, stripeApiKeySecretName: key })).toEqual([
      'backstop.stripeApiKeySecretName is a Stripe key and not the name of a secret: set it to the name of the secret in Secrets Manager that holds the Stripe API key, such as "backstop/stripe-api-key".',
    ]);
  });

  test.each(['sk_live_51Habcdef', 'rk_test_51Habcdef'])(
    'and never repeats the secret key %s that was put into the page',
    (key) => {
      const [problem, ...more] = problemsOf({ ...own, page: { stripePublishableKey: key } });
      expect(more).toEqual([]);
      expect(problem).toContain('is a secret key, and everybody could read it in the page');
      expect(problem).not.toContain(key);
    },
  );

  test('with one sentence for each problem', () => {
    expect(problemsOf({ ...own, mode: 'on', mial: {}, stripeMode: 1 })).toHaveLength(3);
  });
});

describe('the example configuration of cdk.json', () => {
  test('synthesizes while no account is known', () => {
    expect(problemsOf(example, { account: undefined })).toEqual([]);
  });

  test('is refused for an account, value by value', () => {
    expect(problemsOf(example)).toEqual(
      [
        [
          'page.stripePublishableKey',
          'pk_test_example',
          'the publishable key of your Stripe account',
        ],
        ['business.supportEmail', 'support@example.com', 'your own address'],
        ['mail.sender', 'billing@example.com', 'your own address'],
        ['alarmEmail', 'operations@example.com', 'your own address'],
      ].map(
        ([path, given, what]) =>
          `backstop.${path} is still the example "${given}": put ${what} into cdk.json before you deploy to an AWS account.`,
      ),
    );
  });
});

test('the terminal shows the sentences alone, and the CLI sees a failure', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const run = spawnSync(process.execPath, ['tools/run.mjs', 'bin/backstop.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, backstop: { ...own, mode: 'on' } }),
    },
  });
  expect(run.status).toBe(1);
  expect(run.stdout).toBe('');
  expect(run.stderr).toBe(`${problemsOf({ ...own, mode: 'on' }).join('\n')}\n`);
});
