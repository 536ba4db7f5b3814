import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  PriceClass,
  type ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Fn, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  environment,
  originHeader,
  type Settings,
  viewerAddressHeader,
} from '../functions/environment.ts';
import type { PageSettings } from './configuration.ts';
import { deployPage } from './page-files.ts';
import { pageHeaders } from './page-headers.ts';
import type { PublicApi } from './public-api.ts';
import type { RoomFunction } from './room-function.ts';

export interface PortalPageProps {
  readonly settings: Settings;
  readonly page: PageSettings;
  readonly api: PublicApi;
}

/** Fixed, so that the runbook can name it. */
const originSecretName = 'backstop/portal-origin-secret';

/** What the API reads of a browser's request; CloudFront takes away all other headers. */
const forwardedHeaders = [
  'Accept-Language',
  'Content-Type',
  'Origin',
  'Sec-Fetch-Site',
  'User-Agent',
  viewerAddressHeader,
];

/**
 * The customer's page: its files in a bucket that only CloudFront reads, and in front of them and
 * of the API's `/portal/*` one address, so that the page and what it calls are one origin.
 */
export class PortalPage extends Construct {
  /** Where the page stands, such as `https://d111111abcdef8.cloudfront.net`. */
  readonly origin: string;
  readonly #originSecret: Secret;

  constructor(scope: Construct, id: string, props: PortalPageProps) {
    super(scope, id);
    this.#originSecret = createOriginSecret(this);
    const bucket = createBucket(this);
    const distribution = this.#distribute(bucket, props);
    deployPage(this, { bucket, ...props });
    this.origin = props.settings.portal.url ?? `https://${distribution.distributionDomainName}`;
  }

  /** Lets a function find out which requests came through this CloudFront. */
  grantReadOriginSecret(reader: RoomFunction): void {
    reader.allow({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [this.#originSecret.secretArn],
    });
    reader.setEnvironment(environment.portalOriginSecret, originSecretName);
  }

  #distribute(bucket: IBucket, { settings, page, api }: PortalPageProps): Distribution {
    const responseHeadersPolicy = pageHeaders(this, page, settings);
    const own = ownHost(this, settings, page);
    const distribution = new Distribution(this, 'Distribution', {
      comment: "Backstop: the customer's page",
      ...own,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      // North America, Europe and Israel: the cheapest; others are served from there.
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy,
      },
      additionalBehaviors: {
        '/portal/*': this.#apiBehaviour(api, responseHeadersPolicy),
      },
    });
    acknowledgeDistribution(distribution, own.certificate === undefined);
    return distribution;
  }

  #apiBehaviour(api: PublicApi, responseHeadersPolicy: ResponseHeadersPolicy) {
    return {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', api.api.apiEndpoint)), {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        customHeaders: {
          // CloudFormation puts the value in when it deploys: the template has only its name.
          [originHeader]: this.#originSecret.secretValue.unsafeUnwrap(),
        },
      }),
      // What signs somebody in has no business in clear, not even to be redirected.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: new OriginRequestPolicy(this, 'ApiRequests', {
        comment: "Backstop: what the API reads of a browser's request",
        headerBehavior: OriginRequestHeaderBehavior.allowList(...forwardedHeaders),
        cookieBehavior: OriginRequestCookieBehavior.all(),
        queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      }),
      responseHeadersPolicy,
    };
  }
}

/** With a certificate the page answers under the host of `portal.url`. */
function ownHost(scope: Construct, { portal }: Settings, { certificateArn }: PageSettings) {
  if (certificateArn === undefined || portal.url === undefined) return {};
  return {
    domainNames: [new URL(portal.url).hostname],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

function createOriginSecret(scope: Construct): Secret {
  const secret = new Secret(scope, 'OriginSecret', {
    secretName: originSecretName,
    description: "By this the API knows the requests that came through the page's CloudFront",
    generateSecretString: { excludePunctuation: true, passwordLength: 48 },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'CloudFront gets a new value only by a deploy. Who knows it can lie about a network address, and do nothing else.',
  });
  return secret;
}

/** Nothing but what was built is in it, so it goes with the stack. */
function createBucket(scope: Construct): IBucket {
  const bucket = new Bucket(scope, 'Files', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Only CloudFront reads it, and it holds a page that everybody may have.',
  });
  // The class lacks nothing of the interface: their types differ in `isWebsite` being left out or
  // undefined, which this project's compiler tells apart and CDK's does not.
  return bucket as IBucket;
}

function acknowledgeDistribution(distribution: Distribution, hasDefaultCertificate: boolean): void {
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR1', reason: 'Customers may be, and travel, anywhere.' },
    {
      id: 'AwsSolutions-CFR2',
      reason:
        'The API limits how often anybody may ask, by address, person and session; a firewall costs more a month than all the rest, and can be put in front.',
    },
    {
      id: 'AwsSolutions-CFR3',
      reason:
        "API Gateway logs each request to the API; who loaded the page's files tells nothing.",
    },
  );
  if (!hasDefaultCertificate) return;
  Validations.of(distribution).acknowledge({
    id: 'AwsSolutions-CFR4',
    reason:
      'With the certificate of cloudfront.net AWS lets nobody choose; with one of your own it is TLS 1.2 at least.',
  });
}
