import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoTable } from '../../functions/adapters/dynamo-table.ts';
import { createSqsQueues } from '../../functions/adapters/sqs-queues.ts';
import type { Queues } from '../../functions/domain/ports.ts';
import { createRecords, type Records } from '../../functions/runtime/records.ts';
import { account } from '../cloud/account.ts';
import type { LocalCloud } from '../cloud/local-cloud.ts';
import { operator } from '../cloud/permissions/local-user.ts';

/** What a person with rights to the account could do by hand. */
export interface Operator {
  readonly records: Records;
  readonly queues: Queues;
  close(): void;
}

/** Addresses and names that an operator needs; plain data, so that another process can have it. */
export interface OperatorAccess {
  readonly url: string;
  readonly tableName: string;
  readonly queueUrls: {
    readonly retry: string;
    readonly retryNow: string;
    readonly notice: string;
    readonly signIn: string;
  };
}

/** @throws {Error} where the template has no such table or queue. */
export function operatorAccess(cloud: LocalCloud): OperatorAccess {
  const [table] = cloud.tables();
  if (table === undefined) throw new Error('The template has no table.');
  return {
    url: cloud.operatorUrl,
    tableName: table.name,
    queueUrls: {
      retry: cloud.queueUrl('RetryDueQueue'),
      retryNow: cloud.queueUrl('RetryNowQueue'),
      notice: cloud.queueUrl('NotifyNoticeQueue'),
      signIn: cloud.queueUrl('SignInLinksQueue'),
    },
  };
}

/** What an SDK client needs to reach a local cloud as the operator. */
export const clientOptions = (url: string) => ({
  endpoint: url,
  region: account.region,
  credentials: {
    accessKeyId: operator.accessKeyId,
    secretAccessKey: operator.secretAccessKey,
  },
});

/** Connects to a local cloud's table and queues by the same adapters as the functions. */
export function connectOperator({ url, tableName, queueUrls }: OperatorAccess): Operator {
  const options = clientOptions(url);
  const dynamo = new DynamoDBClient(options);
  const sqs = new SQSClient(options);
  return {
    records: createRecords(createDynamoTable(dynamo, tableName)),
    queues: createSqsQueues(sqs, queueUrls),
    close() {
      dynamo.destroy();
      sqs.destroy();
    },
  };
}
