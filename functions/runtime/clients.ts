import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoTable } from '../adapters/dynamo-table.ts';
import { createSecret, type Secret } from '../adapters/secrets.ts';
import { createSesMailer } from '../adapters/ses-mailer.ts';
import { createSqsQueues } from '../adapters/sqs-queues.ts';
import type { Clock, Mailer, Queues, Table } from '../domain/ports.ts';
import { environment } from '../environment.ts';
import { createRecords, type Records } from './records.ts';
import { optional, required } from './settings.ts';

// One function for each service, so that a function's bundle holds only the clients it uses.

export const connectTable = (): Table =>
  createDynamoTable(new DynamoDBClient({}), required(environment.tableName));

export const connectRecords = (): Records => createRecords(connectTable());

export const connectQueues = (): Queues =>
  createSqsQueues(new SQSClient({}), {
    retry: optional(environment.retryQueueUrl),
    retryNow: optional(environment.retryNowQueueUrl),
    notice: optional(environment.noticeQueueUrl),
    signIn: optional(environment.signInQueueUrl),
  });

/** One try a call: a repeated `SendEmail` would be a second mail. */
export const connectMailer = (): Mailer =>
  createSesMailer(new SESClient({ maxAttempts: 1 }), required(environment.mailConfigurationSet));

type SecretName = (typeof environment)[
  | 'stripeApiKeySecret'
  | 'stripeWebhookSecret'
  | 'portalOriginSecret'];

export const connectSecret = (name: SecretName, clock: Clock): Secret =>
  createSecret(new SecretsManagerClient({}), required(name), clock);
