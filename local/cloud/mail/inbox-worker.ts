// The thread of the inbox page. It has a thread of its own because aws-ses-v2-local keeps its
// mails in one store per process: two local clouds side by side would share them. Its `Date`
// follows the movable clock, for the times that the page shows.
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { isForeign, portOf, refuse } from '../http/loopback.ts';
import type { Call, Reply } from '../worker-calls.ts';
import { followClock } from '../worker-clock.ts';
import type { InboxAnswer, InboxMail, InboxRequest, InboxWorkerData } from './inbox-messages.ts';

// The two ends of the channel are files of this folder, and agree on its messages.
const data = workerData as InboxWorkerData;
const port = parentPort;
if (port === null) throw new Error('This file runs only as a worker thread.');
followClock(data.sharedOffset);

const require = createRequire(import.meta.url);
// A CommonJS package: `require` gives the same modules as the package itself uses. The two types
// are those of its declarations, as far as they are used here.
const inbox = require('aws-ses-v2-local') as {
  default: (options: { host: string; port: number }) => Promise<Server>;
};
const store = require('aws-ses-v2-local/dist/store') as {
  saveEmail: (mail: InboxMail & { attachments: unknown[] }) => void;
  getStoreReadonly: () => { emails: InboxMail[] };
};

let server: Server | undefined;

port.on('message', (message: Call<InboxRequest> | 'stop') => {
  if (message === 'stop') {
    server?.close();
    server?.closeAllConnections();
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
  const started = await inbox.default({ host: '127.0.0.1', port: data.port });
  // The package also resolves when it could not listen.
  if (!started.listening) return { kind: 'portInUse' };
  const [handle] = started.listeners('request');
  started.removeAllListeners('request');
  started.on('request', (request, response) => {
    if (isForeign(request.headers, portOf(started))) refuse(response);
    else handle?.call(started, request, response);
  });
  for (const mail of data.kept) store.saveEmail({ ...mail, attachments: [] });
  server = started;
  return { kind: 'listening', port: portOf(started) };
}

async function submit({
  submission,
}: Extract<InboxRequest, { kind: 'submit' }>): Promise<InboxAnswer> {
  if (server === undefined) throw new Error('The inbox does not listen yet.');
  const response = await fetch(`http://127.0.0.1:${portOf(server)}/v2/email/outbound-emails`, {
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
