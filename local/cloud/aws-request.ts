import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';
import { account, arnOf } from './account.ts';
import type { HttpRequest } from './http/http-exchange.ts';

/** What a request to AWS wants, in the words of IAM: `dynamodb:PutItem` on these ARNs. */
export interface AwsRequest {
  /** The service of the signature's scope, such as `dynamodb` or `secretsmanager`. */
  readonly service: string;
  readonly action: string;
  /** ARNs; empty when the action names none. */
  readonly resources: readonly string[];
}

/**
 * Reads a signed request to AWS.
 *
 * @returns `undefined` for a request that is not signed as one to AWS.
 */
export function readAwsRequest(request: HttpRequest): AwsRequest | undefined {
  const scope = /^AWS4-HMAC-SHA256 Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\/aws4_request/.exec(
    request.headers.authorization ?? '',
  );
  if (scope === null) return undefined;
  const [, service = ''] = scope;
  const target = targetAction(request.headers);
  const form = new URLSearchParams(target === undefined ? request.body.toString() : '');
  return {
    service,
    action: target ?? form.get('Action') ?? 'unknown',
    resources: target === undefined ? formResources(form) : jsonResources(service, request.body),
  };
}

/** The action after the dot of `X-Amz-Target: DynamoDB_20120810.PutItem`. */
function targetAction(headers: IncomingHttpHeaders): string | undefined {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target.slice(target.indexOf('.') + 1) : undefined;
}

const tableName = z.object({ TableName: z.string() });
const bodySchema = z.object({
  TableName: z.optional(z.string()),
  IndexName: z.optional(z.string()),
  RequestItems: z.optional(z.record(z.string(), z.unknown())),
  TransactItems: z.optional(z.array(z.record(z.string(), tableName))),
  QueueUrl: z.optional(z.string()),
  QueueName: z.optional(z.string()),
  SecretId: z.optional(z.string()),
  Entries: z.optional(z.array(z.object({ EventBusName: z.optional(z.string()) }))),
});

function jsonResources(service: string, body: Buffer): readonly string[] {
  const parsed = bodySchema.safeParse(jsonOf(body));
  if (!parsed.success) return [];
  const { TableName, IndexName, RequestItems, TransactItems, QueueUrl, QueueName, SecretId } =
    parsed.data;
  const { Entries = [] } = parsed.data;
  switch (service) {
    case 'dynamodb': {
      const several = [
        ...Object.keys(RequestItems ?? {}),
        ...(TransactItems ?? []).flatMap((item) =>
          Object.values(item).map((operation) => operation.TableName),
        ),
      ];
      if (TableName === undefined) return [...new Set(several)].map(tableArn);
      const index = IndexName === undefined ? '' : `/index/${IndexName}`;
      return [`${tableArn(TableName)}${index}`];
    }
    case 'sqs': {
      const name = QueueName ?? QueueUrl?.slice(QueueUrl.lastIndexOf('/') + 1);
      return name === undefined ? [] : [arnOf('sqs', name)];
    }
    case 'events':
      return [...new Set(Entries.map(({ EventBusName }) => busArn(EventBusName ?? 'default')))];
    case 'secretsmanager':
      if (SecretId === undefined) return [];
      return [
        SecretId.startsWith('arn:') ? SecretId : arnOf('secretsmanager', `secret:${SecretId}`),
      ];
    default:
      return [];
  }
}

const tableArn = (name: string) =>
  name.startsWith('arn:') ? name : arnOf('dynamodb', `table/${name}`);

const busArn = (name: string) =>
  name.startsWith('arn:') ? name : arnOf('events', `event-bus/${name}`);

/** SES is the service that still speaks in forms: the identity and the configuration set. */
function formResources(form: URLSearchParams): readonly string[] {
  const source = form.get('Source');
  const configurationSet = form.get('ConfigurationSetName');
  return [
    ...(source === null ? [] : [arnOf('ses', `identity/${addressOf(source)}`)]),
    ...(configurationSet === null ? [] : [arnOf('ses', `configuration-set/${configurationSet}`)]),
  ];
}

/** `a@b.example` of `Name <a@b.example>` */
export function addressOf(mailbox: string): string {
  return (/<([^>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
}

/** @returns `undefined` for what is no JSON. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    // Not JSON: the service itself refuses it, with its own error.
    return undefined;
  }
}

/** The address of a queue for whoever reaches the queues at this base. */
export function queueUrlAt(base: string, queueName: string): string {
  return `${base}/${account.id}/${queueName}`;
}
