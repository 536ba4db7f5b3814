import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { theCustomer, theInvoice } from './examples.ts';

/** A Stripe event about the example invoice, as far as the webhook reads it. */
export const stripeEvent = (type: string, more: Record<string, unknown> = {}) => ({
  id: `evt_${type}`,
  object: 'event',
  api_version: '2026-10-28.endive',
  created: 1_793_620_800,
  type,
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  data: { object: { id: theInvoice, object: 'invoice', customer: theCustomer } },
  ...more,
});

/** API Gateway's request (payload format 2.0) that carries this body. */
export const webhookRequest = (
  body: string,
  more: Partial<APIGatewayProxyEventV2> = {},
): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'POST /webhooks/stripe',
  rawPath: '/webhooks/stripe',
  rawQueryString: '',
  headers: { 'content-type': 'application/json', 'stripe-signature': 'not looked at' },
  requestContext: {
    accountId: '000000000000',
    apiId: 'api',
    domainName: 'api.example.com',
    domainPrefix: 'api',
    http: {
      method: 'POST',
      path: '/webhooks/stripe',
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: 'Stripe/1.0',
    },
    requestId: 'request',
    routeKey: 'POST /webhooks/stripe',
    stage: '$default',
    time: '02/Nov/2026:12:00:00 +0000',
    timeEpoch: 1_793_620_800_000,
  },
  body,
  isBase64Encoded: false,
  ...more,
});

/** For a webhook whose verifier trusts everybody. */
export const signedRequest = (type: string): APIGatewayProxyEventV2 =>
  webhookRequest(JSON.stringify(stripeEvent(type)));
