import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketDeployment,
  CacheControl,
  type ISource,
  Source,
} from 'aws-cdk-lib/aws-s3-deployment';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Settings } from '../functions/environment.ts';
import type { PageConfig } from '../portal/src/page-config.ts';
import { withPage } from './build-page.ts';
import type { PageSettings } from './configuration.ts';
import { acknowledgeCopier, type Copier, createCopier } from './page-copier.ts';

export interface PageFilesProps {
  readonly bucket: IBucket;
  readonly settings: Settings;
  readonly page: PageSettings;
}

/** What `@stripe/stripe-js` 10 loads; test/stack/page.test.ts compares the two. */
export const stripeScript = 'https://js.stripe.com/endive/stripe.js';

export const pageConfigOf = (
  { business }: Settings,
  { stripePublishableKey, logoUrl, bankInstructions, texts }: PageSettings,
): PageConfig => ({
  business: {
    name: business.name,
    supportEmail: business.supportEmail,
    logoUrl: logoUrl ?? null,
    colour: business.colour ?? null,
  },
  stripe: { publishableKey: stripePublishableKey, script: stripeScript },
  bankInstructions: bankInstructions ?? null,
  texts,
});

/**
 * Builds the page and lets the deploy copy it into the bucket: first the files whose names change
 * with their content, then the document that names them.
 */
export function deployPage(scope: Construct, { bucket, settings, page }: PageFilesProps): void {
  withPage(pageConfigOf(settings, page), (folder) => {
    const copier = createCopier(scope);
    const copy = { scope, bucket, source: Source.asset(folder), ...copier };
    const assets = deploy(copy, 'Assets', {
      exclude: ['index.html'],
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    const document = deploy(copy, 'Document', {
      exclude: ['*'],
      include: ['index.html'],
      // Asked for each time: an old document would name files that are not there any more.
      cacheControl: [CacheControl.noCache()],
    });
    document.node.addDependency(assets);
    acknowledgeCopier(copier, bucket);
  });
}

interface Copy extends Copier {
  readonly scope: Construct;
  readonly bucket: IBucket;
  readonly source: ISource;
}

const deploy = (
  { scope, bucket, source, logGroup, role }: Copy,
  id: string,
  which: { exclude: string[]; include?: string[]; cacheControl: CacheControl[] },
): BucketDeployment =>
  new BucketDeployment(scope, id, {
    sources: [source],
    destinationBucket: bucket,
    logGroup,
    role,
    // A page that was opened before a deploy still finds the files that it names.
    prune: false,
    // The bucket is emptied when the stack goes, or it could not go.
    retainOnDelete: false,
    outputObjectKeys: false,
    ...which,
  });
