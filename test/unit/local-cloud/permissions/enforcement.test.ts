import { describe, expect, it } from 'vitest';
import type { DeniedRecord, EventRecord } from '../../../../local/cloud/records.ts';
import { run, runOn, shareFixture, startFixture } from '../fixtures/start-fixture.ts';
import type { FixtureTemplate } from '../fixtures/template.ts';

const user = 'arn:aws:sts::000000000000:assumed-role/Fixture-Role/Fixture-Script';
const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Fixture-Table';
const queue = 'arn:aws:sqs:us-east-1:000000000000:work';

/** What Lambda itself needs for the functions of the fixture. */
const forLambda = [
  { Effect: 'Allow', Action: ['logs:*', 'xray:*'], Resource: '*' },
  {
    Effect: 'Allow',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    Resource: queue,
  },
  { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue.replace(/work$/, 'tick-dead') },
];

/** The fixture under a role that may do nothing but these. */
const allowOnly =
  (...statements: unknown[]) =>
  (template: FixtureTemplate) => {
    template.Resources.RolePolicy.Properties.PolicyDocument.Statement = [
      ...forLambda,
      ...statements,
    ];
  };

const mailFrom = (Source: string, more = {}) => ({
  do: 'mail',
  Source,
  Destination: { ToAddresses: ['a@customer.example'] },
  Message: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hi' } } },
  ...more,
});

describe('a function without rights', () => {
  const fixture = shareFixture({ change: allowOnly() });

  it.each([
    [
      { do: 'put', id: 'a' },
      {
        name: 'AccessDeniedException',
        status: 400,
        message: `User: ${user} is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
      },
    ],
    [
      { do: 'queryDue', id: 'a' },
      { message: expect.stringContaining(`dynamodb:Query on resource: ${table}/index/due `) },
    ],
    [
      { do: 'batchGet', tables: ['Fixture-Table'] },
      { message: expect.stringContaining(`dynamodb:BatchGetItem on resource: ${table} `) },
    ],
    [
      { do: 'send', body: '[]' },
      {
        name: 'AccessDenied',
        status: 403,
        message: `User: ${user} is not authorized to perform: sqs:sendmessage on resource: ${queue} because no identity-based policy allows the sqs:sendmessage action`,
      },
    ],
    [
      { do: 'sendBatch', bodies: ['[]'] },
      { name: 'AccessDenied', message: expect.stringContaining('sqs:sendmessage on') },
    ],
    [
      { do: 'secret', name: 'fixture/key' },
      {
        name: 'AccessDeniedException',
        status: 400,
        message: expect.stringContaining(
          'secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:000000000000:secret:fixture/key-LOCAL1 ',
        ),
      },
    ],
    [
      mailFrom('billing@shop.example'),
      {
        name: 'AccessDenied',
        status: 403,
        message: `User \`${user}' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:us-east-1:000000000000:identity/billing@shop.example'`,
      },
    ],
    [
      { do: 'putEvents', entries: [{ Source: 'shop', DetailType: 'Paid', Detail: '{}' }] },
      {
        name: 'AccessDeniedException',
        status: 400,
        message: expect.stringContaining(
          'events:PutEvents on resource: arn:aws:events:us-east-1:000000000000:event-bus/default ',
        ),
      },
    ],
  ])('gets the error of AWS itself for %j', async (of, refusal) => {
    const { cloud } = fixture();
    expect(await run(cloud, { do: 'refusal', of })).toMatchObject(refusal);
    expect(cloud.outgoingRequests().at(-1)).toMatchObject({ permission: { kind: 'denied' } });
  });

  it('leaves nothing behind', async () => {
    const { cloud } = fixture();
    await run(cloud, { do: 'refusal', of: { do: 'put', id: 'a' } });
    await run(cloud, { do: 'refusal', of: { do: 'send', body: '[]' } });
    expect(await cloud.items()).toEqual([]);
    expect(await cloud.messages('work')).toEqual({ ready: [], delayed: [], inFlight: [] });
    expect(cloud.mails()).toEqual([]);
  });
});

