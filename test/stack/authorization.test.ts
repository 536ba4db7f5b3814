import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { customerRoutes, staffRoutes } from '../../functions/access.ts';
import { personOf } from '../../functions/runtime/hash.ts';
import { createApiAccess } from '../../local/cloud/http/api-access.ts';
import { type ApiRequest, requestEvent } from '../../local/cloud/http/payload.ts';
import { findRoute } from '../../local/cloud/http/routes.ts';
import { createAuthority } from '../../local/cloud/permissions/authority.ts';
import {
  type KnownCaller,
  knowUser,
  type LocalUser,
} from '../../local/cloud/permissions/local-user.ts';
import type { ApiPlan, RoutePlan } from '../../local/cloud/template/read-apis.ts';
import { noon } from '../twins/examples.ts';
import { signRequest } from '../unit/local-cloud/permissions/sign-request.ts';
import { planGolden } from './golden-plan.ts';
import {
  atTheirOwnPage,
  beginWalk,
  type CallerName,
  callers,
  type Walk,
} from './walking-callers.ts';

/**
 * Every route of the template, walked by every kind of caller through what really decides: IAM as
 * the local cloud knows it, then the functions' own door. The expectations stand here and nowhere
 * in the code.
 */
const plan = await planGolden();
const routes = plan.apis.flatMap((api) => api.routes.map((route) => ({ api, route })));
/** Stripe calls it, and signs what it sends: test/unit/stripe-webhook. */
const webhook = 'POST /webhooks/stripe';

const everybody = Object.keys(callers).filter(isCallerName);
const elsewhere: readonly CallerName[] = ['an owner, from another site', 'an owner, from nowhere'];
const persons: readonly CallerName[] = [
  'a member, removed',
  "another customer's owner",
  'a person who has not chosen',
  'a viewer',
  'an owner',
];

/** Who gets through where a route asks for this; from another site they may look, no more. */
const letIn = {
  anybody: everybody.filter((name) => !elsewhere.includes(name)),
  person: persons,
  viewer: ['a viewer', 'an owner'],
  owner: ['an owner'],
} as const satisfies Readonly<Record<string, readonly CallerName[]>>;

/** What the managed policies of the template let their users call. */
const backendMay = [
  'POST /staff/customers/{customer}/portal-sessions',
  'GET /staff/customers/{customer}',
  'GET /staff/customers/{customer}/standing',
];

test('every route of the template has a row that says who may call it, and every row a route', () => {
  const rows = [webhook, ...Object.keys(customerRoutes), ...Object.keys(staffRoutes)];
  expect(routes.map(({ route }) => route.routeKey).toSorted()).toEqual(rows.toSorted());
});

const isOf = (audience: string) => (each: { readonly route: RoutePlan }) =>
  each.route.routeKey.includes(` /${audience}/`);
const named = (each: { readonly api: ApiPlan; readonly route: RoutePlan }) =>
  [each.route.routeKey, each] as const;

describe('the public API', () => {
  test.each(routes.filter(isOf('portal')).map(named))('%s', async (routeKey, { api, route }) => {
    const level = new Map(Object.entries(customerRoutes)).get(routeKey);
    if (level === undefined) throw new Error(`${routeKey} has no row in functions/access.ts.`);
    expect(route.authorization).toBe('none');
    const walk = await beginWalk();
    const open: CallerName[] = [];
    for (const name of everybody) {
      const headers = await callers[name](walk);
      const answer = await ask(walk, api, requestTo(walk, api, routeKey, headers));
      expect(answer.statusCode, name).toBeLessThan(500);
      if (isLetIn(answer)) open.push(name);
    }
    const looking = routeKey.startsWith('GET ') ? elsewhere : [];
    expect(open.toSorted()).toEqual([...letIn[level], ...looking].toSorted());
  });

  test("an owner's page shows nothing of another customer, and changes nothing of it", async () => {
    const walk = await beginWalk();
    const partition = () =>
      walk.world.table.items().filter(({ pk }) => pk === `CUSTOMER#${walk.customer}`);
    const before = partition();
    for (const { api, route } of routes.filter(isOf('portal'))) {
      const headers = await atTheirOwnPage(walk);
      const answer = await ask(walk, api, requestTo(walk, api, route.routeKey, headers));
      expect(isLetIn(answer)).toBe(true);
      expect(answer.body ?? '').not.toContain('ada@example.com');
      expect(answer.body ?? '').not.toContain(walk.customer);
    }
    expect(partition()).toEqual(before);
  });
});

