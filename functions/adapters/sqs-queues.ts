import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queues } from '../domain/ports.ts';

export interface QueueUrls {
  readonly retry: string | undefined;
  readonly retryNow: string | undefined;
  readonly notice: string | undefined;
  readonly signIn: string | undefined;
}

/** The queues on SQS. A function is given the URLs of the queues that it may send to. */
export function createSqsQueues(client: SQSClient, urls: QueueUrls): Queues {
  const send = async (name: keyof QueueUrls, body: object, delaySeconds = 0): Promise<void> => {
    const url = urls[name];
    if (url === undefined) throw new Error(`This function has no URL of the queue ${name}.`);
    await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: JSON.stringify(body),
        DelaySeconds: delaySeconds,
      }),
    );
  };
  return {
    sendRetry: (message, delaySeconds) => send('retry', message, delaySeconds),
    sendRetryNow: (message) => send('retryNow', message),
    sendNotice: (message, delaySeconds) => send('notice', message, delaySeconds),
    sendSignIn: (message, delaySeconds) => send('signIn', message, delaySeconds),
  };
}