describe('a statement', () => {
  it('that allowed a request stands in its record', async () => {
    const { cloud } = await startFixture({
      change: allowOnly({
        Effect: 'Allow',
        Action: ['dynamodb:Get*', 'dynamodb:Put*'],
        Resource: { 'Fn::GetAtt': ['Table', 'Arn'] },
      }),
    });
    await run(cloud, { do: 'put', id: 'a' });
    const grant = {
      principal: 'Role',
      policy: 'RolePolicy',
      statement: 3,
      action: 'dynamodb:Put*',
      resource: table,
    };
    expect(cloud.outgoingRequests()).toMatchObject([
      { permission: { kind: 'allowed', grants: [grant] }, outcome: { status: 200 } },
    ]);
  });

  it('about one table lets no batch read another one, nor an index', async () => {
    const resource = { 'Fn::GetAtt': ['Table', 'Arn'] };
    const { cloud } = await startFixture({
      change: allowOnly({ Effect: 'Allow', Action: 'dynamodb:*', Resource: resource }),
    });
    const both = { do: 'batchGet', tables: ['Fixture-Table', 'Other'] };
    expect(await run(cloud, { do: 'refusal', of: both })).toMatchObject({
      message: expect.stringContaining('table/Other '),
    });
    const query = { do: 'refusal', of: { do: 'queryDue', id: 'a' } };
    expect(await run(cloud, query)).toMatchObject({ name: 'AccessDeniedException' });
    await run(cloud, { do: 'batchGet', tables: ['Fixture-Table'] });
  });

  it('that denies wins, in the role as in the policy of the queue', async () => {
    const deny = { Effect: 'Deny', Action: 'sqs:Send*', Resource: queue };
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
    const byRole = await startFixture({ change: allowOnly(allow, deny) });
    const send = { do: 'refusal', of: { do: 'send', body: '[]' } };
    expect(await run(byRole.cloud, send)).toMatchObject({
      message: expect.stringContaining('with an explicit deny in an identity-based policy'),
    });
    const byQueue = await startFixture({
      change: (template) =>
        Object.assign(template.Resources, { WorkPolicy: policyOf('Work0123ABCD', deny) }),
    });
    expect(await run(byQueue.cloud, send)).toMatchObject({
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    });
  });

  it('in the policy of a queue is enough for a role of the same account', async () => {
    const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue };
    const { cloud } = await startFixture({
      change(template) {
        allowOnly()(template);
        Object.assign(template.Resources, { WorkPolicy: policyOf('Work0123ABCD', allow) });
      },
    });
    await run(cloud, { do: 'send', body: '[]' });
  });

  it('about a mail asks for the identity that sends, the configuration set and the sender', async () => {
    const ses = (resource: string) => `arn:aws:ses:us-east-1:000000000000:${resource}`;
    const condition = { StringLike: { 'ses:FromAddress': 'billing@*' } };
    const { cloud } = await startFixture({
      verifiedSenders: ['billing@shop.example', 'shop.example'],
      change: allowOnly({
        Effect: 'Allow',
        Action: 'ses:SendEmail',
        Resource: [ses('identity/shop.example'), ses('configuration-set/fixture-mail')],
        Condition: condition,
      }),
    });
    const refusal = (step: unknown) => run(cloud, { do: 'refusal', of: step as never });
    // The address is an identity of its own, so its domain's does not count.
    expect(await refusal(mailFrom('billing@shop.example'))).toMatchObject({
      message: expect.stringContaining('identity/billing@shop.example'),
    });
    await run(cloud, mailFrom('Billing <billing@more.shop.example>'));
    expect(await refusal(mailFrom('orders@more.shop.example'))).toMatchObject({
      name: 'AccessDenied',
    });
    const set = { ConfigurationSetName: 'fixture-mail' };
    await run(cloud, mailFrom('billing@more.shop.example', set));
    const other = { ConfigurationSetName: 'other' };
    expect(await refusal(mailFrom('billing@more.shop.example', other))).toMatchObject({
      message: expect.stringContaining('configuration-set/other'),
    });
  });
});

