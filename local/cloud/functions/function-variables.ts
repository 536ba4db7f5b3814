import type { KnownCaller } from '../permissions/local-user.ts';
import type { FunctionPlan } from '../template/read-functions.ts';

export interface FunctionSurroundings {
  /** The one address that the function reaches anything through. */
  readonly gatewayUrl: string;
  /** What stands in links to an HTTP API; the function itself does not reach it. */
  readonly apiUrl: (logicalId: string) => string;
  /** Where an address of the template's page is at home; what is none stays as it is. */
  readonly atHome: (value: string) => string;
  readonly credentials: KnownCaller['credentials'];
  /** They win over the template's. */
  readonly more: Readonly<Record<string, string>>;
}

/** Services whose clients find their address in `AWS_ENDPOINT_URL_<SERVICE>`. */
const endpointNames = ['DYNAMODB', 'SQS', 'SES', 'SECRETS_MANAGER', 'EVENTBRIDGE'];

/** The environment variables of a function: the template's, and those that Lambda sets itself. */
export function variablesOf(
  plan: FunctionPlan,
  { gatewayUrl, apiUrl, atHome, credentials, more }: FunctionSurroundings,
): Record<string, string> {
  const inTemplate = plan.environmentAt({ queueUrlBase: gatewayUrl, apiUrl });
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    ...Object.fromEntries(Object.entries(inTemplate).map(([name, value]) => [name, atHome(value)])),
    ...more,
    ...Object.fromEntries(endpointNames.map((name) => [`AWS_ENDPOINT_URL_${name}`, gatewayUrl])),
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    // The SDK reads the laptop's own AWS profile otherwise; in Lambda there is none.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}
