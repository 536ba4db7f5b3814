import { act, form, numberInput, row, select, textInput } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { newsAt } from '../../pages/news.ts';
import { words } from '../../pages/words.ts';
import { type FaultKind, faultKinds } from '../api/faults.ts';
import { type WebhookTroubleKind, webhookTroubleKinds } from '../webhooks/webhook-troubles.ts';
import type { View } from './view.ts';

const faultTexts: Readonly<Record<FaultKind, string>> = {
  lost_answer: 'is done, but the answer is lost',
  cut_before: 'is cut off before it is done',
  '500_before': 'answers 500 and is not done',
  '500_after': 'answers 500 although it is done',
  '429': 'answers 429: too many requests',
  lock_timeout: 'answers 429: the object is in use',
  latency: 'is answered late',
  held: 'hangs until you let it go',
};

const troubleTexts: Readonly<Record<WebhookTroubleKind, string>> = {
  duplicated: 'is sent twice',
  delayed: 'is sent late',
  reordered: 'is sent after a later one',
  dropped: 'is never sent',
  two_events: 'is told by two events',
};

/** What may go wrong on the way, in both directions. */
export function troublesSection(view: View): Html {
  return html`<section id="troubles" aria-labelledby="troubles-title"><h2 id="troubles-title">Make things go wrong</h2>
<p class="hint">What happens to everyone sooner or later, on request: to the requests of your program, and to the events it gets.</p>
<div class="grid">${faultsCard(view)}${deliveriesCard(view)}</div></section>`;
}

/** A number of times, or a share of all: the share repeats with its seed. */
const howOften = [
  numberInput('Times', 'count', { min: 1, max: 1000, placeholder: '1' }),
  numberInput('or % of all', 'percent', { min: 0.1, max: 100 }),
  html`<label>Seed of the %<input name="seed" value="1" size="6" autocomplete="off"></label>`,
];

function faultsCard(view: View): Html {
  const inForce = view.faults.map(
    (rule) =>
      html`<li><span class="what">${rule.method} ${rule.path} ${faultTexts[rule.kind]}${rule.kind === 'latency' ? ` (${rule.milliseconds} ms)` : ''}</span>${oftenOf(rule)}</li>`,
  );
  const waiting =
    view.unanswered === 0 ? [] : [act('faults/release', `Let go ${view.unanswered} waiting`)];
  const clear = inForce.length === 0 ? [] : [act('faults/clear', 'Forget these')];
  return html`<article id="faults"><h3>Requests</h3>${newsAt(view, 'faults')}<ul>${inForce}</ul>${row([...waiting, ...clear])}
${form(
  'faults',
  [
    select(
      'The request',
      'method',
      ['POST', 'GET', 'DELETE'].map((value) => ({ value, text: value })),
    ),
    textInput('of (* stands for an id)', 'path', '/v1/invoices/*/pay'),
    select(
      'what happens',
      'kind',
      faultKinds.map((value) => ({ value, text: faultTexts[value] })),
    ),
    numberInput('Milliseconds, if late', 'milliseconds', { min: 1, max: 600_000 }),
    ...howOften,
  ],
  'Add',
)}</article>`;
}

function deliveriesCard(view: View): Html {
  const inForce = view.troubles.map(
    (rule) =>
      html`<li><span class="what">${rule.type} ${troubleTexts[rule.kind]}${rule.kind === 'delayed' ? ` (${rule.seconds} s)` : ''}</span>${oftenOf(rule)}</li>`,
  );
  const clear = inForce.length === 0 ? [] : [act('troubles/clear', 'Forget these')];
  return html`<article id="deliveries"><h3>Events</h3>${newsAt(view, 'deliveries')}<ul>${inForce}</ul>${row(clear)}
${form(
  'troubles',
  [
    textInput('The event (* for every one)', 'type', 'invoice.payment_failed'),
    select(
      'what happens',
      'kind',
      webhookTroubleKinds.map((value) => ({ value, text: troubleTexts[value] })),
    ),
    numberInput('Seconds, if late', 'seconds', { min: 1, max: 600_000 }),
    ...howOften,
  ],
  'Add',
)}</article>`;
}

function oftenOf(
  rule: { readonly count: number } | { readonly probability: number; readonly seed: string },
): Html {
  const text =
    'probability' in rule
      ? `${Math.round(rule.probability * 1000) / 10} % of all, seed ${rule.seed}`
      : `${rule.count} ${rule.count === 1 ? 'time' : 'times'} more`;
  return html`<span class="tag wait">${words(text)}</span>`;
}
