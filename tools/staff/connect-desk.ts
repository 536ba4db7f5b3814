import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoTable } from '../../functions/adapters/dynamo-table.ts';
import { createSqsQueues } from '../../functions/adapters/sqs-queues.ts';
import type { CustomerDirectory, Queues, StripeGateway } from '../../functions/domain/ports.ts';
import { createRecords, type Records } from '../../functions/runtime/records.ts';
import { connectGateway } from '../../local/start/connect-stripe.ts';
import { connectOperator } from '../../local/start/operator.ts';
import { readPort, StartRefusal } from '../../local/start/options.ts';
import { readRun } from '../../local/start/run-file.ts';
import { localApiKey } from '../../local/stripe/server.ts';

/** What a member of staff works with: the table, the queues and Stripe. */
export interface Desk {
  readonly records: Records;
  /** @throws {StartRefusal} where the queue is not named. */
  readonly queues: () => Pick<Queues, 'sendRetryNow'>;
  /** @throws {StartRefusal} where no Stripe key is set. */
  readonly stripe: () => StripeGateway & CustomerDirectory;
  /** The customer of the demo, where a command names none. */
  readonly demoCustomer: string | undefined;
  close(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The desk of a running `npm start` on that port, or of the account that the AWS SDK finds. */
export async function connectDesk(
  port: string | undefined,
  environment: Environment,
): Promise<Desk> {
  return port === undefined ? connectAccount(environment) : connectLocal(readPort(port));
}

async function connectLocal(port: number): Promise<Desk> {
  const { operatorAccess, demo, stripeUrl } = await readRun(port);
  const operator = connectOperator(operatorAccess);
  return {
    ...operator,
    queues: () => operator.queues,
    stripe: () => connectGateway(localApiKey, stripeUrl),
    demoCustomer: demo.customer,
  };
}

function connectAccount(environment: Environment): Desk {
  const dynamo = new DynamoDBClient({});
  const sqs = new SQSClient({});
  return {
    records: createRecords(createDynamoTable(dynamo, required(environment, 'TABLE_NAME'))),
    queues: () => {
      const retryNow = required(environment, 'RETRY_NOW_QUEUE_URL');
      return createSqsQueues(sqs, { retry: undefined, retryNow, notice: undefined });
    },
    stripe: () => connectGateway(required(environment, 'STRIPE_SECRET_KEY'), undefined),
    demoCustomer: undefined,
    close() {
      dynamo.destroy();
      sqs.destroy();
    },
  };
}

function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  throw new StartRefusal(
    `${name} is not set. The stack's outputs have the table and the queue; the Stripe key is yours. ` +
      'For a running npm start, name its --port instead.',
  );
}
