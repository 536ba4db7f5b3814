import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { createMovableClock } from '../../local/clock.ts';
import { decide, type Match } from '../../local/cloud/permissions/decide.ts';
import type { Statement } from '../../local/cloud/permissions/statement.ts';
import { whatLambdaNeeds } from '../../local/cloud/permissions/what-lambda-needs.ts';
import type {
  Grant,
  OutgoingRequest,
  Permission,
  RequestRecord,
} from '../../local/cloud/records.ts';
import { startLocalCloud } from '../../local/cloud/start.ts';
import { type CloudPlan, planCloud } from '../../local/cloud/template/plan.ts';
import { Stack } from '../../local/cloud/template/stack.ts';
import { readAssembly, TemplateError } from '../../local/cloud/template/template.ts';
import { noTroubles } from '../../local/cloud/troubles.ts';
import { clientOptions } from '../../local/start/operator.ts';
import { askPage, askStaff, signInByMail } from './doors.ts';
import { day, expireThisMonth, hour, openWorld, type World } from './world.ts';

// Every statement of every role in the template: what is not named here is tested all the same.
// One journey uses each of them, and no other statement would have allowed what it was used for.
// That the local cloud then refuses is seen in journeys without one, one for each function.
const stackName = 'Backstop';

async function planOf(assemblyDirectory: string): Promise<CloudPlan> {
  const { template, assetFolders } = await readAssembly(assemblyDirectory, stackName);
  return planCloud(new Stack(template, stackName), assetFolders);
}

const plan = await planOf(inject('assembly'));
const statements = plan.functions.flatMap(({ logicalId, role }) =>
  role.statements.map((statement) => ({
    caller: logicalId,
    role: role.logicalId,
    what: `${role.logicalId}: ${statement.actions.map(({ text }) => text).join(', ')}`,
    statement,
  })),
);

/** The statements without which Lambda itself would not run the function, or log for it. */
const byLambda = plan.functions.flatMap((one) =>
  whatLambdaNeeds(one, plan.eventSources).map((need) => {
    const decision = decide(one.role.statements, need);
    if (decision.kind === 'denied') throw new Error(`${need.action} is denied.`);
    return decision.by;
  }),
);

const isLambdas = (wanted: Statement) => byLambda.some(({ statement }) => statement === wanted);

/** Of each function's own statements the first; Lambda's cost no journey. */
const leftOut = statements.filter(
  ({ caller, statement }) =>
    isLambdas(statement) ||
    statement ===
      statements.find((one) => one.caller === caller && !isLambdas(one.statement))?.statement,
);

/** One journey that gives every room work, and what the tests below take from it. */
let journey: {
  readonly requests: readonly RequestRecord[];
  /** The table when the renewal is over, and nothing is due yet. */
  readonly items: readonly Record<string, unknown>[];
};

beforeAll(async () => {
  const world = await openWorld();
  await renew(world);
  const items = await world.stack.cloud.items();
  await throttleMails(world);
  await useTheDoors(world);
  await leaveAChangeUnfinished(world);
  await missAFailure(world);
  await letACardExpire(world);
  journey = { requests: [...world.stack.cloud.outgoingRequests()], items };
  await world.stop();
});

/** Where the one customer of these tests gets mail, and the other owner: there it bounces. */
const email = 'ada@customer.example';
const bouncing = 'bounce@simulator.amazonses.com';

/** The next try fails, and somebody wants to sign in, while SES takes no mail: both wait. */
async function throttleMails(world: World): Promise<void> {
  const { cloud } = world.stack;
  await cloud.setTroubles({ ...noTroubles, throttledMails: 100 });
  await askPage(world, 'POST /portal/login', { body: { email } });
  await world.later(day + hour);
  await cloud.setTroubles(noTroubles);
  await world.later(hour);
}

/** Whoever asks, by an API or for a mail: nothing else calls these functions. */
async function useTheDoors(world: World): Promise<void> {
  const { customer, invoice, primary } = await theRenewal(world);
  const path = { customer, invoice };
  await askStaff(world, 'GET /staff/customers', { query: { mail: email } });
  await askStaff(world, 'GET /staff/cases');
  await askStaff(world, 'POST /staff/customers/{customer}/cases/{invoice}/retry', { path });
  const cookie = await signInByMail(world, email);
  await askPage(world, 'GET /portal/view', { cookie });
  await askPage(world, 'GET /portal/payments', { cookie });
  await askPage(world, 'PATCH /portal/methods/{method}', {
    cookie,
    path: { method: primary },
    body: { expMonth: 12, expYear: 2040 },
  });
  await world.settle();
}

