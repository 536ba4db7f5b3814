import { describe, expect, it } from 'vitest';
import { refuseMailSize } from '../../../local/cloud/mail/mail-limits.ts';
import { readMailRequest } from '../../../local/cloud/mail/read-mail-request.ts';
import { operatorClients } from './fixtures/operator-clients.ts';
import { run, shareFixture } from './fixtures/start-fixture.ts';

const limitBytes = 10 * 1024 * 1024;
const addresses = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `a${from + at}@customer.example`);

describe("SES's limits", () => {
  const fixture = shareFixture();
  const ses = () => operatorClients(fixture().cloud).ses;
  const send = (to: string[], cc: string[] = [], bcc: string[] = []) =>
    ses().sendEmail({
      Source: 'billing@shop.example',
      Destination: { ToAddresses: to, CcAddresses: cc, BccAddresses: bcc },
      Message: { Subject: { Data: 'S' }, Body: { Text: { Data: 'Hello' } } },
    });
  const raw = (headers: readonly string[], body = 'Hello') =>
    Buffer.from(['From: billing@shop.example', ...headers, '', body].join('\r\n'));
  const sendRaw = (message: Buffer, Destinations: string[] = []) =>
    ses().sendRawEmail({ RawMessage: { Data: message }, Destinations });
  const tooMany = { name: 'InvalidParameterValue', message: 'Recipient count exceeds 50.' };

  it('are 50 recipients, copies included', async () => {
    const { cloud } = fixture();
    const sent = cloud.mails().length;
    await send(addresses(0, 30), addresses(30, 40), addresses(40, 50));
    const over = send(addresses(0, 30), addresses(30, 40), addresses(40, 51));
    await expect(over).rejects.toMatchObject(tooMany);
    expect(cloud.mails()).toHaveLength(sent + 1);
  });

  it('are the same for a function', async () => {
    const { cloud } = fixture();
    const mail = {
      do: 'mail',
      Source: 'billing@shop.example',
      Destination: { ToAddresses: addresses(0, 51) },
      Message: { Subject: { Data: 'S' }, Body: { Text: { Data: 'T' } } },
    };
    await expect(run(cloud, mail)).rejects.toThrow('Recipient count exceeds 50.');
  });

  it('are 50 recipients for a raw mail, in its headers or beside it', async () => {
    const to = (count: number) => [
      `To: "Last, First" <one@customer.example>,\r\n ${addresses(1, count).join(',\r\n ')}`,
    ];
    await sendRaw(raw(to(50)));
    await expect(sendRaw(raw(to(51)))).rejects.toMatchObject(tooMany);
    const beside = sendRaw(raw(to(2)), addresses(0, 51));
    await expect(beside).rejects.toMatchObject(tooMany);
  });

  it.each([
    [[], "Empty required header 'To'."],
    [['nobody'], "Missing final '@domain'"],
    [['a@customer.example', 'b@'], "Missing final '@domain'"],
    [['@customer.example'], "User name is missing: '@customer.example'"],
    [['ü@customer.example'], 'Local address contains control or whitespace'],
    [['a b@customer.example'], 'Local address contains control or whitespace'],
    [['a@.example'], 'Domain starts with dot'],
    [['a@example.'], 'Domain ends with dot'],
    [['a@customer..example'], 'Domain contains dot-dot'],
    [['a@bücher.example'], 'Domain contains illegal character'],
  ])('are recipients as SES writes them: not %j', async (to, message) => {
    const { cloud } = fixture();
    const sent = cloud.mails().length;
    const refused = { name: 'InvalidParameterValue', message };
    await expect(send(to)).rejects.toMatchObject(refused);
    expect(cloud.mails()).toHaveLength(sent);
  });

  it('let a recipient have a name', async () => {
    await send(['"Last, First" <first.last+shop@customer.example>']);
  });

  it('are 10 MB for a mail', () => {
    const refusalOf = (messageBytes: number) => refuseMailSize({ recipientCount: 1, messageBytes });
    expect(refusalOf(limitBytes)).toBeUndefined();
    expect(refusalOf(limitBytes + 1)).toEqual({
      code: 'InvalidParameterValue',
      message: `Message length is more than 10485760 bytes long: '${limitBytes + 1}'.`,
    });
  });

  it('count a raw mail after it was decoded', () => {
    const message = raw(['To: a@customer.example']);
    const form = new URLSearchParams({ 'RawMessage.Data': message.toString('base64') });
    expect(readMailRequest('SendRawEmail', form)).toMatchObject({
      recipientCount: 1,
      messageBytes: message.length,
    });
  });

  it('count the subject and both bodies of a simple mail', () => {
    const form = new URLSearchParams({
      Source: 'billing@shop.example',
      'Destination.ToAddresses.member.1': 'a@customer.example',
      'Message.Subject.Data': 'ü',
      'Message.Body.Html.Data': '<b>',
      'Message.Body.Text.Data': 'text',
    });
    expect(readMailRequest('SendEmail', form)).toMatchObject({
      recipientCount: 1,
      messageBytes: 2 + 3 + 4,
    });
  });
});
