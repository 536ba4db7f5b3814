import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Settings } from '../functions/environment.ts';
import type { PageSettings } from './configuration.ts';

/** Where Stripe's script comes from; https://docs.stripe.com/security/guide has what a page needs. */
const stripeScripts = 'https://js.stripe.com https://*.js.stripe.com';

/** What browsers are told with everything that comes from the page's address. */
export const pageHeaders = (
  scope: Construct,
  page: PageSettings,
  { portal }: Pick<Settings, 'portal'>,
): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'Headers', {
    comment: "Backstop: what browsers are told with the customer's page",
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy: policyOf(page, portal.methodTypes),
        override: true,
      },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(2 * 365),
        includeSubdomains: false,
        override: true,
      },
      contentTypeOptions: { override: true },
      // For browsers that do not know frame-ancestors.
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        {
          header: 'Permissions-Policy',
          value: 'payment=(self "https://js.stripe.com")',
          override: true,
        },
        // Not `same-origin`: Link and some banks open a window and talk to it.
        { header: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups', override: true },
      ],
    },
  });

/**
 * Card fields are Stripe's frames: a script of anybody else beside them could read along. Link's
 * hosts are let in where Link is offered, as Stripe's guide lists them.
 */
export function policyOf(
  { logoUrl }: Pick<PageSettings, 'logoUrl'>,
  methodTypes: readonly string[],
): string {
  const hasLink = methodTypes.includes('link');
  const link = hasLink ? ' https://link.com https://*.link.com' : '';
  const linkImages = hasLink ? ' https://*.link.com' : '';
  const logo = logoUrl?.startsWith('https:') ? ` ${new URL(logoUrl).origin}` : '';
  return [
    "default-src 'none'",
    `script-src 'self' ${stripeScripts}`,
    `frame-src ${stripeScripts} https://hooks.stripe.com${link}`,
    `connect-src 'self' https://api.stripe.com${link}`,
    `img-src 'self' data: https://*.stripe.com${linkImages}${logo}`,
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