/** A process dies in the middle of a change; the sweep sends another one after it. */
async function leaveAChangeUnfinished(world: World): Promise<void> {
  const { primary } = await theRenewal(world);
  const cookie = await signInByMail(world, email);
  const isWaking = ({ functionLogicalId, service, action }: OutgoingRequest) =>
    /^CustomerApi/.test(functionLogicalId) && service === 'sqs' && action === 'SendMessage';
  world.stack.cloud.intercept((request) => (isWaking(request) ? 'kill_before_delivery' : 'pass'));
  const { status } = await askPage(world, 'PATCH /portal/methods/{method}', {
    cookie,
    path: { method: primary },
    body: { expMonth: 11, expYear: 2041 },
  });
  expect(status).toBe(500);
  world.stack.cloud.intercept(() => 'pass');
  await world.later(hour);
}

/** The renewal that failed, by its ids. */
async function theRenewal(world: World) {
  const isCase = ({ sk }: Record<string, unknown>) => String(sk).startsWith('V#CASE#');
  const found = (await world.stack.cloud.items()).find(isCase);
  const customer = String(found?.customer);
  const { data } = await world.sdk.paymentMethods.list({ customer });
  return { customer, invoice: String(found?.invoice), primary: data[0]?.id ?? '' };
}

/** A renewal without a backup that fails, a mail about it that bounces, and a change at Stripe. */
async function renew(world: World): Promise<void> {
  const customer = await world.customer({ primary: ['insufficient_funds'], secondary: null });
  await world.sdk.customers.update(customer.customer, { email });
  const path = { customer: customer.customer };
  const { body } = await askStaff(world, 'GET /staff/customers/{customer}', { path });
  const seen = z.object({ version: z.number() }).safeParse(body);
  await askStaff(world, 'POST /staff/customers/{customer}/members', {
    path,
    body: { version: seen.data?.version, email: bouncing, name: null, role: 'owner' },
  });
  world.renew(customer);
  await world.settle();
  await world.sdk.customers.update(customer.customer, { name: 'Ada' });
  await world.settle();
}

/** A renewal that fails while no event arrives. */
async function missAFailure(world: World): Promise<void> {
  const customer = await world.customer({ primary: ['insufficient_funds'], secondary: null });
  const { deliveries } = world.stripe.control;
  deliveries.hold();
  world.renew(customer);
  await world.later(hour);
  await deliveries.release('all');
  await world.settle();
}

/** A backup is to be looked at, and its owner to be told. */
async function letACardExpire(world: World): Promise<void> {
  const { secondary } = await world.customer({ primary: ['succeeded'], secondary: ['succeeded'] });
  await expireThisMonth(world, secondary ?? '');
  await world.settle();
  await world.later(2 * day);
}

/** The case of that renewal comes due. */
async function comeDue(world: World): Promise<void> {
  const { cloud } = world.stack;
  const client = new DynamoDBClient(clientOptions(cloud.operatorUrl));
  for (const item of journey.items) {
    const Item = marshall(item);
    await client.send(new PutItemCommand({ TableName: cloud.tables()[0]?.name, Item }));
  }
  client.destroy();
  await world.later(day + hour);
}

/** The functions that nothing but the time starts. */
const scheduled = plan.rules
  .filter(({ schedule }) => schedule !== undefined)
  .flatMap(({ targets }) =>
    targets.flatMap((one) => (one.kind === 'function' ? one.logicalId : [])),
  );

/** What gives the function work. */
function workOf(caller: string): (world: World) => Promise<void> {
  if (!scheduled.includes(caller)) return renew;
  return caller.startsWith('Reconcile') ? missAFailure : comeDue;
}

/** The functions that nobody calls in a renewal. */
const askedForByPeople = plan.functions
  .map(({ logicalId }) => logicalId)
  .filter((logicalId) => /^(CustomerApi|StaffApi|SignIn)Function/.test(logicalId));

const isDenied = ({ permission }: { readonly permission?: Permission }) =>
  permission?.kind === 'denied';

const isOf = ({ actions, resources }: Statement, action: string, resource: string) =>
  actions.some((one) => one.matches(action)) && resources.some((one) => one.matches(resource));

