import type { InboxSubmission } from './inbox-messages.ts';

/** A mail that a function wants sent, read from SES v1's form. */
export interface MailRequest {
  /** The address in From: the identity that must be verified. */
  readonly source: string;
  readonly configurationSet?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Given to SES apart from the mail's own headers; empty when the headers decide. */
  readonly destinations: readonly string[];
  /** To, Cc and Bcc together. */
  readonly recipientCount: number;
  /** The size of the message; without the headers that SES itself writes. */
  readonly messageBytes: number;
  readonly submission: InboxSubmission;
}

/** SES's refusal, in its own words. */
export interface MailRefusal {
  readonly code: string;
  readonly message: string;
}

/** Reads the form of SendEmail or SendRawEmail; any other action is refused by its name. */
export function readMailRequest(action: string, form: URLSearchParams): MailRequest | MailRefusal {
  const tags = tagsOf(form);
  const wrong = Object.entries(tags)
    .flat()
    .find((text) => !/^[\w-]{1,256}$/.test(text));
  if (wrong !== undefined) {
    return {
      code: 'InvalidParameterValue',
      message: `Invalid tag name or value <${wrong}>: use ASCII letters, digits, "_" and "-".`,
    };
  }
  if (action === 'SendEmail') return readSimple(form, tags);
  if (action === 'SendRawEmail') return readRaw(form, tags);
  return {
    code: 'InvalidAction',
    message: `The local cloud's SES knows SendEmail and SendRawEmail, and not "${action}".`,
  };
}

function readSimple(form: URLSearchParams, tags: Record<string, string>): MailRequest {
  const to = members(form, 'Destination.ToAddresses');
  const cc = members(form, 'Destination.CcAddresses');
  const bcc = members(form, 'Destination.BccAddresses');
  const html = form.get('Message.Body.Html.Data');
  const text = form.get('Message.Body.Text.Data');
  const source = form.get('Source') ?? '';
  const configurationSet = form.get('ConfigurationSetName');
  return {
    source,
    ...(configurationSet !== null && { configurationSet }),
    tags,
    destinations: [...to, ...cc, ...bcc],
    recipientCount: to.length + cc.length + bcc.length,
    messageBytes: Buffer.byteLength(
      `${form.get('Message.Subject.Data') ?? ''}${html ?? ''}${text ?? ''}`,
    ),
    submission: {
      FromEmailAddress: source,
      ReplyToAddresses: members(form, 'ReplyToAddresses'),
      Destination: { ToAddresses: to, CcAddresses: cc, BccAddresses: bcc },
      Content: {
        Simple: {
          Subject: { Data: form.get('Message.Subject.Data') ?? '' },
          Body: {
            ...(html !== null && { Html: { Data: html } }),
            ...(text !== null && { Text: { Data: text } }),
          },
        },
      },
    },
  };
}

function readRaw(form: URLSearchParams, tags: Record<string, string>): MailRequest {
  const data = form.get('RawMessage.Data') ?? '';
  const message = Buffer.from(data, 'base64');
  const headers = headersOf(message.toString('latin1'));
  const destinations = members(form, 'Destinations');
  const configurationSet =
    form.get('ConfigurationSetName') ?? headers.get('x-ses-configuration-set');
  const headerTags = (headers.get('x-ses-message-tags') ?? '')
    .split(/[,;]/)
    .map((pair) => pair.split('='))
    .filter(([name]) => name?.trim() !== '')
    .map(([name = '', value = '']): [string, string] => [name.trim(), value.trim()]);
  return {
    source: form.get('Source') ?? headers.get('from') ?? '',
    ...(configurationSet && { configurationSet }),
    // The header wins over the parameter (SES: "Specifying message tags").
    tags: { ...tags, ...Object.fromEntries(headerTags) },
    destinations,
    recipientCount: destinations.length > 0 ? destinations.length : recipientsIn(headers),
    messageBytes: message.length,
    submission: { Content: { Raw: { Data: data } } },
  };
}

/** How many addresses stand in the headers; a comma between quotes separates none. */
function recipientsIn(headers: ReadonlyMap<string, string>): number {
  const lists = ['to', 'cc', 'bcc'].map((name) => headers.get(name) ?? '');
  const addresses = lists.flatMap((list) => list.replaceAll(/"[^"]*"/g, '').split(','));
  return addresses.filter((address) => address.trim() !== '').length;
}

/** The values of `prefix.member.1`, `prefix.member.2`, ... */
function members(form: URLSearchParams, prefix: string): string[] {
  const result: string[] = [];
  for (let n = 1; ; n += 1) {
    const value = form.get(`${prefix}.member.${n}`);
    if (value === null) return result;
    result.push(value);
  }
}

function tagsOf(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let n = 1; ; n += 1) {
    const name = form.get(`Tags.member.${n}.Name`);
    if (name === null) return tags;
    tags[name] = form.get(`Tags.member.${n}.Value`) ?? '';
  }
}

/** The headers of a raw mail, unfolded (RFC 5322, 2.2.3), by name in lower case. */
function headersOf(mail: string): Map<string, string> {
  const [head = ''] = mail.split(/\r?\n\r?\n/, 1);
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
