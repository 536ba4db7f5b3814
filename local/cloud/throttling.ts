import { jsonError, type Service } from './functions/gateway.ts';
import type { HttpAnswer } from './http/http-exchange.ts';
import { mailError } from './mail/mail-answer.ts';
import type { TroubleMaker } from './troubles.ts';

/**
 * What DynamoDB answers for a table on demand whose traffic rises faster than the table grows:
 * "Error handling with DynamoDB" gives ThrottlingException for tables on demand, and
 * ProvisionedThroughputExceededException for those with a throughput of their own. The SDK tries
 * such a request again by itself.
 */
const tableThrottled: HttpAnswer = jsonError(
  400,
  'com.amazon.coral.availability#ThrottlingException',
  'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
);

/** What SES answers above the sending rate ("Errors related to sending quotas"). */
const mailThrottled: HttpAnswer = mailError({
  code: 'Throttling',
  message: 'Maximum sending rate exceeded.',
});

/** The services as functions meet them: some requests are throttled, if that is asked for. */
export function throttled<Services extends Record<string, Service>>(
  services: Services,
  troubles: TroubleMaker,
): Record<string, Service> {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [name, throttle(service, troubles)]),
  );
}

function throttle(service: Service, troubles: TroubleMaker): Service {
  const meets = { table: troubles.throttlesTable, mail: troubles.throttlesMail };
  const answers = { table: tableThrottled, mail: mailThrottled };
  const { part } = service;
  if (part !== 'table' && part !== 'mail') return service;
  return {
    part,
    handle: async (request) => (meets[part]() ? answers[part] : service.handle(request)),
  };
}
