import * as z from 'zod';
import type { ApiPlan } from './read-apis.ts';
import { type BucketDeploymentPlan, readBucketDeployments } from './read-bucket-deployments.ts';
import {
  type AddedHeader,
  type ForwardPlan,
  forwardsNothing,
  readRequestPolicies,
  readResponsePolicies,
} from './read-page-policies.ts';
import { awayFromHome } from './resource-kinds.ts';
import type { Stack, StackResource } from './stack.ts';
import { TemplateError } from './template.ts';

const ignored = z.optional(z.unknown());

const behaviourSchema = z.strictObject({
  AllowedMethods: z._default(z.array(z.string()), ['GET', 'HEAD']),
  OriginRequestPolicyId: z.optional(z.string()),
  PathPattern: z._default(z.string(), '*'),
  ResponseHeadersPolicyId: z.optional(z.string()),
  TargetOriginId: z.string(),
  // The laptop keeps nothing, packs nothing and has no https.
  CachePolicyId: ignored,
  Compress: ignored,
  ViewerProtocolPolicy: ignored,
});

const originSchema = z.strictObject({
  Id: z.string(),
  DomainName: z.string(),
  OriginCustomHeaders: z._default(
    z.array(z.strictObject({ HeaderName: z.string(), HeaderValue: z.string() })),
    [],
  ),
  CustomOriginConfig: ignored,
  OriginAccessControlId: ignored,
  S3OriginConfig: ignored,
});

const distributionSchema = z.strictObject({
  DistributionConfig: z.strictObject({
    Aliases: z._default(z.array(z.string()), []),
    CacheBehaviors: z._default(z.array(behaviourSchema), []),
    DefaultCacheBehavior: behaviourSchema,
    DefaultRootObject: z.optional(z.string()),
    Enabled: z.literal(true),
    Origins: z.array(originSchema),
    Comment: ignored,
    HttpVersion: ignored,
    IPV6Enabled: ignored,
    PriceClass: ignored,
    ViewerCertificate: ignored,
  }),
  Tags: ignored,
});

type OriginConfig = z.output<typeof originSchema>;
type BehaviourConfig = z.output<typeof behaviourSchema>;

/** A header that CloudFront sends to an origin: its value stands in the template or in a secret. */
export type SentHeader = { readonly name: string } & (
  | { readonly value: string }
  | { readonly secretArn: string }
);

export type TargetPlan =
  | { readonly kind: 'files'; readonly files: readonly BucketDeploymentPlan[] }
  | {
      readonly kind: 'api';
      readonly apiLogicalId: string;
      readonly headers: readonly SentHeader[];
    };

/** What CloudFront does with the requests of a path. */
export interface BehaviourPlan {
  /** With `*` for any letters and `?` for one. */
  readonly pattern: string;
  readonly methods: readonly string[];
  readonly forwards: ForwardPlan;
  readonly target: TargetPlan;
  readonly responseHeaders: readonly AddedHeader[];
}

/** A distribution of CloudFront. */
export interface PagePlan {
  readonly logicalId: string;
  readonly name: string;
  /** Its addresses in the cloud, such as `https://d111111abcdef8.cloudfront.net`. */
  readonly origins: readonly string[];
  /** The file for the path `/`. */
  readonly rootObject: string | undefined;
  /** The first that fits is taken; the last one fits always. */
  readonly behaviours: readonly BehaviourPlan[];
}

interface Known {
  readonly stack: Stack;
  readonly apis: readonly ApiPlan[];
  readonly deployments: readonly BucketDeploymentPlan[];
  readonly requestPolicies: ReadonlyMap<string, ForwardPlan>;
  readonly responsePolicies: ReadonlyMap<string, readonly AddedHeader[]>;
}

/** @throws TemplateError for an origin or a policy that is none of the template's. */
export function readPages(
  stack: Stack,
  apis: readonly ApiPlan[],
  assetFolders: ReadonlyMap<string, string>,
): readonly PagePlan[] {
  const known = {
    stack,
    apis,
    deployments: readBucketDeployments(stack, assetFolders),
    requestPolicies: readRequestPolicies(stack),
    responsePolicies: readResponsePolicies(stack),
  };
  return stack.ofType('AWS::CloudFront::Distribution').map((resource) => readPage(known, resource));
}

function readPage(known: Known, resource: StackResource): PagePlan {
  const { logicalId } = resource;
  const { DistributionConfig: config } = known.stack.read(resource, distributionSchema);
  const domain = known.stack.attributeOf(logicalId, 'DomainName');
  return {
    logicalId,
    name: logicalId,
    origins: [domain, ...config.Aliases].map((host) => `https://${host}`),
    rootObject: config.DefaultRootObject,
    behaviours: [...config.CacheBehaviors, config.DefaultCacheBehavior].map((behaviour) => {
      const origin = config.Origins.find(({ Id }) => Id === behaviour.TargetOriginId);
      if (origin === undefined) {
        throw new TemplateError(`${logicalId} has no origin "${behaviour.TargetOriginId}".`);
      }
      return readBehaviour(known, logicalId, behaviour, origin);
    }),
  };
}

function readBehaviour(
  { requestPolicies, responsePolicies, ...known }: Known,
  at: string,
  behaviour: BehaviourConfig,
  origin: OriginConfig,
): BehaviourPlan {
  const { OriginRequestPolicyId: request, ResponseHeadersPolicyId: response } = behaviour;
  return {
    // CloudFront takes a pattern with and without the first slash.
    pattern: behaviour.PathPattern.replace(/^(?![/*])/, '/'),
    methods: behaviour.AllowedMethods,
    forwards: request === undefined ? forwardsNothing : lookUp(requestPolicies, request, at),
    target: targetOf(known, at, origin),
    responseHeaders: response === undefined ? [] : lookUp(responsePolicies, response, at),
  };
}

function targetOf(
  { stack, apis, deployments }: Pick<Known, 'stack' | 'apis' | 'deployments'>,
  at: string,
  { DomainName, OriginCustomHeaders }: OriginConfig,
): TargetPlan {
  const api = apis.find(
    ({ logicalId }) => awayFromHome.apiUrl(logicalId) === `https://${DomainName}`,
  );
  if (api !== undefined) {
    return { kind: 'api', apiLogicalId: api.logicalId, headers: OriginCustomHeaders.map(sentOf) };
  }
  const bucket = stack
    .ofType('AWS::S3::Bucket')
    .find(({ logicalId }) => stack.attributeOf(logicalId, 'RegionalDomainName') === DomainName);
  if (bucket === undefined) {
    throw new TemplateError(
      `${at} leads to "${DomainName}", which is no HTTP API and no bucket of the template.`,
    );
  }
  const name = stack.nameOf(bucket.logicalId, 'BucketName');
  return { kind: 'files', files: deployments.filter((deployment) => deployment.bucket === name) };
}

function sentOf({
  HeaderName,
  HeaderValue,
}: OriginConfig['OriginCustomHeaders'][number]): SentHeader {
  const name = HeaderName.toLowerCase();
  const [, secretArn] =
    /^\{\{resolve:secretsmanager:(.+):SecretString:::\}\}$/.exec(HeaderValue) ?? [];
  return secretArn === undefined ? { name, value: HeaderValue } : { name, secretArn };
}

/** The policies that AWS itself has ready are known by their ids alone: none of them is modelled. */
function lookUp<Plan>(plans: ReadonlyMap<string, Plan>, id: string, at: string): Plan {
  const plan = plans.get(id);
  if (plan !== undefined) return plan;
  throw new TemplateError(`${at} has the policy "${id}", which the local cloud does not know.`);
}
