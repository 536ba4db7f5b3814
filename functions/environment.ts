import * as z from 'zod/mini';
import { policySchema } from './policy-settings.ts';

/**
 * What a function reads from its environment: the constructs of `lib/` set it, the runtime reads
 * it. Nothing secret stands here; secrets are named, and fetched from Secrets Manager.
 */
export const environment = {
  tableName: 'TABLE_NAME',
  retryQueueUrl: 'RETRY_QUEUE_URL',
  retryNowQueueUrl: 'RETRY_NOW_QUEUE_URL',
  noticeQueueUrl: 'NOTICE_QUEUE_URL',
  signInQueueUrl: 'SIGN_IN_QUEUE_URL',
  /** Where the customer's page stands, such as `https://billing.example.com`. */
  portalOrigin: 'PORTAL_ORIGIN',
  /** Name of the secret that CloudFront sends with each request that came through it. */
  portalOriginSecret: 'PORTAL_ORIGIN_SECRET',
  /** Name of the secret that holds the Stripe API key. */
  stripeApiKeySecret: 'STRIPE_API_KEY_SECRET',
  /** Name of the secret that holds the webhook signing secret(s), one `whsec_...` a line. */
  stripeWebhookSecret: 'STRIPE_WEBHOOK_SECRET',
  /** SES configuration set that publishes what became of each mail. */
  mailConfigurationSet: 'MAIL_CONFIGURATION_SET',
  /** The {@link settingsSchema} as JSON. */
  settings: 'BACKSTOP_SETTINGS',
  /** Only on a laptop: the local Stripe, on a loopback address. In the cloud it is not set. */
  stripeApiBase: 'STRIPE_API_BASE',
} as const;

/** In this header CloudFront sends the secret of {@link environment.portalOriginSecret}. */
export const originHeader = 'x-backstop-origin';

/** In this one it sends the network address and port of whoever asked. */
export const viewerAddressHeader = 'CloudFront-Viewer-Address';

const billingReasons = ['subscription_cycle', 'subscription_threshold', 'subscription_update'];

/** Stripe's names of the kinds that a SetupIntent of ours can be limited to. */
const methodTypes = ['card', 'link', 'sepa_debit', 'us_bank_account'] as const;

const consentDefault = {
  textVersion: '2026-11',
  text: {
    en:
      'I allow {business} to charge this payment method when my primary payment method is refused, ' +
      'for what my subscription costs then, until I withdraw this. I am told by mail each time.',
    de:
      'Ich erlaube {business}, von dieser Zahlungsart abzubuchen, was mein Abonnement kostet, wenn ' +
      'meine Standard-Zahlungsart abgelehnt wird, bis ich das widerrufe. Ich werde jedes Mal per ' +
      'E-Mail benachrichtigt.',
  },
};

/** What a customer agrees to in one language; {business} is the business's name. */
const consentTextSchema = z.string().check(z.minLength(1), z.maxLength(1000));

/** All settings are a variable of each function, and Lambda takes 4 KB of them. */
const mostOfConsent = 1500;
const lengthOf = (texts: Readonly<Record<string, string>>): number =>
  Object.values(texts).reduce((sum, { length }) => sum + length, 0);

const consentTexts = z.record(z.string().check(z.regex(/^[a-z]{2,3}$/)), consentTextSchema).check(
  z.refine((texts) => Object.keys(texts).length > 0, 'names no language'),
  z.refine(
    (texts) => lengthOf(texts) <= mostOfConsent,
    `has more than ${mostOfConsent} letters together`,
  ),
);

/** An IANA time zone that this runtime knows. */
const timeZone = z.string().check(
  z.refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, 'is not an IANA time zone such as "Europe/Berlin"'),
);

/** A BCP 47 language tag. */
const locale = z.string().check(
  z.refine((tag) => {
    try {
      return Intl.getCanonicalLocales(tag).length === 1;
    } catch {
      return false;
    }
  }, 'is not a language tag such as "en-US"'),
);

/** An address on the web without secrets in it; in clear only on the laptop itself. */
const webAddress = z.string().check(
  z.maxLength(500),
  z.refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.username !== '' || url.password !== '') return false;
    if (url.search !== '' || url.hash !== '') return false;
    const isLocal = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal);
  }, 'is not an https:// address without user, query and fragment'),
);

/** The address of a picture that mail programs show. */
const mailLogo = z.string().check(
  z.maxLength(500),
  z.refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url?.protocol === 'https:' && url.username === '' && url.password === '';
  }, 'is not an https:// address'),
  z.refine(
    (text) => !URL.canParse(text) || !/\.(svgz?|webp|avif)$/i.test(new URL(text).pathname),
    'is a kind of picture that mail programs do not show',
  ),
);

/**
 * The settings that decisions and mails depend on. The configuration (CDK context key
 * `backstop`) contains them; a wrong value is refused at synth.
 */
export const settingsSchema = z.strictObject({
  /** `observe` decides, explains and records, but charges nothing and mails nobody. */
  mode: z._default(z.enum(['observe', 'own']), 'own'),
  /** Which of Stripe's two worlds this deployment serves; a key of the other one is refused. */
  stripeMode: z.enum(['test', 'live']),
  /** Invoices with another `billing_reason` are not ours to collect. */
  billingReasons: z._default(
    z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    billingReasons,
  ),
  business: z.strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    supportEmail: z.email(),
    /** The postal address, in one line. */
    address: z.optional(z.string().check(z.minLength(1), z.maxLength(300))),
    /** The business's colour as `#rrggbb`, on its page and in its mails. */
    colour: z.optional(z.string().check(z.regex(/^#[0-9a-f]{6}$/i))),
    locale: z._default(locale, 'en-US'),
    timeZone: z._default(timeZone, 'UTC'),
  }),
  mail: z.strictObject({
    /** The verified SES identity that mails come from. */
    sender: z.email(),
    /** Who reads what customers answer; without it `business.supportEmail`. */
    replyTo: z.optional(z.email()),
    logoUrl: z.optional(mailLogo),
  }),
  portal: z._default(
    z.strictObject({
      /** The origin of the customer's page; without it the page stands where CloudFront puts it. */
      url: z.optional(
        webAddress.check(
          z.refine(
            (text) => URL.canParse(text) && new URL(text).origin === text,
            'is not an origin such as "https://billing.example.com"',
          ),
        ),
      ),
      /** Where a customer may be sent back to: these addresses and what is below their paths. */
      returnUrls: z._default(z.array(webAddress).check(z.maxLength(20)), []),
      /** Which kinds of payment method a customer may add; wallets are cards. */
      methodTypes: z._default(z.array(z.enum(methodTypes)).check(z.minLength(1)), ['card']),
    }),
    { returnUrls: [], methodTypes: ['card'] },
  ),
  consent: z._default(
    z.strictObject({
      /** Another text needs another version: what was agreed to is known by it. */
      textVersion: z.string().check(z.minLength(1), z.maxLength(50)),
      /**
       * What a customer agrees to who makes a method the backup: in the language of
       * `business.locale`, or by language such as `en`. The first is for who reads none of them.
       */
      text: z.union([consentTextSchema, consentTexts]),
    }),
    consentDefault,
  ),
  policy: policySchema,
});

export type Settings = z.output<typeof settingsSchema>;
