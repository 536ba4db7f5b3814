import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BackstopStack } from '../../lib/backstop-stack.ts';
import { withPage, writeConfig } from '../../lib/build-page.ts';
import { pageConfigOf, stripeScript } from '../../lib/page-files.ts';
import { policyOf } from '../../lib/page-headers.ts';
import type { PageConfig } from '../../portal/src/page-config.ts';
import { createApp, exampleConfiguration, synthesizeExample } from './synthesize-example.ts';

const template = synthesizeExample();
const { settings, page } = exampleConfiguration();

const config: PageConfig = pageConfigOf(settings, {
  ...page,
  bankInstructions: 'Write "</script><script>alert(1)</script>" & $& to us.',
  texts: { en: { 'banner.settled': '</script> $& {}' } },
});

describe('what is built', () => {
  test('is a document with the configuration and nothing that a policy forbids', () => {
    withPage(config, (folder) => {
      const html = readFileSync(join(folder, 'index.html'), 'utf8');
      const [, json = ''] = /id="page-config">([^<]*)<\/script>/.exec(html) ?? [];
      expect(JSON.parse(json)).toEqual(config);
      const scripts = [...html.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
      const running = scripts.filter(([, attributes]) => !attributes?.includes('application/json'));
      expect(running.length).toBeGreaterThan(0);
      for (const [, attributes, text] of running) {
        expect([attributes, text]).toEqual([expect.stringContaining(' src="/assets/'), '']);
      }
      expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
    });
  });

  test('needs the block for the configuration', () => {
    expect(() => writeConfig('<html></html>', config)).toThrow(/id="page-config"/);
  });

  test("loads the script that Stripe's package loads", () => {
    const entry = createRequire(import.meta.url).resolve('@stripe/stripe-js/pure');
    const source = readFileSync(join(entry, '../../dist/pure.js'), 'utf8');
    const [, train = ''] = /RELEASE_TRAIN = '(\w+)'/.exec(source) ?? [];
    expect(stripeScript).toBe(`https://js.stripe.com/${train}/stripe.js`);
  });
});

describe('where it stands', () => {
  test('only CloudFront reads the files, by https', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 's3:GetObject',
            Principal: { Service: 'cloudfront.amazonaws.com' },
          }),
        ],
      },
    });
  });

  test('files that are named by their content are kept, the document is asked for anew', () => {
    const copied = (properties: object) =>
      template.hasResourceProperties('Custom::CDKBucketDeployment', {
        Prune: false,
        RetainOnDelete: false,
        ...properties,
      });
    copied({
      Exclude: ['index.html'],
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
    copied({
      Exclude: ['*'],
      Include: ['index.html'],
      SystemMetadata: { 'cache-control': 'no-cache' },
    });
  });

  test("the API's part of it is never kept, and gets what it reads, with CloudFront's secret", () => {
    const headers = Match.objectLike({ Ref: Match.stringLikeRegexp('^PortalPageHeaders') });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        DefaultRootObject: 'index.html',
        // It would stand in the place of the API's own refusals.
        CustomErrorResponses: Match.absent(),
        HttpVersion: 'http2and3',
        DefaultCacheBehavior: Match.objectLike({ ResponseHeadersPolicyId: headers }),
        CacheBehaviors: [
          Match.objectLike({
            PathPattern: '/portal/*',
            AllowedMethods: Match.arrayWith(['PUT', 'PATCH', 'POST', 'DELETE']),
            // AWS's own policy "CachingDisabled".
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
            ResponseHeadersPolicyId: headers,
            ViewerProtocolPolicy: 'https-only',
          }),
        ],
        Origins: Match.arrayWith([
          Match.objectLike({
            OriginCustomHeaders: [Match.objectLike({ HeaderName: 'x-backstop-origin' })],
          }),
        ]),
      }),
    });
    const policies = template.findResources('AWS::CloudFront::OriginRequestPolicy');
    const [policy] = Object.values(policies);
    // CloudFront takes 10 headers in such a list.
    expect(policy?.Properties.OriginRequestPolicyConfig.HeadersConfig.Headers.length).toBeLessThan(
      11,
    );
  });

  test('with a certificate it answers under its own host, by TLS 1.2 at least', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/abc';
    const { app, remove } = createApp();
    onTestFinished(remove);
    const url = 'https://billing.acme.dev';
    const stack = new BackstopStack(app, 'Backstop', {
      configuration: {
        ...exampleConfiguration(),
        settings: { ...settings, portal: { ...settings.portal, url } },
        page: { ...page, certificateArn },
      },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        Aliases: ['billing.acme.dev'],
        ViewerCertificate: {
          AcmCertificateArn: certificateArn,
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
      }),
    });
  });
});

describe('what browsers are told', () => {
  test('is a policy that names Stripe and nobody else', () => {
    expect(policyOf(page, ['card'])).toBe(
      "default-src 'none'; script-src 'self' https://js.stripe.com https://*.js.stripe.com; " +
        'frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com; ' +
        "connect-src 'self' https://api.stripe.com; img-src 'self' data: https://*.stripe.com; " +
        "style-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'",
    );
  });

  test('lets Link in where it is offered', () => {
    const policy = policyOf(page, ['card', 'link']);
    expect(policy).toContain('https://hooks.stripe.com https://link.com https://*.link.com;');
    expect(policy).toContain('https://api.stripe.com https://link.com https://*.link.com;');
    expect(policy).toContain("img-src 'self' data: https://*.stripe.com https://*.link.com;");
  });

  test.each([
    ['https://cdn.acme.dev/logo.svg?x=1', 'https://*.stripe.com https://cdn.acme.dev;'],
    ['/logo.svg', 'https://*.stripe.com;'],
  ])('lets the logo %s be shown', (logoUrl, images) => {
    expect(policyOf({ logoUrl }, ['card'])).toContain(`img-src 'self' data: ${images}`);
  });

  test('is to come by https for two years, and that payment is for Stripe alone', () => {
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: Match.objectLike({
        SecurityHeadersConfig: Match.objectLike({
          ContentSecurityPolicy: {
            ContentSecurityPolicy: policyOf(page, ['card']),
            Override: true,
          },
          StrictTransportSecurity: Match.objectLike({ AccessControlMaxAgeSec: 63_072_000 }),
          ContentTypeOptions: { Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        }),
        CustomHeadersConfig: {
          Items: Match.arrayWith([
            {
              Header: 'Permissions-Policy',
              Override: true,
              Value: 'payment=(self "https://js.stripe.com")',
            },
          ]),
        },
      }),
    });
  });
});
