import * as z from 'zod';
import type { Stack } from './stack.ts';
import { TemplateError } from './template.ts';

const ignored = z.optional(z.unknown());

const deploymentSchema = z.strictObject({
  ServiceToken: z.string(),
  SourceBucketNames: ignored,
  SourceObjectKeys: z.array(z.string()),
  DestinationBucketName: z.string(),
  Exclude: z._default(z.array(z.string()), []),
  Include: z._default(z.array(z.string()), []),
  SystemMetadata: z._default(z.strictObject({ 'cache-control': z.optional(z.string()) }), {}),
  // Between two deploys; each start of the laptop begins with nothing.
  Prune: ignored,
  RetainOnDelete: ignored,
  WaitForDistributionInvalidation: ignored,
  OutputObjectKeys: z.optional(z.literal(false)),
});

/** Files that a deploy copies into a bucket. */
export interface BucketDeploymentPlan {
  readonly bucket: string;
  /** Where the files lie on this machine, one folder for each asset. */
  readonly folders: readonly string[];
  /** Of all files, those that match are left out ... */
  readonly exclude: readonly string[];
  /** ... but for those that match one of these. */
  readonly include: readonly string[];
  readonly cacheControl: string | undefined;
}

/** @throws TemplateError for an asset that the assembly does not hold. */
export function readBucketDeployments(
  stack: Stack,
  assetFolders: ReadonlyMap<string, string>,
): readonly BucketDeploymentPlan[] {
  return stack.ofType('Custom::CDKBucketDeployment').map((resource) => {
    const plan = stack.read(resource, deploymentSchema);
    return {
      bucket: plan.DestinationBucketName,
      folders: plan.SourceObjectKeys.map((key) => {
        const folder = assetFolders.get(key);
        if (folder !== undefined) return folder;
        throw new TemplateError(`${resource.logicalId} copies "${key}", which no asset holds.`);
      }),
      exclude: plan.Exclude,
      include: plan.Include,
      cacheControl: plan.SystemMetadata['cache-control'],
    };
  });
}

/**
 * ARNs of the functions with which CDK does such a copy in the account, during a deploy alone.
 * The laptop copies by itself.
 */
export const readHelpers = (stack: Stack): ReadonlySet<string> =>
  new Set(
    stack
      .ofType('Custom::CDKBucketDeployment')
      .map((resource) => stack.read(resource, deploymentSchema).ServiceToken),
  );
