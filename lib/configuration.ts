import * as z from 'zod/mini';
import { type Settings, settingsSchema } from '../functions/environment.ts';
import { describeProblem } from './describe-problem.ts';

/** The letters that Secrets Manager allows in a name; no ARN, so no colon. */
const secretName = z.string().check(
  z.refine((name) => !/^(sk|rk|pk|whsec)_/.test(name), {
    message: 'is a Stripe key and not the name of a secret',
    abort: true,
  }),
  z.regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/),
);

/**
 * What a person writes under the CDK context key `backstop`: the settings that the functions
 * read, and what only the deployment needs to know.
 */
const configurationSchema = z
  .extend(settingsSchema, {
    mail: z.extend(settingsSchema.shape.mail, {
      /** The identity verified in SES: the sender's address itself, or its domain. */
      identity: z.optional(z.string().check(z.minLength(1))),
    }),
    /** Name of the secret that holds the Stripe API key; a person makes it before deploying. */
    stripeApiKeySecretName: z._default(secretName, 'backstop/stripe-api-key'),
    /** Who is told when an alarm rings; without it the topic has no subscriber yet. */
    alarmEmail: z.optional(z.email()),
  })
  .check(
    z.refine(({ mail }) => mail.identity === undefined || sends(mail.identity, mail.sender), {
      path: ['mail', 'identity'],
      message: 'is neither mail.sender itself nor the domain of mail.sender',
    }),
  );

export interface Configuration {
  /** What the functions read at run time. */
  readonly settings: Settings;
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
 * Reads the value of the context key `backstop`.
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
  const { stripeApiKeySecretName, alarmEmail, mail, ...rest } = parsed.data;
  const { identity, ...sender } = mail;
  const configuration: Configuration = {
    settings: { ...rest, mail: sender },
    mailIdentity: identity ?? sender.sender,
    stripeApiKeySecretName,
    alarmEmail,
  };
  const problems = target.account === undefined ? [] : refuseExampleAddresses(configuration);
  return problems.length === 0 ? { valid: true, configuration } : { valid: false, problems };
}

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

function refuseExampleAddresses(configuration: Configuration): string[] {
  const addresses: Record<string, string | undefined> = {
    'business.supportEmail': configuration.settings.business.supportEmail,
    'mail.sender': configuration.settings.mail.sender,
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
