import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMovableClock } from '../../../local/clock.ts';
import { PortInUseError, portOf } from '../../../local/cloud/http/loopback.ts';
import type { InvocationRecord } from '../../../local/cloud/records.ts';
import { startLocalCloud } from '../../../local/cloud/start.ts';
import { operatorClients } from './fixtures/operator-clients.ts';
import {
  run,
  shareFixture,
  startFixture,
  temporaryFolder,
  writeAssembly,
} from './fixtures/start-fixture.ts';
import { fixtureTemplate, stackName } from './fixtures/template.ts';

const execute = promisify(execFile);

describe('the local cloud', () => {
  const fixture = shareFixture();

  it('gives secrets by name, and says which is not there', async () => {
    const { cloud } = fixture();
    expect(await run(cloud, { do: 'secret', name: 'fixture/key' })).toBe('sk_test_of_the_fixture');
    const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:fixture/key';
    expect(await run(cloud, { do: 'secret', name: arn })).toBe('sk_test_of_the_fixture');
    await expect(run(cloud, { do: 'secret', name: 'other' })).rejects.toThrow(
      "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    );
    await expect(run(cloud, { do: 'secret', name: 'fixture/empty' })).rejects.toThrow(
      'secret value for staging label: AWSCURRENT',
    );
    cloud.setSecret('fixture/empty', 'now');
    expect(await run(cloud, { do: 'secret', name: 'fixture/empty' })).toBe('now');
  });

  it('knows conditional writes; of a failed one dynalite does not give the old item', async () => {
    const { cloud } = fixture();
    expect(await run(cloud, { do: 'conditionalPut', id: 'a' })).toBe('written');
    expect(await run(cloud, { do: 'conditionalPut', id: 'a' })).toEqual({
      name: 'ConditionalCheckFailedException',
      hasItem: false,
    });
  });

  it('fires a schedule once for each move of the clock, however far', async () => {
    const { cloud, clock } = await startFixture();
    const due = await cloud.nextDue();
    expect(due).toBeGreaterThan(clock.now());
    expect(due).toBeLessThanOrEqual(clock.now() + 60_000);
    clock.advance((due ?? 0) - clock.now());
    await cloud.idle();
    expect(await cloud.items()).toHaveLength(1);
    clock.advance(24 * 3_600_000);
    await cloud.idle();
    const times = (await cloud.items()).map(({ id }) => String(id)).sort();
    expect(times).toHaveLength(2);
    expect(times[1]).toContain(new Date(clock.now()).toISOString().slice(0, 13));
  });

  it('tries a failed schedule twice more, then leaves its event in the dead-letter queue', async () => {
    const { cloud, clock } = await startFixture({
      change(template) {
        Object.assign(template.Resources.Minutely.Properties, {
          ScheduleExpression: 'rate(1 day)',
        });
        Object.assign(template.Resources.Minutely.Properties.Targets[0] ?? {}, {
          Input: '{"time":"noon","fail":true}',
        });
      },
    });
    const ids: string[] = [];
    cloud.on('invocation', ({ state, awsRequestId }: InvocationRecord) => {
      if (state === 'failed') ids.push(awsRequestId);
    });
    for (const minutes of [24 * 60, 1, 2]) {
      clock.advance(minutes * 60_000);
      await cloud.idle();
    }
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect((await cloud.messages('tick-dead')).ready).toMatchObject([
      { body: '{"time":"noon","fail":true}' },
    ]);
  });

  it('counts what is delayed or invisible as next due', async () => {
    const { cloud, clock } = fixture();
    expect(await cloud.nextDue()).toBeUndefined();
    await run(cloud, { do: 'send', body: '[]', delaySeconds: 300 });
    const due = (await cloud.nextDue()) ?? 0;
    expect(Math.abs(due - clock.now() - 300_000)).toBeLessThan(10_000);
    clock.advance(301_000);
    await cloud.idle();
    expect(await cloud.nextDue()).toBeUndefined();
  });

  it('shares nothing with another one in the same process', async () => {
    const one = await startFixture();
    const two = await startFixture();
    one.clock.advance(3_600_000);
    await run(one.cloud, { do: 'put', id: 'a' }, { do: 'send', body: '[]', delaySeconds: 900 });
    await run(one.cloud, {
      do: 'mail',
      Source: 'billing@shop.example',
      Destination: { ToAddresses: ['a@customer.example'] },
      Message: { Subject: { Data: 'One' }, Body: { Text: { Data: 'One' } } },
    });
    expect((await one.cloud.items()).map(({ id }) => id)).toContain('a');
    expect(await two.cloud.items()).toEqual([]);
    expect((await two.cloud.messages('work')).delayed).toEqual([]);
    expect(two.cloud.mails()).toEqual([]);
    expect(await (await fetch(`${two.cloud.inboxUrl}/store`)).json()).toMatchObject({ emails: [] });
    const { now } = (await run(two.cloud, { do: 'now' })) as { now: number };
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  });

  it('keeps tables, queues and mails in a folder, and refuses a table of another shape', async () => {
    const dataDirectory = await temporaryFolder();
    const assemblyDirectory = await writeAssembly();
    const clock = createMovableClock();
    onTestFinished(() => clock.stop());
    const options = {
      assemblyDirectory,
      stackName,
      clock,
      dataDirectory,
      secrets: {},
      verifiedSenders: ['billing@shop.example'],
    };
    const first = await startLocalCloud(options);
    await run(first, { do: 'put', id: 'kept' }, { do: 'send', body: '[]', delaySeconds: 900 });
    await run(first, {
      do: 'mail',
      Source: 'billing@shop.example',
      Destination: { ToAddresses: ['a@customer.example'] },
      Message: { Subject: { Data: 'Kept' }, Body: { Text: { Data: 'Kept' } } },
    });
    await first.stop();

    const second = await startLocalCloud(options);
    await expect(startLocalCloud(options)).rejects.toThrow('is in use by another local cloud');
    expect(await second.items('Table')).toMatchObject([{ id: 'kept' }]);
    expect((await second.messages('work')).delayed).toHaveLength(1);
    expect(second.mails()).toMatchObject([{ subject: 'Kept' }]);
    const store = await (await fetch(`${second.inboxUrl}/store`)).json();
    expect(store).toMatchObject({ emails: [{ subject: 'Kept' }] });
    await second.stop();

    const changed = fixtureTemplate();
    changed.Resources.Table.Properties.GlobalSecondaryIndexes = [];
    const third = startLocalCloud({
      ...options,
      assemblyDirectory: await writeAssembly(changed),
    });
    await expect(third).rejects.toThrow('was made with other keys or indexes');
  });

  it('gives a kept queue the attributes that the template has now', async () => {
    const clock = createMovableClock();
    onTestFinished(() => clock.stop());
    const options = {
      stackName,
      clock,
      dataDirectory: await temporaryFolder(),
      secrets: {},
      verifiedSenders: [],
    };
    const first = await startLocalCloud({ ...options, assemblyDirectory: await writeAssembly() });
    await first.stop();
    const template = fixtureTemplate();
    Object.assign(template.Resources.Work0123ABCD, { Properties: { QueueName: 'work' } });
    const assemblyDirectory = await writeAssembly(template);
    const second = await startLocalCloud({ ...options, assemblyDirectory });
    const { Attributes } = await operatorClients(second).sqs.getQueueAttributes({
      QueueUrl: second.queueUrl('work'),
      AttributeNames: ['All'],
    });
    await second.stop();
    expect(Attributes).toMatchObject({ VisibilityTimeout: '30' });
    expect(Attributes).not.toHaveProperty('RedrivePolicy');
  });

  it('makes no dead letter of an event whose invocation its stop has ended', async () => {
    const template = fixtureTemplate();
    const { Minutely, Tick } = template.Resources;
    Object.assign(Tick.Properties, { Handler: 'index.script' });
    Object.assign(Minutely.Properties.Targets[0] ?? {}, { Input: '{"steps":[{"do":"never"}]}' });
    const lastTry = {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: { Ref: 'Tick' }, Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
    };
    Object.assign(template.Resources, { LastTry: lastTry });
    const clock = createMovableClock();
    onTestFinished(() => clock.stop());
    const options = {
      assemblyDirectory: await writeAssembly(template),
      stackName,
      clock,
      dataDirectory: await temporaryFolder(),
      secrets: {},
      verifiedSenders: [],
    };
    const first = await startLocalCloud(options);
    const started = new Promise((resolve) => first.on('invocation', resolve));
    clock.advance(60_000);
    await started;
    await first.stop();

    const second = await startLocalCloud(options);
    expect((await second.messages('tick-dead')).ready).toEqual([]);
    await second.stop();
  });

  it.each(['apiPort', 'inboxPort'] as const)('names a port in use: %s', async (option) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const port = portOf(other);
    const start = startFixture({ [option]: port });
    await expect(start).rejects.toThrow(PortInUseError);
    await expect(start).rejects.toThrow(`Port ${port}, wanted for`);
    await expect(start).rejects.toThrow(`choose another port with ${option}`);
  });

  it('says what to do when nothing was synthesized', async () => {
    const assemblyDirectory = await temporaryFolder();
    await expect(startFixture({ assemblyDirectory })).rejects.toThrow(
      'Synthesize the stack "Fixture" first',
    );
  });

  it('ends an invocation under way when it stops, and leaves the process free to end', async () => {
    const program = fileURLToPath(new URL('./fixtures/start-and-stop.ts', import.meta.url));
    const { stdout } = await execute(
      process.execPath,
      [program, await writeAssembly(), stackName],
      {
        timeout: 9_000,
      },
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { errorType: 'Stopped' } });
  });
});
