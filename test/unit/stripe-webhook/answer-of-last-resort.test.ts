import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { httpFunction } from '../../../functions/runtime/http.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';
import { stripeEvent, webhookRequest } from '../../twins/webhook-request.ts';

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'stripe-webhook',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:stripe-webhook',
  memoryLimitInMB: '256',
  awsRequestId: 'request',
  logGroupName: 'log',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 1_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

test('what nobody foresaw is a 500, so that Stripe delivers again, and tells nothing', async () => {
  const telemetry = recordTelemetry();
  const handler = httpFunction(() => Promise.reject(new Error('table TABLE-7 is not there')), {
    ...telemetry,
    middleware: { before: () => {} },
  });

  const answer = await handler(
    webhookRequest(JSON.stringify(stripeEvent('invoice.paid'))),
    context,
  );

  expect(answer).toMatchObject({
    statusCode: 500,
    headers: { 'content-type': 'application/problem+json' },
  });
  expect(JSON.stringify(answer)).not.toContain('TABLE-7');
  expect(JSON.stringify(telemetry.lines)).toContain('TABLE-7');
});