function policyOf(queueId: string, statement: object) {
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: queueId }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ ...statement, Principal: { AWS: '*' } }],
      },
    },
  };
}

describe("a function's credentials", () => {
  const fixture = shareFixture();
  const keysOf = async (functionName: string) => {
    const variables = (await runOn(fixture().cloud, functionName, {
      do: 'environment',
    })) as Record<string, string>;
    return {
      accessKeyId: variables.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: variables.AWS_SESSION_TOKEN ?? '',
    };
  };
  const signAs = (credentials: Record<string, string>) =>
    run(fixture().cloud, { do: 'refusal', of: { do: 'signAs', credentials } });

  it('are its own: no key of another function is taken, nor a secret that is not the key’s', async () => {
    const own = await keysOf('Script');
    const other = await keysOf('Slow');
    expect(await signAs(own)).toBe('not refused');
    expect(await signAs(other)).toMatchObject({ name: 'InvalidClientTokenId', status: 403 });
    expect(await signAs({ ...own, secretAccessKey: other.secretAccessKey })).toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringContaining('does not match the signature you provided'),
    });
    expect(await signAs({ ...own, sessionToken: other.sessionToken })).toMatchObject({
      name: 'InvalidClientTokenId',
    });
    expect(fixture().cloud.outgoingRequests().at(-1)).not.toHaveProperty('permission');
  });

  it('are new in each local cloud', async () => {
    const { cloud } = await startFixture();
    const { AWS_ACCESS_KEY_ID } = (await run(cloud, { do: 'environment' })) as Record<
      string,
      string
    >;
    expect(AWS_ACCESS_KEY_ID).toMatch(/^ASIA[0-9A-F]{16}$/);
    expect(AWS_ACCESS_KEY_ID).not.toBe((await keysOf('Script')).accessKeyId);
  });

  it('still count after the clock has moved', async () => {
    const { cloud, clock } = await startFixture();
    await run(cloud, { do: 'send', body: '[]' });
    clock.advance(30 * 24 * 3_600_000);
    await run(cloud, { do: 'send', body: '[]' }, { do: 'put', id: 'later' });
  });
});

describe('events of functions', () => {
  const fixture = shareFixture({
    change: ({ Resources }) =>
      Object.assign(Resources.MailRule.Properties, { EventPattern: { source: ['shop'] } }),
  });
  const entry = { Source: 'shop', DetailType: 'Paid', Detail: '{"amount":1}' };
  const put = (...entries: object[]) =>
    run(fixture().cloud, { do: 'putEvents', entries: entries as never });

  it('go to the rules of the default bus', async () => {
    const { cloud } = fixture();
    const events: EventRecord[] = [];
    cloud.on('event', (event) => events.push(event));
    expect(await put(entry, { ...entry, EventBusName: 'default' })).toMatchObject({
      FailedEntryCount: 0,
      Entries: events.map(({ id }) => ({ EventId: id })),
    });
    await cloud.idle();
    const bodies = (await cloud.messages('MailEvents')).ready.map(({ body }) => JSON.parse(body));
    expect(bodies).toMatchObject([
      { id: events[0]?.id, source: 'shop', 'detail-type': 'Paid', detail: { amount: 1 } },
      { id: events[1]?.id },
    ]);
  });

  it('fail one by one', async () => {
    expect(
      await put(
        { ...entry, Detail: 'no JSON' },
        { ...entry, Source: 'aws.ses' },
        { Source: 'shop' },
      ),
    ).toMatchObject({
      FailedEntryCount: 3,
      Entries: [
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'NotAuthorizedForSourceException' },
        { ErrorCode: 'InvalidArgument' },
      ],
    });
  });

  it.each<[string, object[]]>([
    ['ValidationException', Array.from({ length: 11 }, () => entry)],
    ['ValidationException', [{ ...entry, Detail: JSON.stringify('x'.repeat(256 * 1024)) }]],
    ['ResourceNotFoundException', [{ ...entry, EventBusName: 'other' }]],
  ])('are refused together with %s', async (name, entries) => {
    const of = { do: 'putEvents', entries: entries as never };
    expect(await run(fixture().cloud, { do: 'refusal', of })).toMatchObject({ name });
  });
});

