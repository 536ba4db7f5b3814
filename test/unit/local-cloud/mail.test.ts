import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { LocalCloud } from '../../../local/cloud/local-cloud.ts';
import type { Json } from '../../../local/cloud/template/template.ts';
import { run, shareFixture, startFixture } from './fixtures/start-fixture.ts';

const mail = (to: string[], changes: Record<string, Json> = {}) => ({
  do: 'mail',
  Source: 'Shop <billing@shop.example>',
  Destination: { ToAddresses: to, CcAddresses: ['copy@customer.example'] },
  ReplyToAddresses: ['help@shop.example'],
  Message: {
    Subject: { Data: 'Your payment & more' },
    Body: { Html: { Data: '<b>Hello</b>' }, Text: { Data: 'Hello' } },
  },
  ConfigurationSetName: 'fixture-mail',
  Tags: [{ Name: 'notice', Value: 'n_1' }],
  ...changes,
});

/** The events that reached the queue of the rule, as EventBridge gives them. */
async function mailEvents(cloud: LocalCloud): Promise<Record<string, unknown>[]> {
  await cloud.idle();
  const { ready } = await cloud.messages('mail-events');
  return ready.map(({ body }) => JSON.parse(body));
}

describe('SES', () => {
  const fixture = shareFixture();
  /** How much the tests before have left. */
  let before = { mails: 0, events: 0 };
  beforeEach(async () => {
    const { cloud } = fixture();
    before = { mails: cloud.mails().length, events: (await mailEvents(cloud)).length };
  });
  const newMails = () => fixture().cloud.mails().slice(before.mails);
  const newEvents = async () => (await mailEvents(fixture().cloud)).slice(before.events);

  it('takes a mail whole, shows it on the inbox page and tells it', async () => {
    const { cloud, clock } = fixture();
    clock.advance(86_400_000);
    const told: string[] = [];
    onTestFinished(cloud.on('mail', ({ id }) => told.push(id)));
    const answer = await run(cloud, mail(['a@customer.example', 'b@customer.example']));
    const [sent] = newMails();
    expect(sent).toMatchObject({
      from: 'Shop <billing@shop.example>',
      to: ['a@customer.example', 'b@customer.example'],
      cc: ['copy@customer.example'],
      replyTo: ['help@shop.example'],
      subject: 'Your payment & more',
      html: '<b>Hello</b>',
      text: 'Hello',
      tags: { notice: 'n_1' },
      configurationSet: 'fixture-mail',
    });
    expect(answer).toMatchObject({ MessageId: sent?.id });
    expect(told).toEqual([sent?.id]);
    expect(Math.abs((sent?.at ?? 0) - clock.now())).toBeLessThan(10_000);
    const page = await fetch(cloud.inboxUrl);
    expect(await page.text()).toContain('<html');
    const store = (await (await fetch(`${cloud.inboxUrl}/store`)).json()) as { emails: unknown[] };
    expect(store.emails.slice(before.mails)).toMatchObject([
      {
        messageId: sent?.id,
        destination: { to: sent?.to },
        at: expect.closeTo(clock.now() / 1000, -2),
      },
    ]);
  });

  it('takes a raw mail with its tags and configuration set in headers', async () => {
    const { cloud } = fixture();
    const raw = [
      'From: billing@shop.example',
      'To: a@customer.example',
      'Subject: Raw',
      'X-SES-CONFIGURATION-SET: fixture-mail',
      'X-SES-MESSAGE-TAGS: notice=n_2,',
      ' kind=receipt',
      'Content-Type: text/plain',
      '',
      'Hello',
    ].join('\r\n');
    await run(cloud, { do: 'rawMail', raw });
    expect(newMails()).toMatchObject([
      { subject: 'Raw', to: ['a@customer.example'], tags: { notice: 'n_2', kind: 'receipt' } },
    ]);
    expect(await newEvents()).toMatchObject([{ 'detail-type': 'Email Sent' }]);
  });

  it('tells EventBridge of the sending, in the shape of SES', async () => {
    const { cloud } = fixture();
    await run(cloud, mail(['a@customer.example']));
    const [sent] = newMails();
    expect(await newEvents()).toMatchObject([
      {
        version: '0',
        source: 'aws.ses',
        'detail-type': 'Email Sent',
        account: '000000000000',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        detail: {
          eventType: 'Send',
          send: {},
          mail: {
            messageId: sent?.id,
            destination: ['a@customer.example', 'copy@customer.example'],
            tags: { notice: ['n_1'], 'ses:configuration-set': ['fixture-mail'] },
          },
        },
      },
    ]);
  });

  it.each([
    ['bounce@simulator.amazonses.com', 'Email Bounced', { bounce: { bounceType: 'Permanent' } }],
    [
      'complaint+x@simulator.amazonses.com',
      'Email Complaint Received',
      {
        complaint: {
          complainedRecipients: [{ emailAddress: 'complaint+x@simulator.amazonses.com' }],
        },
      },
    ],
  ])('plays the mailbox simulator %s', async (address, detailType, detail) => {
    const { cloud } = fixture();
    await run(cloud, mail([address], { Destination: { ToAddresses: [address] } }));
    expect(await newEvents()).toMatchObject([
      { 'detail-type': 'Email Sent' },
      { 'detail-type': detailType, detail: { ...detail, mail: { tags: { notice: ['n_1'] } } } },
    ]);
  });

  it('tells only what the event destination asked for, and nothing without one', async () => {
    const { cloud } = await startFixture({
      change({ Resources }) {
        Resources.MailDestination.Properties.EventDestination.MatchingEventTypes = ['delivery'];
        Resources.MailRule.Properties.EventPattern['detail-type'] = [
          'Email Delivered',
          'Email Sent',
        ];
      },
    });
    await run(cloud, mail(['a@customer.example']));
    const { ConfigurationSetName: _, ...without } = mail(['b@customer.example']);
    await run(cloud, without);
    expect(await mailEvents(cloud)).toMatchObject([{ 'detail-type': 'Email Delivered' }]);
    expect(cloud.mails()).toHaveLength(2);
  });

  it.each<[Record<string, Json>, string]>([
    [{ Source: 'other@shop.example' }, 'Email address is not verified'],
    [{ ConfigurationSetName: 'none' }, 'Configuration set <none> does not exist.'],
    [{ Tags: [{ Name: 'notice', Value: 'a b' }] }, 'Invalid tag name or value <a b>'],
  ])('refuses %j', async (changes, sentence) => {
    const { cloud } = fixture();
    await expect(run(cloud, mail(['a@customer.example'], changes))).rejects.toThrow(sentence);
    expect(newMails()).toEqual([]);
  });

  it('refuses another action by its name', async () => {
    const { cloud } = fixture();
    await expect(run(cloud, { do: 'sendQuota' })).rejects.toThrow('and not "GetSendQuota"');
  });
});