describe.concurrent('without one statement', () => {
  it.for(leftOut)('$what', async ({ caller, role, statement }, { onTestFinished }) => {
    const assemblyDirectory = await writeWithout(statement);
    onTestFinished(() => rm(assemblyDirectory, { recursive: true }));
    const refusal = await refusalOf(assemblyDirectory);
    if (refusal !== undefined) {
      // Lambda itself needs it.
      const [, of, action = '', resource = ''] =
        /^The role (\S+) of \S+ does not allow (\S+) on (\S+),/.exec(refusal) ?? [];
      expect(of).toBe(role);
      expect(isOf(statement, action, resource)).toBe(true);
      return;
    }
    const world = await openWorld({ assemblyDirectory });
    onTestFinished(() => world.stop());
    await workOf(caller)(world);
    if (askedForByPeople.includes(caller)) await useTheDoors(world);
    const denied = world.stack.cloud.outgoingRequests().find(isDenied);
    const { permission, functionLogicalId, outcome } = denied ?? {};
    if (permission?.kind !== 'denied') throw new Error('Nothing was denied.');
    expect(functionLogicalId).toBe(caller);
    expect(isOf(statement, permission.action, permission.resource)).toBe(true);
    expect(outcome).toMatchObject({ status: expect.toBeOneOf([400, 403]) });
  });
});

/** The sentence with which the start refuses the assembly, if it does. */
async function refusalOf(assemblyDirectory: string): Promise<string | undefined> {
  try {
    await planOf(assemblyDirectory);
    return undefined;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const clock = createMovableClock();
    const start = startLocalCloud({
      assemblyDirectory,
      stackName,
      clock,
      secrets: {},
      verifiedSenders: [],
    });
    await expect(start).rejects.toThrow(error.message);
    clock.stop();
    return error.message;
  }
}

const policySchema = z.looseObject({
  Type: z.literal('AWS::IAM::Policy'),
  Properties: z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(z.unknown()) }) }),
});
const templateSchema = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

/** The same assembly with one statement less; its assets stay where they are. */
async function writeWithout({ policy, index }: Statement): Promise<string> {
  const from = inject('assembly');
  const folder = await mkdtemp(join(tmpdir(), 'backstop-permissions-'));
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(from, file), 'utf8'));
  const template = templateSchema.parse(await read(`${stackName}.template.json`));
  const resource = policySchema.parse(template.Resources[policy]);
  resource.Properties.PolicyDocument.Statement.splice(index, 1);
  template.Resources[policy] = resource;
  await writeFile(join(folder, `${stackName}.template.json`), JSON.stringify(template));
  const assets = assetsSchema.parse(await read(`${stackName}.assets.json`));
  for (const { source } of Object.values(assets.files)) {
    source.path = relative(folder, join(from, source.path));
  }
  await writeFile(join(folder, `${stackName}.assets.json`), JSON.stringify(assets));
  return folder;
}

const assetsSchema = z.looseObject({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string() }) })),
});

it('every action on every resource of every statement is needed', () => {
  expect(journey.requests.filter(isDenied)).toEqual([]);
  const used = new Set(
    [...grants(), ...byLambda.map(grantOf)].map(({ policy, statement, action, resource }) =>
      nameOf(policy, statement, action, resource),
    ),
  );
  const given = statements.flatMap(({ statement: { policy, index, actions, resources } }) =>
    actions.flatMap((action) =>
      resources.map((resource) => nameOf(policy, index, action.text, resource.text)),
    ),
  );
  expect(given.length).toBeGreaterThan(statements.length);
  expect(given.filter((one) => !used.has(one))).toEqual([]);
});

it('what a statement is used for, no other statement of its role allows', () => {
  const allowedTwice = grants().filter(({ policy, statement: index, action, resource }) => {
    const role = statements.find(({ statement }) => statement.policy === policy)?.role;
    const ofRole = statements.filter((one) => one.role === role).map(({ statement }) => statement);
    expect(ofRole.filter((one) => one.policy === policy && one.index === index)).toHaveLength(1);
    return ofRole.filter((one) => isOf(one, action, resource)).length !== 1;
  });
  expect(allowedTwice).toEqual([]);
});

/** By which statements the requests of the journey were allowed. */
const grants = (): readonly Grant[] =>
  journey.requests.flatMap(({ permission }) =>
    permission?.kind === 'allowed' ? permission.grants : [],
  );

const grantOf = ({ statement, action, resource }: Match): Omit<Grant, 'principal'> => ({
  policy: statement.policy,
  statement: statement.index,
  action: action.text,
  resource: resource.text,
});

const nameOf = (policy: string, index: number, action: string, resource: string) =>
  `${policy}, statement ${index}: ${action} on ${resource}`;
