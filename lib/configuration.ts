import * as z from 'zod/mini';
import { type Settings, settingsSchema } from '../functions/environment.ts';
import { describeProblem } from './describe-problem.ts';
import { type OwnTexts, readOwnTexts, theMails, thePage } from './own-texts.ts';

/** The letters that Secrets Manager allows in a name; no ARN, so no colon. */
const secretName = z.string().check(
  z.refine((name) => !/^(sk|rk|pk|whsec)_/.test(name), {
    message: 'is a Stripe key and not the name of a secret',
    abort: true,
  }),
  z.regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/),
);

const publishableKey = z.string().check(
  z.refine((key) => !/^(sk|rk|whsec)_/.test(key), {
    message:
      'is a secret key, and everybody could read it in the page: revoke it in Stripe, because it stood in a file',
    abort: true,
  }),
  z.regex(/^pk_(test|live)_[A-Za-z0-9]+$/),
);

/** What only the page and its place on the web need to know. */
const pageSchema = z.strictObject({
  /** Stripe's key for pages, which is no secret. */
  stripePublishableKey: publishableKey,
  /** An address on the web, or the path of a file in `portal/public`. */
  logoUrl: z.optional(
    z
      .string()
      .check(z.maxLength(500), z.refine(isLogo, 'is neither an https:// address nor a path')),
  ),
  /** How to pay by bank account, for customers who ask. */
  bankInstructions: z.optional(z.string().check(z.minLength(1), z.maxLength(1000))),
  /** Files with the business's own sentences, by language. */
  texts: z.optional(z.record(z.string(), z.string().check(z.minLength(1)))),
  /** Of the host in `portal.url`; CloudFront takes certificates of us-east-1 only. */
  certificateArn: z.optional(
    z.string().check(z.regex(/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/)),
  ),
});

/** What a person writes of the page, with what stands in the files that they name. */
export type PageSettings = Omit<z.output<typeof pageSchema>, 'texts'> & {
  readonly texts: OwnTexts;
};

function isLogo(text: string): boolean {
  if (/^\/[^/\\]/.test(text)) return true;
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

/**
 * What a person writes under the CDK context key `backstop`: the settings that the functions
 * read, and what only the deployment needs to know.
 */
const configurationSchema = z
  .extend(settingsSchema, {
    mail: z.extend(settingsSchema.shape.mail, {
      /** The identity verified in SES: the sender's address itself, or its domain. */
      identity: z.optional(z.string().check(z.minLength(1))),
      /** Files with the business's own sentences, by language. */
      texts: z.optional(z.record(z.string(), z.string().check(z.minLength(1)))),
    }),
    /** Name of the secret that holds the Stripe API key; a person makes it before deploying. */
    stripeApiKeySecretName: z._default(secretName, 'backstop/stripe-api-key'),
    page: pageSchema,
    /** Who is told when an alarm rings; without it the topic has no subscriber yet. */
    alarmEmail: z.optional(z.email()),
  })
  .check(
    z.refine(({ mail }) => mail.identity === undefined || sends(mail.identity, mail.sender), {
      path: ['mail', 'identity'],
      message: 'is neither mail.sender itself nor the domain of mail.sender',
    }),
    z.refine(({ page, stripeMode }) => page.stripePublishableKey.startsWith(`pk_${stripeMode}_`), {
      path: ['page', 'stripePublishableKey'],
      message: 'is a key of the other mode than stripeMode',
    }),
    z.refine(({ page, portal }) => page.certificateArn === undefined || hasHost(portal.url), {
      path: ['page', 'certificateArn'],
      message: 'is a certificate for no host, because portal.url does not name one',
    }),
  );

export interface Configuration {
  /** What the functions read at run time. */
  readonly settings: Settings;
  readonly page: PageSettings;
  /** The business's own sentences of the mails. */
  readonly mailTexts: OwnTexts;
  /** The identity verified in SES that the sender belongs to. */
  readonly mailIdentity: string;
  readonly stripeApiKeySecretName: string;
  readonly alarmEmail: string | undefined;
}

export type ConfigurationReading =
  | { readonly valid: true; readonly configuration: Configuration }
  /** One sentence per problem, each with the key's path and what to do. */
  | { readonly valid: false; readonly problems: readonly string[] };

/**
 * Reads the value of the context key `backstop`, and the files that it names.
 *
 * @param target.account the AWS account that the CLI found credentials for. With one, a deploy may
 *   follow, so the addresses of the example configuration are refused.
 */
export function readConfiguration(
  value: unknown,
  target: { readonly account: string | undefined },
): ConfigurationReading {
  const parsed = configurationSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    return { valid: false, problems: parsed.error.issues.flatMap(describeProblem) };
  }
  const { stripeApiKeySecretName, alarmEmail, mail, page, ...rest } = parsed.data;
  const { identity, texts, ...sender } = mail;
  const ofPage = readOwnTexts(thePage, page.texts ?? {});
  const ofMails = readOwnTexts(theMails, texts ?? {});
  const configuration: Configuration = {
    settings: { ...rest, mail: sender },
    page: { ...page, texts: ofPage.texts },
    mailTexts: ofMails.texts,
    mailIdentity: identity ?? sender.sender,
    stripeApiKeySecretName,
    alarmEmail,
  };
  const examples = target.account === undefined ? [] : refuseExamples(configuration);
  const problems = [...ofPage.problems, ...ofMails.problems, ...examples];
  return problems.length === 0 ? { valid: true, configuration } : { valid: false, problems };
}

/** Whether an origin is one that CloudFront can answer under. */
const hasHost = (url: string | undefined): boolean => url?.startsWith('https:') ?? false;

/** Whether SES lets `sender` send under the verified `identity`: a domain covers its subdomains. */
function sends(identity: string, sender: string): boolean {
  const domain = sender.slice(sender.lastIndexOf('@') + 1).toLowerCase();
  const verified = identity.toLowerCase();
  return (
    verified === sender.toLowerCase() || domain === verified || domain.endsWith(`.${verified}`)
  );
}

/** RFC 2606 keeps these domains for documentation; mail to them reaches nobody. */
const exampleDomain = /(^|[@.])example\.(com|org|net)$/i;

/** Stands in cdk.json as it comes. */
const examplePublishableKey = 'pk_test_example';

function refuseExamples(configuration: Configuration): string[] {
  const key =
    configuration.page.stripePublishableKey === examplePublishableKey
      ? [
          `backstop.page.stripePublishableKey is still the example "${examplePublishableKey}": put the publishable key of your Stripe account into cdk.json before you deploy to an AWS account.`,
        ]
      : [];
  return [...key, ...refuseExampleAddresses(configuration)];
}

function refuseExampleAddresses(configuration: Configuration): string[] {
  const addresses: Record<string, string | undefined> = {
    'business.supportEmail': configuration.settings.business.supportEmail,
    'mail.sender': configuration.settings.mail.sender,
    'mail.replyTo': configuration.settings.mail.replyTo,
    alarmEmail: configuration.alarmEmail,
  };
  return Object.entries(addresses).flatMap(([path, address]) =>
    address !== undefined && exampleDomain.test(address)
      ? [
          `backstop.${path} is still the example "${address}": put your own address into cdk.json before you deploy to an AWS account.`,
        ]
      : [],
  );
}
