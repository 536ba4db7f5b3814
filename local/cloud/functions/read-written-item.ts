import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AwsRequest } from '../aws-request.ts';
import type { HttpRequest } from '../http/http-exchange.ts';

/** The actions of DynamoDB that write one item, with the field of the request that has it. */
const fieldOf: Readonly<Record<string, 'Item' | 'Key'>> = {
  PutItem: 'Item',
  UpdateItem: 'Key',
  DeleteItem: 'Key',
};

/**
 * The item that a request to DynamoDB wants to write, as a plain object: the whole of it for
 * PutItem, its key otherwise. `undefined` for any other request.
 */
export function readWrittenItem(
  { service, action }: AwsRequest,
  { body }: HttpRequest,
): Readonly<Record<string, unknown>> | undefined {
  const field = service === 'dynamodb' ? fieldOf[action] : undefined;
  if (field === undefined) return undefined;
  try {
    // The SDK that wrote the request marshalled it; what is no item fails below.
    const parsed = JSON.parse(body.toString()) as Record<string, Record<string, AttributeValue>>;
    return unmarshall(parsed[field] ?? {});
  } catch {
    // No JSON or no item: DynamoDB itself refuses it, with its own error.
    return undefined;
  }
}
