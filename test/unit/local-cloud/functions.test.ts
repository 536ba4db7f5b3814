import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { portOf } from '../../../local/cloud/http/loopback.ts';
import type { InvocationRecord, LogRecord } from '../../../local/cloud/records.ts';
import { run, runOn, shareFixture, startFixture } from './fixtures/start-fixture.ts';

describe('a function', () => {
  const fixture = shareFixture({
    environment: { EXTRA: 'from the start', NOTED: 'anew' },
    change({ Resources }) {
      const { Script } = Resources;
      const elsewhere = { ...Script.Properties, Handler: 'elsewhere.script' };
      // Each counts its own invocations.
      Object.assign(Resources, {
        Warm: Script,
        Throwing: Script,
        Exiting: Script,
        Missing: { ...Script, Properties: elsewhere },
      });
    },
  });

  it('has the environment of the template, of its gateway and of the start, and nothing else', async () => {
    const { cloud } = fixture();
    const environment = await run(cloud, { do: 'environment' });
    expect(environment).toMatchObject({
      TABLE_NAME: 'Fixture-Table',
      NOTED: 'anew',
      EXTRA: 'from the start',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'Fixture-Script',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      WORK_QUEUE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/work$/),
      AWS_ENDPOINT_URL_SQS: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(environment).not.toHaveProperty('PATH');
    expect(environment).not.toHaveProperty('OMITTED');
    expect(environment).not.toHaveProperty('STRIPE_API_BASE');
  });

  it('gets the context of Lambda', async () => {
    const { cloud } = fixture();
    expect(await run(cloud, { do: 'context' })).toMatchObject({
      functionName: 'Fixture-Script',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Fixture-Script',
    });
    const remaining = await run(cloud, { do: 'remaining' });
    expect(remaining).toBeGreaterThan(5_000);
    expect(remaining).toBeLessThanOrEqual(10_000);
  });

  it('is kept warm, and gets a second environment only when two invocations meet', async () => {
    const { cloud } = fixture();
    expect(await runOn(cloud, 'Warm', { do: 'invocations' })).toBe(1);
    expect(await runOn(cloud, 'Warm', { do: 'invocations' })).toBe(2);
    const both = await Promise.all([
      runOn(cloud, 'Warm', { do: 'invocations' }),
      runOn(cloud, 'Warm', { do: 'invocations' }),
    ]);
    expect(both.sort()).toEqual([1, 3]);
    // On a laptop there is no third: the others wait for their turn.
    const many = await Promise.all(
      Array.from({ length: 6 }, () => runOn(cloud, 'Warm', { do: 'invocations' })),
    );
    expect(many).not.toContain(1);
  });

  it('lives in the time of the movable clock, whatever form of Date it asks', async () => {
    const { cloud, clock } = fixture();
    clock.advance(400 * 24 * 3_600_000);
    const before = clock.now();
    const told = await run(cloud, { do: 'now' });
    const after = clock.now();
    const { now, date, text } = told as { now: number; date: string; text: string };
    for (const time of [now, Date.parse(date)]) {
      expect(time).toBeGreaterThanOrEqual(before);
      expect(time).toBeLessThanOrEqual(after);
    }
    expect(Math.abs(Date.parse(text) - before)).toBeLessThan(10_000);
    clock.advance(3_600_000);
    const later = (await run(cloud, { do: 'now' })) as { now: number };
    expect(later.now - now).toBeGreaterThanOrEqual(3_600_000);
  });

  it('that throws has failed with its error, and stays warm', async () => {
    const { cloud } = fixture();
    const result = await cloud.invoke('Throwing', { steps: [{ do: 'throw', message: 'no luck' }] });
    expect(result).toMatchObject({
      ok: false,
      error: { errorType: 'RangeError', errorMessage: 'no luck' },
    });
    expect(await runOn(cloud, 'Throwing', { do: 'invocations' })).toBe(2);
  });

  it('that ends its process has failed, and the next invocation starts anew', async () => {
    const { cloud } = fixture();
    const result = await cloud.invoke('Exiting', { steps: [{ do: 'exit' }] });
    expect(result).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    expect(await runOn(cloud, 'Exiting', { do: 'invocations' })).toBe(1);
  });

  it('is ended at its time-out, of which a jump of the clock takes nothing', async () => {
    const { cloud, clock } = fixture();
    const invocation = cloud.invoke('Slow', { steps: [{ do: 'never' }] });
    clock.advance(3_600_000);
    expect(await invocation).toMatchObject({
      ok: false,
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: 'Task timed out after 1.00 seconds',
      },
    });
  });

  it('whose bundle is missing says which file is not there', async () => {
    const { cloud } = fixture();
    const result = await cloud.invoke('Missing', { steps: [] });
    expect(result).toMatchObject({
      ok: false,
      error: { errorMessage: expect.stringContaining('no file for the handler elsewhere.script') },
    });
  });

  it('is told of with its logs, line by line, under its request id', async () => {
    const { cloud } = fixture();
    const logs: LogRecord[] = [];
    const invocations: InvocationRecord[] = [];
    onTestFinished(cloud.on('log', (record) => logs.push(record)));
    onTestFinished(cloud.on('invocation', (record) => invocations.push(record)));
    await run(cloud, { do: 'log', line: '{"level":"INFO"}\nplain' });
    expect(invocations.map(({ state }) => state)).toEqual(['started', 'succeeded']);
    const { awsRequestId } = invocations[0] ?? {};
    expect(logs).toMatchObject([
      { awsRequestId, line: '{"level":"INFO"}', json: { level: 'INFO' }, stream: 'stdout' },
      { awsRequestId, line: 'plain' },
    ]);
  });

  it('reaches Stripe through its gateway, and nothing at all where nobody listens', async () => {
    const paths: (string | undefined)[] = [];
    const stripe = createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(402, { 'content-type': 'application/json' });
      response.end('{"error":{"code":"card_declined"}}');
    });
    await new Promise<void>((resolve) => stripe.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void stripe.close());
    const { cloud } = await startFixture({
      outside: { stripe: `http://127.0.0.1:${portOf(stripe)}` },
    });
    expect(await run(cloud, { do: 'stripe', path: '/v1/invoices/in_1?expand=x' })).toEqual({
      status: 402,
      body: { error: { code: 'card_declined' } },
    });
    expect(paths).toEqual(['/v1/invoices/in_1?expand=x']);
    expect(cloud.outgoingRequests()).toMatchObject([
      { service: 'stripe', action: 'GET', resources: ['/v1/invoices/in_1'] },
    ]);
    const closed = new Promise((resolve) => stripe.close(resolve));
    stripe.closeAllConnections();
    await closed;
    await expect(run(cloud, { do: 'stripe', path: '/v1/invoices/in_1' })).rejects.toThrow(
      'fetch failed',
    );
  });
});
