// The thread of the inbox page. It has a thread of its own because aws-ses-v2-local keeps its
// mails in one store per process: two local clouds side by side would share them. Its `Date`
// follows the movable clock, for the times that the page shows.
import type { RequestListener, Server } from 'node:http';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { type Listener, listenOnLoopback, PortInUseError } from '../http/loopback.ts';
import type { Call, Reply } from '../worker-calls.ts';
import { followClock } from '../worker-clock.ts';
import type { InboxAnswer, InboxMail, InboxRequest, InboxWorkerData } from './inbox-messages.ts';

// The two ends of the channel are files of this folder, and agree on its messages.
const data = workerData as InboxWorkerData;
const port = parentPort;
if (port === null) throw new Error('This file runs only as a worker thread.');
followClock(data.sharedOffset);

/** The package, once it is loaded. */
interface Inbox {
  readonly handle: RequestListener;
  readonly store: {
    saveEmail(mail: InboxMail & { attachments: unknown[] }): void;
    getStoreReadonly(): { emails: InboxMail[] };
  };
}

let listener: Listener | undefined;
let opened: Promise<Inbox> | undefined;

/** Loads the package when it is first needed: that takes longer than the rest of a cloud's start. */
function openInbox(): Promise<Inbox> {
  opened ??= loadInbox();
  return opened;
}

async function loadInbox(): Promise<Inbox> {
  const require = createRequire(import.meta.url);
  // A CommonJS package: `require` gives the same modules as the package itself uses. The two types
  // are those of its declarations, as far as they are used here.
  const { default: start } = require('aws-ses-v2-local') as {
    default: (options: { host: string; port: number }) => Promise<Server>;
  };
  const store = require('aws-ses-v2-local/dist/store') as Inbox['store'];
  // Its server is needed for its handler alone: the page is served by `listenOnLoopback`.
  const server = await start({ host: '127.0.0.1', port: 0 });
  const handle = server.listeners('request').at(0);
  server.removeAllListeners('request');
  server.close();
  if (handle === undefined) throw new Error('aws-ses-v2-local answers no requests.');
  for (const mail of data.kept) store.saveEmail({ ...mail, attachments: [] });
  // The handler is the one that the package gave to `createServer`.
  return { handle: handle as RequestListener, store };
}

port.on('message', (message: Call<InboxRequest> | 'stop') => {
  if (message === 'stop') {
    port.close();
    process.exit();
  }
  void answer(message);
});

async function answer({ id, request }: Call<InboxRequest>): Promise<void> {
  let reply: Reply<InboxAnswer>;
  try {
    reply = { id, answer: request.kind === 'listen' ? await listen() : await submit(request) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) };
  }
  port?.postMessage(reply);
}

async function listen(): Promise<InboxAnswer> {
  try {
    listener = await listenOnLoopback(
      async (request, response) => (await openInbox()).handle(request, response),
      { port: data.port, purpose: 'the inbox page', option: 'inboxPort' },
    );
  } catch (error) {
    if (error instanceof PortInUseError) return { kind: 'portInUse' };
    throw error;
  }
  return { kind: 'listening', port: listener.port };
}

async function submit({
  submission,
}: Extract<InboxRequest, { kind: 'submit' }>): Promise<InboxAnswer> {
  if (listener === undefined) throw new Error('The inbox does not listen yet.');
  const { store } = await openInbox();
  const response = await fetch(`${listener.url}/v2/email/outbound-emails`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'AWS local' },
    body: JSON.stringify(submission),
  });
  const text = await response.text();
  if (!response.ok) return { kind: 'rejected', reason: text };
  // The body is the package's own answer.
  const { MessageId } = JSON.parse(text) as { MessageId: string };
  const mail = store.getStoreReadonly().emails.findLast((one) => one.messageId === MessageId);
  if (mail === undefined) throw new Error(`The inbox lost the mail ${MessageId}.`);
  const { messageId, from, replyTo, destination, subject, body, at } = mail;
  return { kind: 'accepted', mail: { messageId, from, replyTo, destination, subject, body, at } };
}
