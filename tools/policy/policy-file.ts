import * as z from 'zod/mini';
import type { Policy } from '../../functions/domain/policy.ts';
import { isTimeZone } from '../../functions/domain/schedule/time-zone.ts';
import { type PolicySettings, policySchema } from '../../functions/policy-settings.ts';
import { describeProblem } from '../../lib/describe-problem.ts';
import { PolicyRefusal } from './refusal.ts';

/** Of a cdk.json, what a policy is read from; the rest is not looked at. */
const cdkFile = z.object({
  context: z.object({
    backstop: z.object({
      policy: z.optional(z.unknown()),
      business: z.optional(z.object({ timeZone: z.optional(z.string()) })),
    }),
  }),
});

/**
 * Reads a policy: the settings `policy` of the configuration, those that are left out as ever, or
 * a whole cdk.json.
 * @param name Of the file, for what is said of it.
 * @throws {PolicyRefusal} with a sentence for each thing that is wrong.
 */
export function readPolicy(text: string, name: string): Policy {
  const value = parse(text, name);
  const cdk = cdkFile.safeParse(value);
  const written = cdk.success ? (cdk.data.context.backstop.policy ?? {}) : value;
  const read = policySchema.safeParse(written, { reportInput: true });
  if (!read.success) {
    const problems = read.error.issues.flatMap((issue) =>
      describeProblem({ ...issue, path: ['policy', ...issue.path] }),
    );
    throw new PolicyRefusal(problems.map((problem) => `${name}: ${problem}`).join('\n'));
  }
  const timeZone = (cdk.success ? cdk.data.context.backstop.business?.timeZone : null) ?? 'UTC';
  if (isTimeZone(timeZone)) return policyOf(read.data, timeZone);
  throw new PolicyRefusal(
    `${name}: backstop.business.timeZone is "${timeZone}", which does not fit: set it to an IANA time zone such as "Europe/Berlin".`,
  );
}

/** The policy that these settings are, in a simulated world where every failure is ours. */
export function policyOf(settings: PolicySettings, businessTimeZone = 'UTC'): Policy {
  const { passesPerSecond: _sweepsOnly, ...rules } = settings;
  return { ...rules, billingReasons: ['subscription_cycle'], livemode: false, businessTimeZone };
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PolicyRefusal(
      `${name} is no JSON (${error.message}): write the settings of "policy" there, such as {"retryAfterDays": [1, 3, 5]}.`,
    );
  }
}
