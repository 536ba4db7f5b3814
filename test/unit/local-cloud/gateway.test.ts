import { request } from 'node:http';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OutgoingRequest, Part, Verdict } from '../../../local/cloud/records.ts';
import { run, shareFixture, startFixture } from './fixtures/start-fixture.ts';

describe('the gateway', () => {
  const fixture = shareFixture();

  it('sees each request of each invocation: who, which, what, and what became of it', async () => {
    const { cloud } = fixture();
    const before = cloud.outgoingRequests().length;
    await run(cloud, { do: 'count', id: 'a' }, { do: 'send', body: '[]' });
    await run(cloud, { do: 'secret', name: 'fixture/key' });
    await cloud.idle();
    const base = { functionLogicalId: 'Script', functionName: 'Fixture-Script' };
    const outcome = { kind: 'answered', status: 200 };
    const requests = cloud.outgoingRequests().slice(before);
    expect(requests).toMatchObject([
      {
        ...base,
        sequence: 1,
        service: 'dynamodb',
        action: 'UpdateItem',
        resources: ['arn:aws:dynamodb:us-east-1:000000000000:table/Fixture-Table'],
        outcome,
      },
      {
        ...base,
        sequence: 2,
        service: 'sqs',
        action: 'SendMessage',
        resources: ['arn:aws:sqs:us-east-1:000000000000:work'],
        outcome,
      },
      { ...base, sequence: 1, service: 'secretsmanager', action: 'GetSecretValue', outcome },
    ]);
    expect(requests[0]?.awsRequestId).toBe(requests[1]?.awsRequestId);
    expect(requests[0]?.awsRequestId).not.toBe(requests[2]?.awsRequestId);
  });

  it.each<[Verdict, number]>([
    ['kill_before_delivery', 0],
    ['kill_after_effect', 1],
  ])('%s ends the function, and the effect is there %i times', async (verdict, effects) => {
    const { cloud, clock } = fixture();
    const before = cloud.outgoingRequests().length;
    const id = `item of ${verdict}`;
    const ofThisTest = async () => (await cloud.items('Table')).filter((item) => item.id === id);
    onTestFinished(() => cloud.intercept(() => 'pass'));
    let armed = true;
    cloud.intercept(({ action }: OutgoingRequest) => {
      if (!armed || action !== 'UpdateItem') return 'pass';
      armed = false;
      return verdict;
    });
    const ends: unknown[] = [];
    onTestFinished(
      cloud.on('invocation', (record) => {
        if (record.state === 'failed') ends.push(record.error.errorMessage);
      }),
    );
    await cloud.send('work', JSON.stringify([{ do: 'count', id }]));
    await cloud.idle();
    expect(ends).toEqual([expect.stringContaining('request 1 (dynamodb UpdateItem)')]);
    expect((await ofThisTest()).map(({ seen }) => seen)).toEqual(effects === 0 ? [] : [1]);
    clock.advance(61_000);
    await cloud.idle();
    expect(await ofThisTest()).toEqual([{ id, seen: effects + 1 }]);
    const kinds = cloud
      .outgoingRequests()
      .slice(before)
      .filter(({ action }) => action === 'UpdateItem')
      .map(({ outcome }) => outcome.kind);
    const killed =
      verdict === 'kill_before_delivery' ? 'killed_before_delivery' : 'killed_after_effect';
    expect(kinds).toEqual([killed, 'answered']);
  });

  describe('with stopped parts', () => {
    const stopped = shareFixture({ stopped: ['table', 'queue', 'secret', 'mail'] });

    it.each<[Part, Record<string, string>]>([
      ['table', { do: 'count', id: 'a' }],
      ['queue', { do: 'send', body: '[]' }],
      ['secret', { do: 'secret', name: 'fixture/key' }],
      ['mail', { do: 'mail', Source: 'billing@shop.example' }],
    ])('breaks the connection to a stopped %s, until it is resumed', async (part, step) => {
      const { cloud } = stopped();
      const before = cloud.outgoingRequests().length;
      await expect(run(cloud, step)).rejects.toThrow(/socket hang up|ECONNRESET/);
      const requests = () => cloud.outgoingRequests().slice(before);
      expect(requests()).toMatchObject([{ outcome: { kind: 'refused' } }]);
      cloud.resumePart(part);
      await run(cloud, step).catch((error: Error) => expect(error.message).not.toMatch(/hang up/));
      expect(requests()[1]?.outcome.kind).toBe('answered');
      cloud.stopPart(part);
      await expect(run(cloud, step)).rejects.toThrow(/socket hang up|ECONNRESET/);
    });
  });

  it('delivers nothing from a stopped queue, and is idle all the same', async () => {
    const { cloud } = fixture();
    cloud.stopPart('queue');
    await cloud.send('work', JSON.stringify([{ do: 'count', id: 'held back' }]));
    await cloud.idle();
    expect((await cloud.messages('work')).ready).toHaveLength(1);
    cloud.resumePart('queue');
    await cloud.idle();
    expect(await cloud.items('Table')).toContainEqual({ id: 'held back', seen: 1 });
  });

  it('delivers nothing from a queue that was resumed without a stop, and then stopped', async () => {
    const { cloud } = await startFixture();
    cloud.resumePart('queue');
    cloud.stopPart('queue');
    await cloud.send('work', '[]');
    await cloud.idle();
    expect((await cloud.messages('work')).ready).toHaveLength(1);
  });

  it('lets an operator in beside the functions, unseen and past stopped parts', async () => {
    const { cloud } = await startFixture({ stopped: ['queue'] });
    const operator = new SQSClient({
      endpoint: cloud.operatorUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
    });
    onTestFinished(() => operator.destroy());
    await operator.send(
      new SendMessageCommand({ QueueUrl: cloud.queueUrl('work'), MessageBody: '[]' }),
    );
    expect((await cloud.messages('work')).ready).toMatchObject([{ body: '[]' }]);
    expect(cloud.outgoingRequests()).toEqual([]);
  });

  it("refuses another function's key, an unknown service and an unknown action", async () => {
    const { cloud } = fixture();
    const environment = (await run(cloud, { do: 'environment' })) as Record<string, string>;
    const gateway = new URL(environment.AWS_ENDPOINT_URL_SQS ?? '');
    const ask = (key: string, service: string) =>
      new Promise<string>((resolve, reject) => {
        const outgoing = request(
          gateway,
          {
            method: 'POST',
            headers: {
              authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
              'x-amz-target': 'AmazonSQS.ListQueues',
            },
          },
          (response) => {
            let text = '';
            response.on('data', (chunk) => {
              text += chunk;
            });
            response.on('end', () => resolve(text));
          },
        );
        outgoing.on('error', reject);
        outgoing.end('{}');
      });
    const own = environment.AWS_ACCESS_KEY_ID ?? '';
    expect(await ask('LOCALOTHER', 'sqs')).toContain(
      'security token included in the request is invalid',
    );
    expect(await ask(own, 's3')).toContain('does not run the service \\"s3\\"');
    await expect(run(cloud, { do: 'createQueue', name: 'more' })).rejects.toThrow('CreateQueue');
  });
});
