import * as z from 'zod';
import type { Stack } from './stack.ts';

const ignored = z.optional(z.unknown());

const requestSchema = z.strictObject({
  OriginRequestPolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: ignored,
    CookiesConfig: z.strictObject({ CookieBehavior: z.enum(['all', 'none']) }),
    HeadersConfig: z.strictObject({
      HeaderBehavior: z.enum(['whitelist', 'none']),
      Headers: z._default(z.array(z.string()), []),
    }),
    QueryStringsConfig: z.strictObject({ QueryStringBehavior: z.enum(['all', 'none']) }),
  }),
});

const overriding = { Override: z.boolean() };

const responseSchema = z.strictObject({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: ignored,
    CustomHeadersConfig: z.optional(
      z.strictObject({
        Items: z.array(z.strictObject({ Header: z.string(), Value: z.string(), ...overriding })),
      }),
    ),
    SecurityHeadersConfig: z.optional(
      z.strictObject({
        ContentSecurityPolicy: z.optional(
          z.strictObject({ ContentSecurityPolicy: z.string(), ...overriding }),
        ),
        ContentTypeOptions: z.optional(z.strictObject(overriding)),
        FrameOptions: z.optional(z.strictObject({ FrameOption: z.string(), ...overriding })),
        ReferrerPolicy: z.optional(z.strictObject({ ReferrerPolicy: z.string(), ...overriding })),
        StrictTransportSecurity: z.optional(
          z.strictObject({
            AccessControlMaxAgeSec: z.int(),
            IncludeSubdomains: z._default(z.boolean(), false),
            Preload: z._default(z.boolean(), false),
            ...overriding,
          }),
        ),
      }),
    ),
  }),
});

/** What CloudFront hands on of a viewer's request. */
export interface ForwardPlan {
  /** Names of headers in small letters. */
  readonly headers: readonly string[];
  readonly cookies: boolean;
  readonly query: boolean;
}

/** Without a policy CloudFront hands nothing on but the path and the body. */
export const forwardsNothing: ForwardPlan = { headers: [], cookies: false, query: false };

/** By the policies' logical ids. */
export const readRequestPolicies = (stack: Stack): ReadonlyMap<string, ForwardPlan> =>
  new Map(
    stack.ofType('AWS::CloudFront::OriginRequestPolicy').map((resource) => {
      const { OriginRequestPolicyConfig: config } = stack.read(resource, requestSchema);
      const plan = {
        headers: config.HeadersConfig.Headers.map((name) => name.toLowerCase()),
        cookies: config.CookiesConfig.CookieBehavior === 'all',
        query: config.QueryStringsConfig.QueryStringBehavior === 'all',
      };
      return [resource.logicalId, plan];
    }),
  );

/** A header that CloudFront puts on its answers. */
export interface AddedHeader {
  /** In small letters. */
  readonly name: string;
  readonly value: string;
  /** Whether it takes the place of one that the answer has already. */
  readonly overrides: boolean;
}

/** By the policies' logical ids. */
export const readResponsePolicies = (stack: Stack): ReadonlyMap<string, readonly AddedHeader[]> =>
  new Map(
    stack
      .ofType('AWS::CloudFront::ResponseHeadersPolicy')
      .map((resource) => [
        resource.logicalId,
        headersOf(stack.read(resource, responseSchema).ResponseHeadersPolicyConfig),
      ]),
  );

type ResponseConfig = z.output<typeof responseSchema>['ResponseHeadersPolicyConfig'];

function headersOf({ SecurityHeadersConfig, CustomHeadersConfig }: ResponseConfig): AddedHeader[] {
  const {
    ContentSecurityPolicy: csp,
    ContentTypeOptions: type,
    FrameOptions: frame,
    ReferrerPolicy: referrer,
    StrictTransportSecurity: hsts,
  } = SecurityHeadersConfig ?? {};
  return [
    ...(csp ? [added('content-security-policy', csp.ContentSecurityPolicy, csp)] : []),
    ...(type ? [added('x-content-type-options', 'nosniff', type)] : []),
    ...(frame ? [added('x-frame-options', frame.FrameOption, frame)] : []),
    ...(referrer ? [added('referrer-policy', referrer.ReferrerPolicy, referrer)] : []),
    ...(hsts ? [added('strict-transport-security', hstsOf(hsts), hsts)] : []),
    ...(CustomHeadersConfig?.Items ?? []).map((item) =>
      added(item.Header.toLowerCase(), item.Value, item),
    ),
  ];
}

const added = (name: string, value: string, { Override }: { Override: boolean }): AddedHeader => ({
  name,
  value,
  overrides: Override,
});

const hstsOf = (hsts: {
  AccessControlMaxAgeSec: number;
  IncludeSubdomains: boolean;
  Preload: boolean;
}): string =>
  [
    `max-age=${hsts.AccessControlMaxAgeSec}`,
    ...(hsts.IncludeSubdomains ? ['includeSubDomains'] : []),
    ...(hsts.Preload ? ['preload'] : []),
  ].join('; ');
