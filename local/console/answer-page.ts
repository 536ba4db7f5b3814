import type { Html } from '../pages/html.ts';
import type { News } from '../pages/news.ts';
import {
  gatherFrame,
  gatherItems,
  gatherQueues,
  gatherTimeline,
  otherInvoices,
  type Watched,
} from './gather.ts';
import { renderCustomer, renderCustomers } from './page/customers.ts';
import { type Frame, framed, refreshEverySeconds, unknownPage } from './page/frame.ts';
import { renderInvoices } from './page/invoices.ts';
import { renderMail, renderMails } from './page/mails.ts';
import { renderMessage } from './page/message.ts';
import { renderOverview } from './page/overview.ts';
import { renderTimeline } from './page/timeline.ts';
import { storyOf } from './timeline/build-timeline.ts';
import { viewCases, viewCustomers } from './view/customers-view.ts';
import { viewFunctions } from './view/functions-view.ts';
import { customerIn } from './view/items.ts';
import { viewMail, viewMails } from './view/mails-view.ts';
import { viewMessage } from './view/message-view.ts';
import { namesOf } from './view/names.ts';
import { viewDenied, viewRules } from './view/rules-view.ts';

/** What is sent for an address. */
export type PageAnswer =
  | { readonly kind: 'page'; readonly status: number; readonly page: string }
  /** A mail's own HTML, for the frame on its page. */
  | { readonly kind: 'mail'; readonly html: string }
  | { readonly kind: 'elsewhere'; readonly location: string };

interface Asked {
  readonly watched: Watched;
  readonly frame: Frame;
  /** What stands in the path behind the name of the page. */
  readonly id: string;
  readonly isWhole: boolean;
}

/** What a page shows, or the sentence that says why it shows nothing. */
type Shown = { readonly title: string; readonly body: Html } | string;

/** The page at this address; an unknown one is a sentence and status 404. */
export async function answerPage(
  watched: Watched,
  url: URL,
  news: News | undefined,
): Promise<PageAnswer> {
  const [, name = '', id = '', part = '', ...rest] = url.pathname.split('/');
  if (name === 'mails' && part === 'html') return mailHtml(watched, id);
  if (name === 'methods') return methodPlace(watched, id);
  const frame = await gatherFrame(watched, {
    path: /^\/[\w/-]*$/.test(url.pathname) ? url.pathname : '/',
    news,
    refreshSeconds: url.searchParams.has('refresh') ? refreshEverySeconds : undefined,
  });
  const show = part === '' && rest.length === 0 ? pageNamed(name, id) : undefined;
  const isWhole = url.searchParams.get('records') === 'all';
  const shown = (await show?.({ watched, frame, id, isWhole })) ?? 'There is no such page.';
  if (typeof shown === 'string') {
    return { kind: 'page', status: 404, page: unknownPage(frame, shown) };
  }
  return { kind: 'page', status: 200, page: framed(frame, shown.title, shown.body) };
}

type Show = (asked: Asked) => Promise<Shown>;

const lists = new Map<string, Show>([
  ['', showOverview],
  ['invoices', showInvoices],
  ['customers', showCustomers],
  ['mails', showMails],
]);
const singles = new Map<string, Show>([
  ['invoices', showInvoice],
  ['customers', showCustomer],
  ['mails', showMail],
  ['messages', showMessage],
]);

const pageNamed = (name: string, id: string): Show | undefined =>
  (id === '' ? lists : singles).get(name);

async function showOverview({ watched, frame }: Asked): Promise<Shown> {
  const { cloud } = watched.stack;
  const body = renderOverview({
    now: frame.now,
    news: frame.news,
    cases: viewCases(await gatherItems(cloud)),
    functions: viewFunctions(cloud.functions(), watched.recorder.happenings()),
    queues: await gatherQueues(cloud),
    rules: viewRules(cloud.rules()),
    denied: viewDenied(watched.recorder.happenings()),
    troubles: cloud.troubles(),
    stopped: cloud.stoppedParts(),
  });
  return { title: 'Overview', body };
}

async function showInvoices({ watched, frame }: Asked): Promise<Shown> {
  const { cloud, stripe } = watched.stack;
  const items = await gatherItems(cloud);
  const body = renderInvoices(viewCases(items), otherInvoices(stripe, items), frame.now);
  return { title: 'Invoices', body };
}

async function showInvoice({ watched, frame, id, isWhole }: Asked): Promise<Shown> {
  const whole = await gatherTimeline(watched, id);
  if (whole === undefined) return `No record names an invoice ${id}.`;
  const { now, stripeUrl } = frame;
  const options = { now, stripeUrl, isWhole, recordCount: whole.entries.length };
  const body = renderTimeline(isWhole ? whole : storyOf(whole), options);
  return { title: `Invoice ${id}`, body };
}

async function showCustomers({ watched, frame }: Asked): Promise<Shown> {
  const items = await gatherItems(watched.stack.cloud);
  const others = items.filter(({ item }) => customerIn(item) === undefined);
  const body = renderCustomers(viewCustomers(items), others, frame.now);
  return { title: 'Customers', body };
}

async function showCustomer({ watched, frame, id }: Asked): Promise<Shown> {
  const customers = viewCustomers(await gatherItems(watched.stack.cloud));
  const found = customers.find((each) => each.id === id);
  if (found === undefined) {
    return `The table has nothing of a customer ${id}: it gets there with the first failed payment.`;
  }
  return { title: found.name, body: renderCustomer(found, frame.now, frame.stripeUrl) };
}

async function showMails({ watched, frame }: Asked): Promise<Shown> {
  const mails = viewMails(watched.stack.cloud.mails());
  return { title: 'Mails', body: renderMails(mails, frame.now, frame.inboxUrl) };
}

async function showMail({ watched, frame, id }: Asked): Promise<Shown> {
  const mail = watched.stack.cloud.mails().find((each) => each.id === id);
  if (mail === undefined) return `There is no mail ${id}.`;
  return { title: mail.subject, body: renderMail(viewMail(mail), frame.now) };
}

async function showMessage({ watched, frame, id }: Asked): Promise<Shown> {
  const { cloud } = watched.stack;
  const parts = { names: namesOf(cloud), queues: await gatherQueues(cloud) };
  const found = viewMessage(id, watched.recorder.happenings(), parts);
  if (found === undefined) return `No record names a message ${id}.`;
  return { title: 'A message', body: renderMessage(found, frame.now) };
}

async function mailHtml(watched: Watched, id: string): Promise<PageAnswer> {
  const html = watched.stack.cloud.mails().find((each) => each.id === id)?.html;
  return html === undefined
    ? { kind: 'page', status: 404, page: 'There is no such mail.' }
    : { kind: 'mail', html };
}

/** A method has its place on the page of its customer. */
async function methodPlace(watched: Watched, id: string): Promise<PageAnswer> {
  const customers = viewCustomers(await gatherItems(watched.stack.cloud));
  const owner = customers.find(({ methods }) => methods.some((method) => method.id === id));
  const location = owner === undefined ? '/customers' : `/customers/${owner.id}#${id}`;
  return { kind: 'elsewhere', location };
}
