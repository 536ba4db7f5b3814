import { type Html, html } from '../../pages/html.ts';
import { tag } from '../../pages/words.ts';
import type { Timeline, TimelineEntry } from '../timeline/build-timeline.ts';
import { mostLanes } from './style.ts';
import { clockText, count, linked, linkTo, moment, rawOf, secondText } from './words.ts';

/** One invoice's whole way: a lane for each room, a line for each record. */
export function renderTimeline(
  timeline: Timeline,
  options: {
    readonly now: number;
    readonly isWhole: boolean;
    readonly recordCount: number;
    readonly stripeUrl: string | undefined;
  },
): Html {
  const { invoice, rooms, entries } = timeline;
  const { isWhole, recordCount } = options;
  const toggle = isWhole
    ? html`<a href="/invoices/${invoice}">Show the story only</a>`
    : html`<a href="/invoices/${invoice}?records=all">Show all ${recordCount} records</a>`;
  const lanes = Math.min(rooms.length, mostLanes);
  const way =
    entries.length === 0
      ? html`<article class="empty"><p>No record of it was kept: the records begin when npm start does.</p></article>`
      : html`<ol class="way of-${lanes}">${laneHeads(rooms)}${entries.map((each) => entryOf(each, rooms))}</ol>`;
  return html`<h2>Invoice ${invoice}</h2>${summary(timeline, options.now)}${atStripe(invoice, options.stripeUrl)}
<h2>Its way through the rooms <small>${count(entries.length, isWhole ? 'record' : 'step')}</small></h2>
<p class="hint">Read down: each line happened in one room, at that time (UTC). Open a line for the record behind it. ${toggle}</p>
${way}`;
}

function atStripe(invoice: string, stripeUrl: string | undefined): Html | undefined {
  if (stripeUrl === undefined) return undefined;
  return html`<p><a href="${stripeUrl}/#${invoice}">The invoice at the local Stripe</a></p>`;
}

function summary({ case: known }: Timeline, now: number): Html {
  if (known === undefined) {
    return html`<article><p>Backstop has no case of it: no event told of a failed payment.</p></article>`;
  }
  const { amount, customer, customerName, state, dueAt, createdAt, history } = known;
  const due = dueAt === undefined ? undefined : html`<p>Looked at next ${moment(dueAt, now)}.</p>`;
  const story = history.map(({ at, text }) => html`<li>${secondText(at)}: ${text}</li>`);
  const decided = story.length === 0 ? undefined : html`<ol class="reasons">${story}</ol>`;
  return html`<article class="story"><h3><span class="name"><span class="amount">${amount}</span> of ${linkTo(customer, customerName)}</span>${tag(state.kind, state.text)}</h3>
<p>On record since ${moment(createdAt, now)}.</p>${due}${decided}</article>`;
}

/** The names of the lanes; each line says its room too, for who sees no lanes. */
function laneHeads(rooms: readonly string[]): Html {
  const names = rooms.slice(0, mostLanes).map((room) => html`<span>${room}</span>`);
  return html`<li class="head" aria-hidden="true"><div class="lanes">${names}</div><div></div></li>`;
}

/** What a reader of times alone would miss: a long pause, another day. */
function pauseBefore({ after, date }: TimelineEntry): Html | undefined {
  const said = [after === undefined ? undefined : `${after} later`, date];
  const text = said.filter((each) => each !== undefined).join(', ');
  if (text === '') return undefined;
  return html`<li><div class="lanes" aria-hidden="true"></div><div class="pause">${text}</div></li>`;
}

function entryOf(entry: TimelineEntry, rooms: readonly string[]): Html {
  const { at, room, title, outcome, lines = [], ids = [], weight, raw } = entry;
  const lane = Math.min(rooms.indexOf(room) + 1, mostLanes);
  const result = outcome === undefined ? undefined : tag(outcome.kind, outcome.text);
  return html`${pauseBefore(entry)}<li class="lane-${lane} ${weight}"><div class="lanes" aria-hidden="true"><span class="mark ${outcome?.kind ?? ''}"></span></div>
<div class="entry"><div class="where"><time datetime="${new Date(at).toISOString()}">${clockText(at)}</time><span class="room">${room}</span></div>
<div class="said-here"><details><summary><span class="title">${title}</span> ${result}</summary>${ids.map((id) => html`<p class="ids">${linked(id)}</p>`)}${rawOf(raw)}</details>
${lines.map((line) => html`<p>${linked(line)}</p>`)}</div></div></li>`;
}
