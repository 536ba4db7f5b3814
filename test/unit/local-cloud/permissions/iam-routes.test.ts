import { describe, expect, it } from 'vitest';
import type { LocalUser } from '../../../../local/cloud/permissions/local-user.ts';
import { shareFixture, startFixture } from '../fixtures/start-fixture.ts';
import type { FixtureTemplate } from '../fixtures/template.ts';
import { signRequest } from './sign-request.ts';

const invoke = (path: string) => ({
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: `arn:aws:execute-api:us-east-1:000000000000:Api/*/${path}`,
});
const userOf = (name: string, ...statements: object[]): LocalUser => ({
  name,
  accessKeyId: `AKIA${name.toUpperCase()}`,
  secretAccessKey: `the secret of ${name}`,
  statements,
});
const ada = userOf('ada', invoke('GET/things/*'), {
  ...invoke('GET/things/secret'),
  Effect: 'Deny',
});
const ben = userOf('ben', invoke('POST/*'));

const onlyWithIam = ({ Resources }: FixtureTemplate) =>
  Object.assign(Resources.Thing.Properties, { AuthorizationType: 'AWS_IAM' });

describe('a route with AWS_IAM', () => {
  const fixture = shareFixture({ users: [ada, ben], change: onlyWithIam });

  interface Wish {
    readonly by?: Omit<LocalUser, 'statements' | 'name'>;
    readonly path?: string;
    readonly at?: number;
    readonly service?: string;
    /** Sent in place of what was signed. */
    readonly headers?: Record<string, string>;
  }

  async function ask(wish: Wish): Promise<Response> {
    const { by = ada, path = '/things/1', at, service, headers } = wish;
    const { cloud, clock } = fixture();
    const url = new URL(path, cloud.apiUrl);
    const query = Object.fromEntries(url.searchParams);
    const signed = await signRequest(
      { method: 'GET', url, query, at: new Date(at ?? clock.now()) },
      by,
      service,
    );
    const { host: _, ...rest } = signed;
    return fetch(url, { headers: { ...rest, ...headers } });
  }

  it('tells the function which user called', async () => {
    const answer = await ask({ path: '/things/1?state=due&more=a%20b' });
    expect(answer.status).toBe(200);
    const { event } = (await answer.json()) as { event: { requestContext: unknown } };
    expect(event.requestContext).toMatchObject({
      authorizer: {
        iam: {
          accessKey: 'AKIAADA',
          accountId: '000000000000',
          callerId: 'ada',
          cognitoIdentity: null,
          principalOrgId: null,
          userArn: 'arn:aws:iam::000000000000:user/ada',
          userId: 'ada',
        },
      },
    });
  });

  it.each<[string, Wish]>([
    ['of a user who may not call it', { by: ben }],
    ['whose user is denied that path', { path: '/things/secret' }],
    ['of nobody known', { by: { ...ada, accessKeyId: 'AKIAOTHER' } }],
    ['signed with another secret', { by: { ...ada, secretAccessKey: 'guessed' } }],
    ['signed long ago', { at: Date.now() - 6 * 60_000 }],
    ['signed for another service', { service: 'sqs' }],
    ['not signed at all', { headers: { authorization: '' } }],
  ])('forbids a request %s', async (_, wish) => {
    const answer = await ask(wish);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ message: 'Forbidden' });
  });

  it('takes signatures by the real clock too, when the local one was moved', async () => {
    const { cloud, clock } = await startFixture({ users: [ada], change: onlyWithIam });
    clock.advance(40 * 24 * 3_600_000);
    const url = new URL('/things/1', cloud.apiUrl);
    for (const at of [clock.now(), Date.now()]) {
      const { host: _, ...headers } = await signRequest(
        { method: 'GET', url, at: new Date(at) },
        ada,
      );
      expect((await fetch(url, { headers })).status).toBe(200);
    }
  });

  it('leaves the other routes open to everybody', async () => {
    const { cloud } = fixture();
    const answer = await fetch(`${cloud.apiUrl}/hooks/stripe`, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).not.toContain('authorizer');
  });
});

it('a user whose statements cannot be judged stops the start', async () => {
  const users = [userOf('eve', { ...invoke('*'), NotResource: '*' })];
  await expect(startFixture({ users })).rejects.toThrow(
    'the local user "eve", statement 0: the local cloud cannot judge by "NotResource"',
  );
});

describe('a user with a managed policy of the template', () => {
  const managedPolicy = (more: object = {}) => ({
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Description: 'For whoever reads things',
      Path: '/',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'execute-api:Invoke',
            Resource: {
              'Fn::Join': [
                '',
                ['arn:aws:execute-api:us-east-1:000000000000:', { Ref: 'Api' }, '/*/GET/things/*'],
              ],
            },
          },
        ],
      },
      ...more,
    },
  });
  const withPolicy = (more?: object) => (template: FixtureTemplate) => {
    onlyWithIam(template);
    Object.assign(template.Resources, { Readers0123ABCD: managedPolicy(more) });
  };
  const userWith = (...managedPolicies: string[]): LocalUser => ({
    ...userOf('ada'),
    managedPolicies,
  });

  it('may do what the policy allows, by its logical id with or without letters', async () => {
    for (const name of ['Readers', 'Readers0123ABCD']) {
      const user = userWith(name);
      const { cloud, clock } = await startFixture({ users: [user], change: withPolicy() });
      const ask = async (path: string) => {
        const url = new URL(path, cloud.apiUrl);
        const at = new Date(clock.now());
        const { host: _, ...headers } = await signRequest({ method: 'GET', url, at }, user);
        return (await fetch(url, { headers })).status;
      };
      expect(await ask('/things/1')).toBe(200);
    }
  });

  it('may not without it', async () => {
    const { cloud, clock } = await startFixture({ users: [userWith()], change: withPolicy() });
    const url = new URL('/things/1', cloud.apiUrl);
    const { host: _, ...headers } = await signRequest(
      { method: 'GET', url, at: new Date(clock.now()) },
      userWith(),
    );
    expect((await fetch(url, { headers })).status).toBe(403);
  });

  it('that is not there does not start', async () => {
    await expect(startFixture({ users: [userWith('Writers')] })).rejects.toThrow(
      'the local user "ada" has "Writers", which is no managed policy of the template.',
    );
  });

  it.each(['Roles', 'Users', 'Groups'])(
    'that the template attaches to %s does not start',
    async (to) => {
      const users = [userWith('Readers')];
      const change = withPolicy({ [to]: ['somebody'] });
      await expect(startFixture({ users, change })).rejects.toThrow(
        `the local cloud cannot run its property "${to}"`,
      );
    },
  );
});
