import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoTable } from '../../functions/adapters/dynamo-table.ts';
import { createSqsQueues } from '../../functions/adapters/sqs-queues.ts';
import type { Queues, Table } from '../../functions/domain/ports.ts';
import { createMovableClock, type MovableClock } from '../../local/clock.ts';
import { startLocalCloud } from '../../local/cloud/start.ts';
import { clientOptions, operatorAccess } from '../../local/start/operator.ts';
import type { QueueName } from '../twins/memory-queues.ts';

/** The real adapters, on the emulators, with the table and queues of the golden template. */
export interface Stores {
  readonly table: Table;
  readonly queues: Queues;
  readonly clock: MovableClock;
  receive(queue: QueueName): Promise<readonly unknown[]>;
  stop(): Promise<void>;
}

const golden = new URL('../stack/golden/backstop.template.json', import.meta.url);
const stores = ['AWS::DynamoDB::Table', 'AWS::SQS::Queue'];

export async function openStores(): Promise<Stores> {
  const assemblyDirectory = await writeAssembly();
  const clock = createMovableClock();
  const cloud = await startLocalCloud({
    assemblyDirectory,
    stackName: 'Backstop',
    clock,
    secrets: {},
    verifiedSenders: [],
  });
  const { url, tableName, queueUrls } = operatorAccess(cloud);
  const dynamo = new DynamoDBClient(clientOptions(url));
  const sqs = new SQSClient(clientOptions(url));
  return {
    table: createDynamoTable(dynamo, tableName),
    queues: createSqsQueues(sqs, queueUrls),
    clock,
    receive: (queue) => receiveAll(sqs, queueUrls[queue]),
    async stop() {
      dynamo.destroy();
      sqs.destroy();
      await cloud.stop();
      clock.stop();
      await rm(assemblyDirectory, { recursive: true });
    },
  };
}

/** A stack with nothing but the golden template's table and queues. */
async function writeAssembly(): Promise<string> {
  const template: unknown = JSON.parse(await readFile(golden, 'utf8'));
  const resources = isTemplate(template) ? Object.entries(template.Resources) : [];
  const kept = resources.filter(([, { Type }]) => stores.includes(Type));
  const directory = await mkdtemp(join(tmpdir(), 'backstop-contract-'));
  const stack = { Resources: Object.fromEntries(kept) };
  await writeFile(join(directory, 'Backstop.template.json'), JSON.stringify(stack));
  await writeFile(join(directory, 'Backstop.assets.json'), JSON.stringify({ files: {} }));
  return directory;
}

const isTemplate = (value: unknown): value is { Resources: Record<string, { Type: string }> } =>
  typeof value === 'object' && value !== null && 'Resources' in value;

async function receiveAll(sqs: SQSClient, queueUrl: string): Promise<readonly unknown[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
  );
  for (const { ReceiptHandle } of Messages) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
  return Messages.map(({ Body }) => JSON.parse(Body ?? 'null'));
}
