import { type Html, html } from '../../pages/html.ts';
import { lengthOf } from '../../pages/words.ts';

/** `2026-11-22 05:16:22 UTC`. @param at epoch milliseconds, UTC. */
export const secondText = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** `05:16:22.271`, for what follows fast. @param at epoch milliseconds, UTC. */
export const clockText = (at: number): string => new Date(at).toISOString().slice(11, 23);

/** `in 2 hours`, `12 s ago`. Both in epoch milliseconds. */
export function relative(at: number, now: number): string {
  const away = Math.abs(at - now);
  if (away < 1000) return 'now';
  const length = away < 60_000 ? `${Math.floor(away / 1000)} s` : lengthOf(away / 1000);
  return at > now ? `in ${length}` : `${length} ago`;
}

/** The last millisecond that a Date can say (ECMAScript, time values). */
const lastMoment = 8.64e15;

/** A moment as people want it: where it stands in the day, and how far away. */
export function moment(at: number, now: number): Html {
  if (!(Math.abs(at) <= lastMoment)) return html`${at}`;
  return html`<time datetime="${new Date(at).toISOString()}">${secondText(at)}</time> <small>(${relative(at, now)})</small>`;
}

/** `1 message`, `2 messages`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** Stripe's ids and SES's, also inside a key; and SQS's, which only the word before tells from others. */
const knownId =
  /(?<![A-Za-z0-9_])((?:in|cus|pm)_[A-Za-z0-9]+|ses-\d+|(?<=message )[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![A-Za-z0-9])/g;

/** A text whose ids lead to what they name. */
export function linked(text: string): Html {
  const pieces: Html[] = [];
  let from = 0;
  for (const { 0: id, index } of text.matchAll(knownId)) {
    pieces.push(html`${text.slice(from, index)}${linkTo(id)}`);
    from = index + id.length;
  }
  pieces.push(html`${text.slice(from)}`);
  return html`${pieces}`;
}

/** A link to what has this id, under a name of its own if there is one. */
export function linkTo(id: string, name: string = id): Html {
  return html`<a href="${pathOfId(id)}">${name}</a>`;
}

function pathOfId(id: string): string {
  if (id.startsWith('in_')) return `/invoices/${id}`;
  if (id.startsWith('cus_')) return `/customers/${id}`;
  if (id.startsWith('pm_')) return `/methods/${id}`;
  if (!id.startsWith('ses-')) return `/messages/${id}`;
  return `/mails/${id}`;
}

/** A record as it was told. */
export const rawOf = (raw: unknown): Html =>
  html`<pre>${linked(typeof raw === 'string' ? raw : JSON.stringify(raw, null, 2))}</pre>`;

/** Web addresses in a text lead there, and nowhere else. */
export function withAddresses(text: string): Html {
  const pieces = text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece, index) =>
      index % 2 === 1 ? html`<a href="${piece}" rel="noreferrer">${piece}</a>` : html`${piece}`,
    );
  return html`${pieces}`;
}
