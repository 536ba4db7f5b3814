import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeError } from './http.ts';
import type { Telemetry } from './telemetry.ts';

export type HandleRecord = (record: SQSRecord, context: Context) => Promise<void>;

/**
 * The stack of every queue's function: each message by itself, and only those that failed go
 * back to the queue, to end in its dead-letter queue when they keep failing.
 */
export const queueFunction = (handle: HandleRecord, telemetry: Telemetry) =>
  middy<SQSEvent, SQSBatchResponse>()
    .use(telemetry.middleware)
    .handler((event, context) => {
      const handleOne = async (record: SQSRecord): Promise<void> => {
        try {
          await handle(record, context);
        } catch (error) {
          telemetry.log.error('A message failed and will be redelivered', {
            messageId: record.messageId,
            receiveCount: record.attributes.ApproximateReceiveCount,
            error: describeError(error),
          });
          throw error;
        }
      };
      return processPartialResponse(event, handleOne, new BatchProcessor(EventType.SQS), {
        context,
        throwOnFullBatchFailure: false,
      });
    });
