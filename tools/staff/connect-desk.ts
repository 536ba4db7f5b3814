import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { readPort, StartRefusal } from '../../local/start/options.ts';
import { readRun } from '../../local/start/run-file.ts';
import { connectStaffApi, type StaffApi } from './staff-api.ts';

/** What a command works with. */
export interface Desk {
  readonly api: StaffApi;
  /** The customer of the demo, where a command names none. */
  readonly demoCustomer: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The desk of a running `npm start` on that port, or of the account that the shell is signed in to. */
export async function connectDesk(
  port: string | undefined,
  environment: Environment,
): Promise<Desk> {
  return port === undefined ? connectAccount(environment) : connectLocal(readPort(port));
}

async function connectLocal(port: number): Promise<Desk> {
  const { staff, demo } = await readRun(port);
  const { url, region, accessKeyId, secretAccessKey } = staff;
  const credentials = async () => ({ accessKeyId, secretAccessKey });
  return { api: connectStaffApi(url, { region, credentials }), demoCustomer: demo.customer };
}

function connectAccount(environment: Environment): Desk {
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? '';
  if (region === '') throw missing('AWS_REGION');
  const url = environment.STAFF_API_URL ?? '';
  if (url === '') throw missing('STAFF_API_URL');
  const credentials = defaultProvider();
  return { api: connectStaffApi(url, { region, credentials }), demoCustomer: undefined };
}

const missing = (name: string) =>
  new StartRefusal(
    `${name} is not set. STAFF_API_URL is the stack's output StaffApiUrl, AWS_REGION its region, ` +
      'and the shell needs AWS credentials with the policy BackstopStaff. For a running npm start, name its --port instead.',
  );
