import * as z from 'zod';
import { arnOf } from '../account.ts';
import { type AwsRequest, addressOf, jsonOf } from '../aws-request.ts';
import type { HttpRequest } from '../http/http-exchange.ts';
import { readMailRequest } from '../mail/read-mail-request.ts';
import { overTls } from './condition.ts';
import type { Need } from './decide.ts';

/** What a name in a request means in this account. */
export interface Directory {
  /** The secret's whole ARN, with its six letters; `undefined` when there is no such secret. */
  secretArn(id: string): string | undefined;
  /** The verified identity of SES under which an address sends, if there is one. */
  senderIdentity(address: string): string | undefined;
}

/**
 * What AWS checks before it does what the request asks for (AWS: "Actions, resources, and
 * condition keys", service by service). An action that this file does not know is checked under
 * its own name on the resources that the request names.
 */
export function whatARequestNeeds(
  aws: AwsRequest,
  http: HttpRequest,
  directory: Directory,
): readonly Need[] {
  switch (aws.service) {
    case 'dynamodb':
      return transactionNeeds(http.body) ?? plainNeeds(aws);
    case 'sqs':
      // A batch is allowed by the right to do it once.
      return plainNeeds({ ...aws, action: aws.action.replace(/Batch$/, '') });
    case 'secretsmanager':
      return plainNeeds({
        ...aws,
        resources: aws.resources.map((given) => directory.secretArn(given) ?? given),
      });
    case 'ses':
      return mailNeeds(aws, http, directory);
    default:
      return plainNeeds(aws);
  }
}

function plainNeeds({ service, action, resources }: AwsRequest): readonly Need[] {
  const named = resources.length === 0 ? ['*'] : resources;
  return named.map((resource) => needOf(`${service}:${action}`, resource));
}

const needOf = (action: string, resource: string): Need => ({ action, resource, context: overTls });

const oneOperation = z.object({ TableName: z.string() });
const transactionSchema = z.object({ TransactItems: z.array(z.record(z.string(), oneOperation)) });

/** What each member of a transaction is a right to. */
const transactionActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Delete: 'dynamodb:DeleteItem',
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
};

/** A transaction has no right of its own: each member needs what it would need alone. */
function transactionNeeds(body: Buffer): readonly Need[] | undefined {
  const transaction = transactionSchema.safeParse(jsonOf(body));
  return transaction.data?.TransactItems.flatMap((item) =>
    Object.entries(item).map(([kind, { TableName }]) =>
      needOf(
        transactionActions[kind] ?? `dynamodb:${kind}`,
        TableName.startsWith('arn:') ? TableName : arnOf('dynamodb', `table/${TableName}`),
      ),
    ),
  );
}

/**
 * The identity that sends, and the configuration set if there is one. The identity is the most
 * special one that is verified: the address itself, or else its domain (SES: "Verified
 * identities"). Out of the sandbox the recipients' identities are not checked.
 */
function mailNeeds(aws: AwsRequest, http: HttpRequest, directory: Directory): readonly Need[] {
  if (aws.action !== 'SendEmail' && aws.action !== 'SendRawEmail') return plainNeeds(aws);
  const request = readMailRequest(aws.action, new URLSearchParams(http.body.toString()));
  // A mail that cannot be read is refused by SES itself, whoever sends it.
  if ('code' in request) return [];
  const address = addressOf(request.source);
  const identity = directory.senderIdentity(address) ?? address;
  const { configurationSet } = request;
  const resources = [
    arnOf('ses', `identity/${identity}`),
    ...(configurationSet === undefined
      ? []
      : [arnOf('ses', `configuration-set/${configurationSet}`)]),
  ];
  const context = { ...overTls, 'ses:fromaddress': address };
  return resources.map((resource) => ({ action: `ses:${aws.action}`, resource, context }));
}
