import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listener, listenOnLoopback, readBody } from '../cloud/http/loopback.ts';
import { documentOf } from '../pages/document.ts';
import { Fields } from '../pages/fields.ts';
import { actionsPath } from '../pages/forms.ts';
import { html } from '../pages/html.ts';
import { createNewsBox, type NewsBox } from '../pages/news.ts';
import { isRead, refuseMethod, sendHtml } from '../pages/send-html.ts';
import { carryOut } from './actions.ts';
import { answerPage, type PageAnswer } from './answer-page.ts';
import type { Watched } from './gather.ts';
import { mailPolicy } from './page/mails.ts';
import { consoleLook } from './page/style.ts';
import { createRecorder } from './record.ts';

/** The page on which people watch the stack. */
export interface Console {
  readonly url: string;
  stop(): Promise<void>;
}

/** The largest form of the console has a seed and a few numbers. */
const largestFormBytes = 10_000;

/**
 * Starts the console of a running stack; its records begin now.
 *
 * @param port 0 takes any free one.
 * @throws PortInUseError
 */
export async function startConsole(stack: Watched['stack'], port: number): Promise<Console> {
  const recorder = createRecorder(stack);
  const watched = { stack, recorder };
  const news = createNewsBox();
  const handle = (request: IncomingMessage, response: ServerResponse) =>
    respond(watched, news, request, response);
  const place = { port, purpose: 'the console page', option: '--port' };
  let listener: Listener;
  try {
    listener = await listenOnLoopback(handle, place);
  } catch (error) {
    recorder.stop();
    throw error;
  }
  return {
    url: listener.url,
    async stop() {
      recorder.stop();
      await listener.close();
    },
  };
}

async function respond(
  watched: Watched,
  news: NewsBox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname.startsWith(actionsPath)) return act(watched, news, url, request, response);
  if (!isRead(request)) return refuseMethod(response, 'GET');
  const said = news.find(url.searchParams.get('news'));
  try {
    send(response, await answerPage(watched, url, said));
  } catch (error) {
    fail(response, error);
  }
}

/** A form is answered with the way back to where it stood. */
async function act(
  watched: Watched,
  news: NewsBox,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A picture or a link of a page elsewhere can only GET, and names no origin.
  if (request.method !== 'POST') return refuseMethod(response, 'POST');
  const body = await readBody(request, largestFormBytes);
  if (body === undefined) return void response.writeHead(413).end();
  const fields = new Fields(body.toString());
  const done = await carryOut(watched, url.pathname.slice(actionsPath.length), fields);
  const back = pathBack(fields.text('back'));
  const location = `${back}?news=${news.keep(done)}#${encodeURIComponent(done.place)}`;
  response.writeHead(303, { location }).end();
}

/** Only a path of this server: a form must not lead elsewhere. */
function pathBack(wanted: string | undefined): string {
  return wanted !== undefined && /^\/(?:[\w-]+(?:\/[\w-]+)*)?$/.test(wanted) ? wanted : '/';
}

/** A defect, or an item that this release cannot read: said on the page and in the terminal. */
function fail(response: ServerResponse, error: unknown): void {
  console.error('The console failed on a page:', error);
  const sentence = error instanceof Error ? error.message : String(error);
  const page = html`<main class="sheet"><article><h1>This page cannot be shown</h1><p>${sentence}</p><p><a href="/">Back to the overview</a></p></article></main>`;
  sendHtml(response, 500, documentOf('Cannot be shown', page));
}

function send(response: ServerResponse, answer: PageAnswer): void {
  switch (answer.kind) {
    case 'page':
      sendHtml(response, answer.status, answer.page, consoleLook);
      break;
    case 'mail':
      sendHtml(response, 200, answer.html, { contentSecurityPolicy: mailPolicy });
      break;
    case 'elsewhere':
      response.writeHead(302, { location: answer.location }).end();
  }
}
