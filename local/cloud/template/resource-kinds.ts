import { account, arnOf } from '../account.ts';

/** One resource of the template, as its references see it. */
export interface Referred {
  readonly logicalId: string;
  /** The name that the template gives under this property, or the one that AWS would make up. */
  name(property: string): string;
  /** What the template gives under this property, if it is a text. */
  text(property: string): string | undefined;
  readonly addresses: Addresses;
}

/** Where whoever reads the template finds what has an address. */
export interface Addresses {
  /** `http://127.0.0.1:PORT` of the reader's own gateway. */
  readonly queueUrlBase: string;
  /** Of the HTTP API with this logical id. */
  apiUrl(logicalId: string): string;
}

/** As AWS would address them. */
export const awayFromHome: Addresses = {
  queueUrlBase: 'https://sqs.us-east-1.amazonaws.com',
  apiUrl: (logicalId) => `https://${logicalId}.execute-api.${account.region}.${account.urlSuffix}`,
};

export interface ResourceKind {
  /** What `Ref` gives. */
  ref(resource: Referred): string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes: Readonly<Record<string, (resource: Referred) => string>>;
}

const byLogicalId: ResourceKind = { ref: (resource) => resource.logicalId, attributes: {} };

const named = (
  property: string,
  attributes: Record<string, (name: string) => string> = {},
): ResourceKind => ({
  ref: (resource) => resource.name(property),
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([attribute, of]) => [
      attribute,
      (resource: Referred) => of(resource.name(property)),
    ]),
  ),
});

const table = named('TableName', {
  Arn: (name) => arnOf('dynamodb', `table/${name}`),
  TableId: (name) => name,
});

const queueUrl = (resource: Referred) =>
  `${resource.addresses.queueUrlBase}/${account.id}/${resource.name('QueueName')}`;
const queueArn = (resource: Referred) => arnOf('sqs', resource.name('QueueName'));
const secretArn = (resource: Referred) =>
  arnOf('secretsmanager', `secret:${resource.name('Name')}-LOCAL1`);
const s3Arn = (name: string) => `arn:${account.partition}:s3:::${name}`;
const topicArn = (resource: Referred) => arnOf('sns', resource.name('TopicName'));
const roleArn = (name: string) => `arn:${account.partition}:iam::${account.id}:role/${name}`;
const managedPolicyArn = (resource: Referred) =>
  `arn:${account.partition}:iam::${account.id}:policy/${resource.name('ManagedPolicyName')}`;

/** The resource types that the local cloud runs. */
export const runningKinds = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    ref: queueUrl,
    attributes: {
      Arn: queueArn,
      QueueName: (resource) => resource.name('QueueName'),
      QueueUrl: queueUrl,
    },
  },
  'AWS::Lambda::Function': named('FunctionName', {
    Arn: (name) => arnOf('lambda', `function:${name}`),
  }),
  'AWS::Lambda::EventSourceMapping': byLogicalId,
  'AWS::Lambda::EventInvokeConfig': byLogicalId,
  'AWS::ApiGatewayV2::Api': {
    ref: (resource) => resource.logicalId,
    attributes: {
      ApiId: (resource) => resource.logicalId,
      ApiEndpoint: ({ addresses, logicalId }) => addresses.apiUrl(logicalId),
    },
  },
  'AWS::ApiGatewayV2::Route': byLogicalId,
  'AWS::ApiGatewayV2::Integration': byLogicalId,
  'AWS::ApiGatewayV2::Stage': {
    ref: (resource) => resource.text('StageName') ?? resource.logicalId,
    attributes: {},
  },
  'AWS::Events::Rule': named('Name', { Arn: (name) => arnOf('events', `rule/${name}`) }),
  'AWS::SecretsManager::Secret': { ref: secretArn, attributes: { Id: secretArn } },
  'AWS::SES::ConfigurationSet': named('Name'),
  'AWS::SES::ConfigurationSetEventDestination': byLogicalId,
  'AWS::IAM::ManagedPolicy': { ref: managedPolicyArn, attributes: { PolicyArn: managedPolicyArn } },
  'AWS::IAM::Policy': named('PolicyName'),
  'AWS::IAM::Role': named('RoleName', { Arn: roleArn, RoleId: (name) => name }),
  'AWS::Lambda::Permission': byLogicalId,
  'AWS::S3::Bucket': named('BucketName', {
    Arn: s3Arn,
    RegionalDomainName: (name) => `${name}.s3.${account.region}.${account.urlSuffix}`,
  }),
  'AWS::CloudFront::Distribution': {
    ref: (resource) => resource.logicalId,
    attributes: {
      DomainName: ({ logicalId }) => `${logicalId.toLowerCase()}.cloudfront.net`,
    },
  },
  'AWS::CloudFront::OriginRequestPolicy': byLogicalId,
  'AWS::CloudFront::ResponseHeadersPolicy': byLogicalId,
  'Custom::CDKBucketDeployment': byLogicalId,
  'AWS::SQS::QueuePolicy': byLogicalId,
} as const satisfies Record<string, ResourceKind>;

/**
 * The resource types that need no running on a laptop: what watches the running system, and what
 * only the account needs.
 */
export const restingKinds: Readonly<Record<string, ResourceKind>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': byLogicalId,
  'AWS::CDK::Metadata': byLogicalId,
  'AWS::CloudWatch::Alarm': named('AlarmName', {
    Arn: (name) => arnOf('cloudwatch', `alarm:${name}`),
  }),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', {
    Arn: (name) => arnOf('cloudwatch', `alarm:${name}`),
  }),
  'AWS::CloudWatch::Dashboard': named('DashboardName'),
  'AWS::CloudFront::OriginAccessControl': {
    ref: (resource) => resource.logicalId,
    attributes: { Id: (resource) => resource.logicalId },
  },
  'AWS::KMS::Alias': named('AliasName'),
  'AWS::KMS::Key': {
    ref: (resource) => resource.logicalId,
    attributes: { Arn: (resource) => arnOf('kms', `key/${resource.logicalId}`) },
  },
  'AWS::Lambda::LayerVersion': byLogicalId,
  'AWS::Logs::LogGroup': named('LogGroupName', {
    Arn: (name) => arnOf('logs', `log-group:${name}:*`),
  }),
  'AWS::Logs::MetricFilter': byLogicalId,
  'AWS::Logs::QueryDefinition': byLogicalId,
  'AWS::Logs::ResourcePolicy': byLogicalId,
  'AWS::S3::BucketPolicy': byLogicalId,
  'AWS::SES::EmailIdentity': {
    ref: (resource) => resource.text('EmailIdentity') ?? resource.logicalId,
    attributes: {},
  },
  'AWS::SNS::Subscription': byLogicalId,
  'AWS::SNS::Topic': {
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: (resource) => resource.name('TopicName') },
  },
  'AWS::SNS::TopicPolicy': byLogicalId,
};