describe('the staff API', () => {
  const users = {
    'staff, by the policy of staff': userOf('staff', { managedPolicies: ['BackstopStaff'] }),
    'the backend, by its policy': userOf('backend', { managedPolicies: ['BackstopBackend'] }),
    'staff of a wrong policy': userOf('wrong', {
      statements: [
        { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${apiArn('Another')}/*` },
        { Effect: 'Allow', Action: ['dynamodb:*', 'lambda:*', 'sqs:*'], Resource: '*' },
      ],
    }),
    'staff who may only call the public API': userOf('public', {
      statements: plan.apis
        .filter((api) => api.routes.some((route) => route.authorization === 'none'))
        .map((api) => ({
          Effect: 'Allow',
          Action: 'execute-api:Invoke',
          Resource: `${apiArn(api.logicalId)}/*`,
        })),
    }),
  };
  const known = new Map(
    Object.values(users).map((user) => [user.accessKeyId, knowUser(user, plan.managedPolicies)]),
  );
  const access = createApiAccess({
    authority: createAuthority(plan.resourcePolicies),
    users: known,
    times: () => [noon],
    tellDenied: (record) => {
      throw new Error(`Nothing is invoked here: ${record.action}`);
    },
  });

  test.each(routes.filter(isOf('staff')).map(named))('%s', async (routeKey, { api, route }) => {
    expect(route.authorization).toBe('iam');
    const walk = await beginWalk();
    const open: string[] = [];
    const knock = async (name: string, request: ApiRequest) => {
      const user = access.callerOf(request, route);
      if (user === 'forbidden' || user === 'anybody') return;
      const answer = await ask(walk, api, request, user);
      expect(answer.statusCode, name).toBeLessThan(500);
      if (isLetIn(answer)) open.push(name);
    };
    for (const [name, user] of Object.entries(users)) {
      await knock(name, await signed(requestTo(walk, api, routeKey, {}), user));
      const stranger = { ...user, accessKeyId: 'AKIASTRANGER' };
      await knock(`${name}, unknown`, await signed(requestTo(walk, api, routeKey, {}), stranger));
      const guessed = { ...user, secretAccessKey: 'guessed' };
      await knock(`${name}, guessed`, await signed(requestTo(walk, api, routeKey, {}), guessed));
    }
    for (const name of everybody) {
      await knock(name, requestTo(walk, api, routeKey, await callers[name](walk)));
    }
    const backend = backendMay.includes(routeKey) ? ['the backend, by its policy'] : [];
    expect(open.toSorted()).toEqual(['staff, by the policy of staff', ...backend].toSorted());

    // Should IAM ever be left out before the function, the function lets nobody in itself.
    const unsigned = requestTo(walk, api, routeKey, await callers['an owner'](walk));
    expect(isLetIn(await ask(walk, api, unsigned))).toBe(false);
  });
});

const isLetIn = ({ statusCode }: APIGatewayProxyStructuredResultV2): boolean =>
  statusCode !== 401 && statusCode !== 403;

function isCallerName(name: string): name is CallerName {
  return name in callers;
}

function userOf(name: string, rights: Partial<LocalUser>): LocalUser {
  return {
    name,
    accessKeyId: `AKIA${name.toUpperCase()}`,
    secretAccessKey: `the secret of ${name}`,
    statements: [],
    ...rights,
  };
}

function apiArn(id: string): string {
  return `arn:aws:execute-api:us-east-1:000000000000:${id}`;
}

/** A request to the route, about what belongs to the walk's first customer. */
function requestTo(
  { customer }: Walk,
  api: ApiPlan,
  routeKey: string,
  headers: Readonly<Record<string, string>>,
): ApiRequest {
  const [method = '', template = ''] = routeKey.split(' ');
  const values = new Map<string, string>([
    ['customer', customer],
    ['member', personOf('ada@example.com')],
  ]);
  const path = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values.get(name) ?? 'x_1');
  return {
    requestId: 'walk',
    apiId: api.logicalId,
    sourceIp: '192.0.2.1',
    httpVersion: '1.1',
    receivedAt: noon,
    method,
    path,
    headers: { host: 'api.example.com', 'user-agent': 'walk', ...headers },
    body: Buffer.alloc(0),
  };
}

async function signed(request: ApiRequest, user: LocalUser): Promise<ApiRequest> {
  const url = new URL(request.path, 'https://api.example.com');
  const toSign = { method: request.method, url, at: new Date(noon) };
  return { ...request, headers: { ...request.headers, ...(await signRequest(toSign, user)) } };
}

function ask(
  { world }: Walk,
  api: ApiPlan,
  request: ApiRequest,
  user?: KnownCaller,
): Promise<APIGatewayProxyStructuredResultV2> {
  const match = findRoute(api.routes, request.method, request.path);
  if (match === undefined) throw new Error(`No route takes ${request.method} ${request.path}.`);
  // The event has the shape of the payload format 2.0; the local cloud types it as JSON.
  const event = requestEvent(request, match, user) as unknown as APIGatewayProxyEventV2;
  return world.answer(event);
}
