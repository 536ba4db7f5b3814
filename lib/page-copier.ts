import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnResource, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What the function that copies the page's files into their bucket is given. */
export interface Copier {
  readonly logGroup: LogGroup;
  readonly role: Role;
}

/**
 * The function itself is CDK's own, one for the whole stack, and runs during a deploy alone. With
 * a role of ours it writes its own logs only, and not those of the account.
 */
export function createCopier(scope: Construct): Copier {
  const logGroup = new LogGroup(scope, 'CopierLogs', {
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'CopierRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: "What copies the customer's page of Backstop during a deploy may do",
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  return { logGroup, role };
}

/** What CDK grants to a copier: to read what was built, and to write what is served. */
const grantedByCdk = [
  's3:GetBucket*',
  's3:GetObject*',
  's3:List*',
  's3:Abort*',
  's3:DeleteObject*',
];

/** @param bucket Where it copies to. */
export function acknowledgeCopier({ role }: Copier, bucket: IBucket): void {
  const stack = Stack.of(role);
  const target = bucket.node.defaultChild;
  if (!(target instanceof CfnResource)) throw new Error('The bucket has no resource.');
  const resources = [
    'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
    `<${stack.getLogicalId(target)}.Arn>/*`,
  ];
  Validations.of(role).acknowledge(
    ...grantedByCdk.map((action) => ({
      id: `AwsSolutions-IAM5[Action::${action}]`,
      reason: 'CDK grants so to its own copier, on two buckets: of assets, and of the page.',
    })),
    ...resources.map((resource) => ({
      id: `AwsSolutions-IAM5[Resource::${resource}]`,
      reason: 'It copies every file of the page, by whatever name.',
    })),
  );
  const copier = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucket'));
  if (copier === undefined) throw new Error('CDK has no function that copies.');
  const reason =
    "CDK's own function, in the version that belongs to CDK; it runs in a deploy, which fails if it fails.";
  Validations.of(copier).acknowledge(
    { id: 'AwsSolutions-L1', reason },
    { id: 'Serverless-LambdaDLQ', reason },
    { id: 'Serverless-LambdaLatestVersion', reason },
    { id: 'Serverless-LambdaTracing', reason },
  );
}
