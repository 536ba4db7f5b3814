import type * as z from 'zod/mini';
import { defaultPolicy } from '../functions/policy-settings.ts';

const declineKinds = Object.keys(defaultPolicy.declines);

const ofEachKind = Object.fromEntries(
  declineKinds.flatMap((kind) => [
    [`policy.declines.${kind}`, 'an object with tryAgainAtOnce and fallback'],
    [`policy.declines.${kind}.tryAgainAtOnce`, 'true or false'],
    [
      `policy.declines.${kind}.fallback`,
      '"at_once", "after_payday", "never", or hours to wait such as {"afterHours": 24}, from 1 to 720',
    ],
  ]),
);

/** What each key expects, as the end of "set it to ...". */
const expectations: Readonly<Record<string, string>> = {
  '': 'an object in cdk.json under "context"; the README shows one',
  mode: '"observe" (decide and record, charge nothing, mail nobody) or "own"',
  stripeMode: '"test" or "live", whichever the Stripe API key belongs to',
  billingReasons: 'a list of Stripe\'s billing reasons such as ["subscription_cycle"]',
  business:
    'an object with name and supportEmail, and address, colour, locale and timeZone where you want them',
  'business.name': 'the name that customers know your business by, 1 to 100 letters',
  'business.supportEmail': 'the address that customers write to, such as "help@your-domain.com"',
  'business.address':
    'your postal address in one line of at most 300 letters, such as "1 Main Street, Dublin 2, Ireland", or leave it out',
  'business.colour': 'a colour such as "#1a5fb4", or leave it out',
  'business.locale': 'a language tag such as "en-US"',
  'business.timeZone': 'an IANA time zone such as "Europe/Berlin"',
  mail: 'an object with sender, and replyTo, logoUrl, identity and texts where you want them',
  'mail.sender': 'the address that mails come from, such as "billing@your-domain.com"',
  'mail.replyTo':
    'the address that answers to mails go to, or leave it out: they go to business.supportEmail',
  'mail.logoUrl':
    'the https:// address of a PNG, JPEG or GIF, such as "https://your-domain.com/logo.png", or leave it out',
  'mail.identity':
    'the identity that is verified in SES, mail.sender itself or its domain, or leave it out',
  'mail.texts':
    'an object of paths by language, such as {"en": "texts/mails-en.json"}, or leave it out',
  portal: 'an object with url, returnUrls and methodTypes, or leave it out',
  'portal.url':
    'the origin of the page for your customers, such as "https://billing.your-domain.com", or leave it out',
  'portal.returnUrls':
    'a list of at most 20 addresses that customers may be sent back to, such as ["https://your-domain.com/account"]',
  'portal.methodTypes':
    'a list of "card", "link", "sepa_debit" and "us_bank_account", such as ["card"]',
  page: 'an object with stripePublishableKey, and logoUrl, bankInstructions, texts and certificateArn where you want them',
  'page.stripePublishableKey':
    'the publishable key of your Stripe account, "pk_test_..." or "pk_live_...", of the same mode as stripeMode',
  'page.logoUrl':
    'an address such as "https://your-domain.com/logo.svg", a path such as "/logo.svg" of a file in portal/public, or leave it out',
  'page.bankInstructions': 'how to pay by bank account, in 1 to 1000 letters, or leave it out',
  'page.texts': 'an object of paths by language, such as {"en": "texts/en.json"}, or leave it out',
  'page.certificateArn':
    'the ARN of a certificate in us-east-1 for the https host of portal.url, or leave it out',
  consent: 'an object with textVersion and text, or leave it out',
  'consent.textVersion': 'a name for the text, another one for each text, of 1 to 50 letters',
  'consent.text':
    'what a customer agrees to who makes a method the backup, 1 to 1000 letters, or such texts by language as {"en": "...", "de": "..."}, at most 1500 letters together; {business} stands for your name',
  policy: 'an object with settings of docs/policy.md, or leave it out',
  'policy.retryAfterDays': 'a list of at most 8 whole numbers of days, each from 1 to 30',
  'policy.retryAt': 'a time of day such as "09:00"',
  'policy.windowDays': 'a whole number of days from 1 to 60',
  'policy.paydays':
    'a list of at most 10 days, each 1 to 31 or "last_business_day", such as [1, 15, "last_business_day"]',
  'policy.maximumTriesPerMethod': 'a whole number from 1 to 20',
  'policy.maximumTriesPerDebit': 'a whole number from 1 to 3',
  'policy.passesPerSecond': 'a whole number from 1 to 25',
  'policy.declines': `an object by kind of decline: ${declineKinds.join(', ')}`,
  ...ofEachKind,
  'policy.fallback': 'an object with ceilings and subscriptions, or leave it out',
  'policy.fallback.ceilings':
    'an object of amounts in minor units by currency in small letters, such as {"eur": 50000}, or leave it out',
  'policy.fallback.subscriptions': '"all_but_marked" or "only_marked"',
  'policy.notices':
    'an object with beforeLastTryHours, beforeEndDays and beforeExpiryDays, or leave it out',
  'policy.notices.beforeLastTryHours': 'a whole number of hours from 1 to 240',
  'policy.notices.beforeEndDays': 'a whole number of days from 1 to 30',
  'policy.notices.beforeExpiryDays':
    'a list of at most 5 whole numbers of days, each from 1 to 60, such as [30, 14, 3]',
  'policy.end': 'an object with afterDays, access and action, or leave it out',
  'policy.end.afterDays': 'a whole number of days from 0 to 90',
  'policy.end.access': '"keep" or "suspend"',
  'policy.end.action':
    '"leave_open", "mark_uncollectible", "cancel_subscription" or "pause_subscription"',
  stripeApiKeySecretName:
    'the name of the secret in Secrets Manager that holds the Stripe API key, such as "backstop/stripe-api-key"',
  alarmEmail: 'the address that is told about alarms, or leave it out',
};

/** One plain sentence for each thing that is wrong with the configuration. */
export function describeProblem(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) =>
        `${nameOf([...issue.path, key])} is not a key that Backstop knows: remove it, or correct its name to one of ${knownKeys(issue.path).join(', ')}.`,
    );
  }
  return [`${nameOf(issue.path)} ${complaint(issue)}: set it to ${expectationFor(issue.path)}.`];
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[${key}]` : `${name}.${String(key)}`),
    'backstop',
  );
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.input === undefined) return 'is missing';
  return `is ${JSON.stringify(issue.input)}, which does not fit`;
}

/** An element of a list is explained by its list. */
function expectationFor(path: readonly PropertyKey[]): string {
  const keys = path.filter((part) => typeof part === 'string');
  const expectation = expectations[keys.join('.')];
  if (expectation !== undefined) return expectation;
  // What a person names, such as a currency, is explained by what it stands in.
  if (keys.length > 1) return expectationFor(keys.slice(0, -1));
  throw new Error(`No expectation is written for ${keys.join('.')}.`);
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  const prefix = path.length === 0 ? '' : `${path.join('.')}.`;
  return Object.keys(expectations)
    .filter((key) => key.startsWith(prefix) && key !== '')
    .map((key) => key.slice(prefix.length))
    .filter((key) => key !== '' && !key.includes('.'));
}
