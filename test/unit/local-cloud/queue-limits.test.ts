import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerQueueRequest } from '../../../local/cloud/queues/answer-queue-request.ts';
import { openFauxqs } from '../../../local/cloud/queues/fauxqs.ts';
import { queueLimits, roomInFlight } from '../../../local/cloud/queues/queue-limits.ts';
import { splitBatch } from '../../../local/cloud/queues/split-batch.ts';
import { operatorClients } from './fixtures/operator-clients.ts';
import { run, shareFixture } from './fixtures/start-fixture.ts';

const second = 1000;

describe("SQS's limits", () => {
  const fixture = shareFixture({
    change({ Resources }) {
      const { WorkDead } = Resources;
      const queue = (QueueName: string, properties = {}) => ({
        ...WorkDead,
        Properties: { QueueName, ...properties },
      });
      const redriveTo = (id: string) => ({
        deadLetterTargetArn: { 'Fn::GetAtt': [id, 'Arn'] },
        maxReceiveCount: 1,
      });
      Object.assign(Resources, {
        Plain: queue('plain'),
        Small: queue('small', { MaximumMessageSize: 1024 }),
        Brief: queue('brief', { MessageRetentionPeriod: 3600, RedrivePolicy: redriveTo('Late') }),
        Late: queue('late', { MessageRetentionPeriod: 7200 }),
        Twice: queue('twice', { RedrivePolicy: redriveTo('TwiceDead') }),
        TwiceDead: queue('twice-dead'),
      });
    },
  });
  const sqsOf = () => {
    const { cloud } = fixture();
    return { sqs: operatorClients(cloud).sqs, url: (queue: string) => cloud.queueUrl(queue) };
  };

  describe('one message', () => {
    const send = (queue: string, input: Partial<SendMessageCommandInput>) => {
      const { sqs, url } = sqsOf();
      return sqs.sendMessage({ QueueUrl: url(queue), MessageBody: 'a', ...input });
    };
    const attributes = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          `a${at}`,
          { DataType: 'String', StringValue: 'x' },
        ]),
      );

    it('takes up to the size that the queue says, attributes included', async () => {
      const refusal = {
        name: 'InvalidParameterValue',
        message:
          'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
      };
      await send('Small', { MessageBody: 'a'.repeat(1024) });
      await expect(send('Small', { MessageBody: 'a'.repeat(1025) })).rejects.toMatchObject(refusal);
      await expect(send('Small', { MessageBody: 'ü'.repeat(513) })).rejects.toMatchObject(refusal);
      // Its name, `String` and its value are 9 bytes.
      const MessageAttributes = attributes(1);
      await send('Small', { MessageBody: 'a'.repeat(1015), MessageAttributes });
      const over = send('Small', { MessageBody: 'a'.repeat(1016), MessageAttributes });
      await expect(over).rejects.toMatchObject(refusal);
    });

    it('takes up to 1 MiB where the queue says nothing', async () => {
      await send('Plain', { MessageBody: 'a'.repeat(1_048_576) });
      await expect(send('Plain', { MessageBody: 'a'.repeat(1_048_577) })).rejects.toThrow(
        'Message must be shorter than 1048576 bytes.',
      );
    });

    it('is bound by the same when a person sends it', async () => {
      const { cloud } = fixture();
      await expect(cloud.send('Small', 'a'.repeat(1025))).rejects.toThrow(
        'InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
      );
      await expect(cloud.send('Plain', '\u0000')).rejects.toThrow('InvalidMessageContents');
    });

    it('has at most ten attributes', async () => {
      await send('Plain', { MessageAttributes: attributes(10) });
      await expect(send('Plain', { MessageAttributes: attributes(11) })).rejects.toThrow(
        'Number of message attributes [11] exceeds the allowed maximum [10].',
      );
    });

    it.each([901, -1, 1.5])('is not delayed by %d seconds', async (DelaySeconds) => {
      await expect(send('Plain', { DelaySeconds })).rejects.toMatchObject({
        name: 'InvalidParameterValue',
        message: `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
      });
    });

    it('is delayed by up to 15 minutes, also when a function sends it', async () => {
      const { cloud } = fixture();
      await send('Plain', { DelaySeconds: 900 });
      await expect(run(cloud, { do: 'send', body: '[]', delaySeconds: 901 })).rejects.toThrow(
        'DelaySeconds must be >= 0 and <= 900.',
      );
    });

    it.each(['\u0000', '\u000b', '\ufffe'])('may not hold %j', async (character) => {
      await expect(send('Plain', { MessageBody: `a${character}` })).rejects.toMatchObject({
        name: 'InvalidMessageContents',
      });
    });

    it.each(['\t', '\r\n', 'ü', '\ufffd', '😀'])('may hold %j', async (character) => {
      const { cloud } = fixture();
      const { MessageId } = await send('Plain', { MessageBody: `a${character}` });
      const { ready } = await cloud.messages('Plain');
      expect(ready.find(({ messageId }) => messageId === MessageId)?.body).toBe(`a${character}`);
    });
  });

  describe('a batch', () => {
    const sendBatch = (queue: string, entries: readonly { Id: string; MessageBody: string }[]) => {
      const { sqs, url } = sqsOf();
      return sqs.sendMessageBatch({ QueueUrl: url(queue), Entries: [...entries] });
    };
    const entries = (count: number, MessageBody = 'a') =>
      Array.from({ length: count }, (_, at) => ({ Id: `e${at}`, MessageBody }));

    it.each([
      ['no entry', [], 'EmptyBatchRequest'],
      ['eleven entries', entries(11), 'TooManyEntriesInBatchRequest'],
      ['an id twice', [...entries(2), ...entries(1)], 'BatchEntryIdsNotDistinct'],
      ['an id of 81 letters', [{ Id: 'a'.repeat(81), MessageBody: 'a' }], 'InvalidBatchEntryId'],
      ['an id with a dot', [{ Id: 'a.b', MessageBody: 'a' }], 'InvalidBatchEntryId'],
      ['more than 1 MiB', entries(5, 'a'.repeat(220_000)), 'BatchRequestTooLong'],
    ])('with %s is refused as a whole', async (_, wrong, code) => {
      const { cloud } = fixture();
      const before = (await cloud.messages('Plain')).ready.length;
      await expect(sendBatch('Plain', wrong)).rejects.toMatchObject({
        name: expect.stringContaining(code),
      });
      expect((await cloud.messages('Plain')).ready).toHaveLength(before);
    });

    it('fails by entry for what is wrong with one message', async () => {
      const answer = await sendBatch('Small', [
        { Id: 'good', MessageBody: 'a' },
        { Id: 'large', MessageBody: 'a'.repeat(1025) },
        { Id: 'odd', MessageBody: '\u0000' },
      ]);
      expect(answer.Successful).toMatchObject([{ Id: 'good' }]);
      expect(answer.Failed).toMatchObject([
        { Id: 'large', SenderFault: true, Code: 'InvalidParameterValue' },
        { Id: 'odd', SenderFault: true, Code: 'InvalidMessageContents' },
      ]);
    });

    it('fails whole when no entry is right, and is no error', async () => {
      const answer = await sendBatch('Small', entries(2, 'a'.repeat(1025)));
      expect(answer.Successful).toEqual([]);
      expect(answer.Failed?.map(({ Id }) => Id)).toEqual(['e0', 'e1']);
    });
  });

  it.each([
    ['MaxNumberOfMessages', 0],
    ['MaxNumberOfMessages', 11],
    ['WaitTimeSeconds', 21],
    ['VisibilityTimeout', 43_201],
    ['VisibilityTimeout', -1],
  ])('a receive with %s %d is refused', async (parameter, value) => {
    const { sqs, url } = sqsOf();
    const receive = sqs.receiveMessage({ QueueUrl: url('Plain'), [parameter]: value });
    await expect(receive).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining(`Value ${value} for parameter ${parameter} is invalid.`),
    });
  });

  it('a message is hidden again for at most twelve hours', async () => {
    const { sqs, url } = sqsOf();
    const change = sqs.changeMessageVisibility({
      QueueUrl: url('Plain'),
      ReceiptHandle: 'any',
      VisibilityTimeout: 43_201,
    });
    await expect(change).rejects.toThrow('Value 43201 for parameter VisibilityTimeout is invalid.');
  });

  it('forgets a message that is older than the queue keeps them, and says so', async () => {
    const { cloud, clock } = fixture();
    const expired: string[] = [];
    onTestFinished(
      cloud.on('message', ({ state, messageId }) => {
        if (state === 'expired') expired.push(messageId);
      }),
    );
    const early = await cloud.send('Brief', 'early');
    clock.advance(3000 * second);
    await cloud.send('Brief', 'later');
    clock.advance(599 * second);
    expect((await cloud.messages('Brief')).ready.map(({ body }) => body)).toEqual([
      'early',
      'later',
    ]);
    clock.advance(2 * second);
    expect((await cloud.messages('Brief')).ready.map(({ body }) => body)).toEqual(['later']);
    expect(expired).toEqual([early]);
  });

  it('lets a message keep its age in the dead-letter queue', async () => {
    const { cloud, clock } = fixture();
    const { sqs, url } = sqsOf();
    clock.advance(7200 * second);
    const id = await cloud.send('Brief', 'ageing');
    clock.advance(3500 * second);
    // Received once more than the queue allows: the second receive moves it.
    for (let receives = 0; receives < 2; receives += 1) {
      await sqs.receiveMessage({ QueueUrl: url('Brief') });
      clock.advance(31 * second);
    }
    expect((await cloud.messages('Late')).ready).toMatchObject([{ messageId: id }]);
    clock.advance(3600 * second);
    expect((await cloud.messages('Late')).ready).toHaveLength(1);
    clock.advance(100 * second);
    expect((await cloud.messages('Late')).ready).toEqual([]);
  });

  it('hands a backlog of more than 6 MB to the function in several events', async () => {
    const { cloud } = fixture();
    const batches: number[] = [];
    onTestFinished(
      cloud.on('invocation', ({ state, trigger }) => {
        if (state === 'succeeded' && trigger.kind === 'queue') {
          batches.push(trigger.messageIds.length);
        }
      }),
    );
    cloud.stopPart('queue');
    for (let sent = 0; sent < 8; sent += 1) await cloud.send('work', `[${' '.repeat(1_000_000)}]`);
    cloud.resumePart('queue');
    await cloud.idle();
    expect(batches).toEqual([6, 2]);
    expect((await cloud.messages('work')).inFlight).toEqual([]);
  });

  it('moves nothing twice, neither to the dead-letter queue nor back', async () => {
    const { cloud, clock } = fixture();
    const { sqs, url } = sqsOf();
    const id = await cloud.send('Twice', 'moved');
    for (let receives = 0; receives < 5; receives += 1) {
      await sqs.receiveMessage({ QueueUrl: url('Twice') });
      clock.advance(31 * second);
    }
    expect((await cloud.messages('Twice')).ready).toEqual([]);
    expect((await cloud.messages('TwiceDead')).ready).toMatchObject([{ messageId: id }]);

    const moved = await Promise.all([cloud.redrive('TwiceDead'), cloud.redrive('TwiceDead')]);
    expect(moved).toEqual([1, 0]);
    expect(await cloud.messages('TwiceDead')).toEqual({ ready: [], delayed: [], inFlight: [] });
    const { ready } = await cloud.messages('Twice');
    expect(ready).toMatchObject([{ body: 'moved', receiveCount: 0 }]);
    expect(ready[0]?.messageId).not.toBe(id);
  });
});

describe('a queue with 120,000 messages in flight', () => {
  it('refuses a short poll and gives a long one nothing, until one is deleted', async () => {
    const fauxqs = await openFauxqs(undefined);
    onTestFinished(() => fauxqs.stop());
    const QueueUrl = 'http://127.0.0.1/000000000000/full';
    const queue = fauxqs.store.createQueue('full', QueueUrl, 'arn:aws:sqs:us-east-1:0:full');
    const message = fauxqs.createMessage('a', {});
    const visibilityDeadline = Date.now() + 60_000;
    for (let received = 1; received <= queueLimits.inFlightMessages; received += 1) {
      const receiptHandle = `handle ${received}`;
      queue.inflightMessages.set(receiptHandle, { message, receiptHandle, visibilityDeadline });
    }
    queue.enqueue(fauxqs.createMessage('b', {}));
    const receive = async (WaitTimeSeconds: number) => {
      const body = JSON.stringify({ QueueUrl, WaitTimeSeconds });
      const answer = await answerQueueRequest(fauxqs, 'ReceiveMessage', body);
      return { ...answer, body: JSON.parse(answer.body) };
    };
    expect(await receive(0)).toMatchObject({
      status: 403,
      body: { __type: 'com.amazonaws.sqs#OverLimit' },
    });
    expect(await receive(1)).toEqual({ status: 200, body: {} });
    queue.deleteMessage('handle 1');
    expect((await receive(0)).body.Messages).toHaveLength(1);
  });

  it('leaves room for so many to an event source', () => {
    expect([0, 119_995, 120_000, 120_001].map(roomInFlight)).toEqual([120_000, 5, 0, 0]);
  });
});

it.each(['', '{', 'null', '"text"'])('refuses %j, which is no JSON object', async (body) => {
  const fauxqs = await openFauxqs(undefined);
  onTestFinished(() => fauxqs.stop());
  expect(await answerQueueRequest(fauxqs, 'SendMessage', body)).toEqual({
    status: 400,
    body: '{"__type":"com.amazon.coral.service#SerializationException"}',
  });
});

it('splits a batch into parts that fit, in order', () => {
  const bytesOf = (text: string) => text.length;
  expect(splitBatch(['aa', 'bb', 'c', 'dddddd', 'e'], 5, bytesOf)).toEqual([
    ['aa', 'bb', 'c'],
    ['dddddd'],
    ['e'],
  ]);
  expect(splitBatch([], 5, bytesOf)).toEqual([]);
});
