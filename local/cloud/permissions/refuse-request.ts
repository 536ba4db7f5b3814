import type { HttpAnswer } from '../http/http-exchange.ts';
import { mailError } from '../mail/mail-answer.ts';
import type { Permission } from '../records.ts';
import type { Principal } from './principal.ts';

/** Why a request is refused before its service looks at it. */
export type RequestRefusal =
  /** The access key or its session token is nobody's. */
  | { readonly kind: 'token'; readonly reason: string }
  /** The signature is not the one that the key makes of this request now. */
  | { readonly kind: 'signature'; readonly reason: string }
  | {
      readonly kind: 'denied';
      readonly principal: Principal;
      readonly denial: Extract<Permission, { kind: 'denied' }>;
    };

/** The name of each refusal where a service speaks JSON, and where it speaks forms and XML. */
const names = {
  token: { json: 'UnrecognizedClientException', query: 'InvalidClientTokenId' },
  signature: { json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch' },
  denied: { json: 'AccessDeniedException', query: 'AccessDenied' },
} as const;

/** The refusal in the service's own protocol, so that its SDK throws what it throws in AWS. */
export function refuseRequest(service: string, refusal: RequestRefusal): HttpAnswer {
  const { json, query } = names[refusal.kind];
  const message = refusal.kind === 'denied' ? sentence(service, refusal) : refusal.reason;
  switch (service) {
    case 'ses':
      return mailError({ code: query, message }, 403);
    case 'sqs':
      // SQS spoke forms once: its SDKs take the error's old name from this header.
      return jsonRefusal(403, `com.amazon.coral.service#${json}`, message, {
        'x-amzn-query-error': `${query};Sender`,
      });
    case 'dynamodb':
      return jsonRefusal(400, `com.amazon.coral.service#${json}`, message);
    default:
      return jsonRefusal(400, json, message);
  }
}

function jsonRefusal(
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
    body: JSON.stringify({ __type: type, Message: message, message }),
  };
}

/** Each service has its own sentence: SES quotes oddly, SQS writes its actions in small letters. */
function sentence(
  service: string,
  { principal, denial }: Extract<RequestRefusal, { kind: 'denied' }>,
): string {
  const { action, resource, reason } = denial;
  if (service === 'ses') {
    return `User \`${principal.arn}' is not authorized to perform \`${action}' on resource \`${resource}'`;
  }
  const text = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  return service === 'sqs' ? text.replaceAll(action, action.toLowerCase()) : text;
}