describe('a service that acts for the account', () => {
  /** Starts the fixture without one of its policies, and gives what was denied since. */
  async function startWithout(
    policy: 'ApiMayCall' | 'RuleMayCallTick' | 'MailEventsPolicy',
    change: (template: FixtureTemplate) => void = () => {},
  ) {
    const { cloud, clock } = await startFixture({
      change(template) {
        const { [policy]: _, ...resources } = template.Resources;
        Object.assign(template, { Resources: resources });
        change(template);
      },
    });
    const denied: DeniedRecord[] = [];
    cloud.on('denied', (record) => denied.push(record));
    return { cloud, clock, denied };
  }

  it('API Gateway answers 500 where the function does not let it in', async () => {
    const { cloud, denied } = await startWithout('ApiMayCall');
    const answer = await fetch(`${cloud.apiUrl}/things/1`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: 'Internal Server Error' });
    expect(denied).toMatchObject([
      {
        service: 'apigateway.amazonaws.com',
        sourceArn: 'arn:aws:execute-api:us-east-1:000000000000:Api/$default/GET/things/{id}',
        action: 'lambda:InvokeFunction',
        resource: 'arn:aws:lambda:us-east-1:000000000000:function:Fixture-ApiFunction',
      },
    ]);
  });

  it('a schedule runs nothing that does not let EventBridge in', async () => {
    const { cloud, clock, denied } = await startWithout('RuleMayCallTick');
    clock.advance(60_000);
    await cloud.idle();
    expect(await cloud.items()).toEqual([]);
    expect(denied).toMatchObject([
      {
        service: 'events.amazonaws.com',
        sourceArn: 'arn:aws:events:us-east-1:000000000000:rule/Fixture-Minutely',
        resource: 'arn:aws:lambda:us-east-1:000000000000:function:Fixture-Tick',
      },
    ]);
  });

  const sendMail = mailFrom('billing@shop.example', { ConfigurationSetName: 'fixture-mail' });

  it('a rule sends nothing to a queue that does not let it in', async () => {
    const { cloud, denied } = await startWithout('MailEventsPolicy');
    await run(cloud, sendMail);
    await cloud.idle();
    expect((await cloud.messages('MailEvents')).ready).toEqual([]);
    expect(denied).toMatchObject([
      { action: 'sqs:SendMessage', resource: expect.stringContaining('mail-events') },
    ]);
  });

  it('what a rule may not deliver goes to its dead-letter queue, if that lets it in', async () => {
    const letRuleIn = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queue.replace(/work$/, 'tick-dead'),
      Condition: {
        ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': ['MailRule', 'Arn'] } },
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      },
    };
    const { cloud, denied } = await startWithout('MailEventsPolicy', ({ Resources }) => {
      const [target] = Resources.MailRule.Properties.Targets;
      Object.assign(target ?? {}, {
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['TickDead', 'Arn'] } },
      });
      const { Principal: _, ...statement } = letRuleIn;
      const policy = policyOf('TickDead', statement);
      Object.assign(policy.Properties.PolicyDocument, { Statement: [letRuleIn] });
      Object.assign(Resources, { TickDeadPolicy: policy });
    });
    await run(cloud, sendMail);
    await cloud.idle();
    const [message] = (await cloud.messages('tick-dead')).ready;
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ source: 'aws.ses' });
    expect(denied).toHaveLength(1);
  });
});
