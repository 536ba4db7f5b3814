import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MovableClock } from '../../clock.ts';
import { readIfThere } from '../../read-if-there.ts';
import { addressOf } from '../aws-request.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Service } from '../functions/gateway.ts';
import { PortInUseError } from '../http/loopback.ts';
import type { LocalMail } from '../records.ts';
import type { ConfigurationSetPlan } from '../template/read-configuration-sets.ts';
import { startWorker } from '../worker-calls.ts';
import type { InboxAnswer, InboxMail, InboxRequest, InboxWorkerData } from './inbox-messages.ts';
import { mailAccepted, mailError } from './mail-answer.ts';
import { eventsOf, mailEvent } from './mail-event.ts';
import { refuseMailSize } from './mail-limits.ts';
import { type MailRefusal, type MailRequest, readMailRequest } from './read-mail-request.ts';
import { refuseRecipients } from './refuse-recipients.ts';
import { senderIdentity } from './sender-identity.ts';

export interface MailService extends Service {
  /** The page that shows the mails. */
  readonly inboxUrl: string;
  mails(): readonly LocalMail[];
  stop(): Promise<void>;
}

export interface MailParts {
  readonly clock: MovableClock;
  readonly configurationSets: readonly ConfigurationSetPlan[];
  /** Addresses and domains that may stand in From. */
  readonly verifiedSenders: readonly string[];
  readonly dataDirectory?: string;
  readonly inboxPort: number;
  readonly bus: Pick<EventBus, 'publish'>;
  tell(mail: LocalMail): void;
}

/** @throws PortInUseError when the inbox page cannot have its port. */
export async function startMailService(parts: MailParts): Promise<MailService> {
  const mails = await readKept(parts.dataDirectory);
  const workerData: InboxWorkerData = {
    sharedOffset: parts.clock.sharedOffset,
    port: parts.inboxPort,
    kept: mails.map(inboxMailOf),
  };
  const worker = startWorker<InboxRequest, InboxAnswer, never>(
    new URL('./inbox-worker.ts', import.meta.url),
    workerData,
    () => {},
  );
  const listening = await worker.call({ kind: 'listen' });
  if (listening.kind !== 'listening') {
    await worker.stop();
    throw new PortInUseError(parts.inboxPort, 'the inbox page', 'inboxPort');
  }

  const send = async (request: MailRequest): Promise<LocalMail | MailRefusal> => {
    const answer = await worker.call({ kind: 'submit', submission: request.submission });
    if (answer.kind !== 'accepted') {
      const reason = answer.kind === 'rejected' ? answer.reason : answer.kind;
      return { code: 'InvalidParameterValue', message: reason };
    }
    const mail = localMailOf(answer.mail, request, parts.clock.now());
    mails.push(mail);
    await keep(parts.dataDirectory, mail);
    parts.tell(mail);
    publish(parts, mail, request.destinations);
    return mail;
  };

  return {
    part: 'mail',
    inboxUrl: `http://127.0.0.1:${listening.port}`,
    mails: () => mails,
    async handle({ aws, http }) {
      const request = readMailRequest(aws.action, new URLSearchParams(http.body.toString()));
      if ('code' in request) return mailError(request);
      const refusal =
        refuseRecipients(request) ?? refuseMailSize(request) ?? refusalOf(parts, request);
      if (refusal !== undefined) return mailError(refusal);
      const result = await send(request);
      return 'code' in result ? mailError(result) : mailAccepted(aws.action, result.id);
    },
    stop: () => worker.stop(),
  };
}

/** SES refuses a sender that is not verified, and a configuration set that is not there. */
function refusalOf(parts: MailParts, request: MailRequest): MailRefusal | undefined {
  const address = addressOf(request.source).toLowerCase();
  if (senderIdentity(parts.verifiedSenders, address) === undefined) {
    const message = `Email address is not verified. The following identities failed the check in region US-EAST-1: ${address}`;
    return { code: 'MessageRejected', message };
  }
  const { configurationSet } = request;
  const isThere = parts.configurationSets.some(({ name }) => name === configurationSet);
  if (configurationSet === undefined || isThere) return undefined;
  const message = `Configuration set <${configurationSet}> does not exist.`;
  return { code: 'ConfigurationSetDoesNotExist', message };
}

/** Each event destination takes what it asked for; the events arrive after SES has answered. */
function publish(parts: MailParts, mail: LocalMail, destinations: readonly string[]): void {
  const { configurationSet } = mail;
  const set = parts.configurationSets.find(({ name }) => name === configurationSet);
  if (set === undefined || configurationSet === undefined) return;
  const recipients = destinations.length > 0 ? destinations : [...mail.to, ...mail.cc, ...mail.bcc];
  for (const [type, addresses] of eventsOf(recipients)) {
    for (const eventTypes of set.eventDestinations) {
      if (!eventTypes.includes(type.toLowerCase())) continue;
      const event = mailEvent(type, { ...mail, configurationSet }, addresses, parts.clock.now());
      parts.bus.publish({ source: 'aws.ses', ...event });
    }
  }
}

function localMailOf(mail: InboxMail, request: MailRequest, at: number): LocalMail {
  const { html, text } = mail.body;
  return {
    id: mail.messageId,
    from: mail.from,
    to: mail.destination.to,
    cc: mail.destination.cc,
    bcc: mail.destination.bcc,
    replyTo: mail.replyTo,
    subject: mail.subject,
    ...(html !== undefined && { html }),
    ...(text !== undefined && { text }),
    tags: request.tags,
    ...(request.configurationSet !== undefined && { configurationSet: request.configurationSet }),
    at,
  };
}

function inboxMailOf(mail: LocalMail): InboxMail {
  return {
    messageId: mail.id,
    from: mail.from,
    replyTo: mail.replyTo,
    destination: { to: mail.to, cc: mail.cc, bcc: mail.bcc },
    subject: mail.subject,
    body: { html: mail.html, text: mail.text },
    at: Math.floor(mail.at / 1000),
  };
}

const fileOf = (directory: string) => join(directory, 'mails.jsonl');

async function keep(directory: string | undefined, mail: LocalMail): Promise<void> {
  if (directory === undefined) return;
  await mkdir(directory, { recursive: true });
  await appendFile(fileOf(directory), `${JSON.stringify(mail)}\n`);
}

async function readKept(directory: string | undefined): Promise<LocalMail[]> {
  if (directory === undefined) return [];
  // Without the file no mail was sent in this folder yet.
  const text = (await readIfThere(fileOf(directory))) ?? '';
  // This file's only writer is `keep`.
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LocalMail);
}
