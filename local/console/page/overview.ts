import type { Part } from '../../cloud/records.ts';
import type { Troubles } from '../../cloud/troubles.ts';
import { act, actions, actionsPath, numberInput, row, textInput } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { type News, newsAt } from '../../pages/news.ts';
import { section } from '../../pages/section.ts';
import { tag } from '../../pages/words.ts';
import type { CaseView } from '../view/customers-view.ts';
import type { FunctionView, Said } from '../view/functions-view.ts';
import type { MessageView, QueueView } from '../view/queues-view.ts';
import type { RuleView } from '../view/rules-view.ts';
import { caseCard } from './invoices.ts';
import { count, linked, moment, relative } from './words.ts';

/** The machine as it stands. */
export interface Overview {
  readonly now: number;
  readonly news: News | undefined;
  readonly cases: readonly CaseView[];
  readonly functions: readonly FunctionView[];
  readonly queues: readonly QueueView[];
  readonly rules: readonly RuleView[];
  /** Deliveries that a service may not make. */
  readonly denied: readonly Said[];
  readonly troubles: Troubles;
  readonly stopped: readonly Part[];
}

export const renderOverview = (view: Overview): Html =>
  html`${casesSection(view)}${functionsSection(view)}${queuesSection(view)}${rulesSection(view)}${troublesSection(view)}`;

function casesSection(view: Overview): Html {
  return section(view, {
    id: 'cases',
    title: 'Failed invoices',
    hint: 'Each failed renewal is a case on its way to being paid. Open one to see its whole way through the rooms.',
    rows: view.cases,
    most: 5,
    show: (each) => caseCard(each, view.now),
    empty: html`<article class="empty"><p>None yet: a case begins when Stripe tells of a failed payment.</p></article>`,
    after: view.cases.length > 5 ? html`<p><a href="/invoices">All invoices</a></p>` : undefined,
  });
}

function functionsSection(view: Overview): Html {
  const { now } = view;
  return html`<section id="functions" aria-labelledby="functions-title"><h2 id="functions-title">Functions <small>${view.functions.length}</small></h2>
<p class="hint">The rooms, one Lambda function each: how often they ran since this page’s records begin, how long they took on this machine, and what they said last.</p>
<div class="grid">${view.functions.map((each) => functionCard(each, now))}</div></section>`;
}

function functionCard(view: FunctionView, now: number): Html {
  const { room, invocations } = view;
  const numbers: readonly (readonly [string, string])[] = [
    [invocations === 1 ? 'invocation' : 'invocations', String(invocations)],
    ['last', milliseconds(view.lastMilliseconds)],
    ['median', milliseconds(view.medianMilliseconds)],
    [view.coldStarts === 1 ? 'cold start' : 'cold starts', String(view.coldStarts)],
  ];
  const ran =
    view.lastAt === undefined ? undefined : html`<p>Ran ${relative(view.lastAt, now)}.</p>`;
  return html`<article id="function-${room}"><h3><span class="name">${room}</span>${stateOf(view)}</h3>
<dl class="numbers">${numbers.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${ran}${view.said === view.trouble ? undefined : said('Said', view.said, now)}${said('Trouble', view.trouble, now)}</article>`;
}

/** Lambda counts an invocation as good whose messages failed one by one: its log tells of those. */
function stateOf({ running, invocations, errors, trouble }: FunctionView): Html {
  if (running > 0) return tag('wait', 'running');
  if (errors > 0) return tag('bad', count(errors, 'error'));
  if (trouble !== undefined) return tag('wait', 'ran with trouble');
  return invocations === 0 ? tag('calm', 'not run yet') : tag('good', 'no errors');
}

const milliseconds = (value: number | undefined) =>
  value === undefined ? '–' : `${Math.round(value)} ms`;

function said(what: 'Said' | 'Trouble', line: Said | undefined, now: number): Html | undefined {
  if (line === undefined) return undefined;
  const look = what === 'Trouble' ? html` class="trouble"` : undefined;
  return html`<p${look}>${what} ${relative(line.at, now)}: ${linked(line.text)}</p>`;
}

function queuesSection(view: Overview): Html {
  return html`<section id="queues" aria-labelledby="queues-title"><h2 id="queues-title">Queues <small>${view.queues.length}</small></h2>
<p class="hint">Work that waits, each message an intent. Ready messages are taken at once; delayed ones and those in flight are hidden until their time; a dead letter failed as often as its queue allows, and waits for a person.</p>
<div class="grid">${view.queues.map((each) => queueCard(view, each))}</div></section>`;
}

function queueCard(view: Overview, queue: QueueView): Html {
  const { id, messages, readBy, deadLettersOf } = queue;
  const isDead = deadLettersOf !== undefined;
  const kind = messages.length === 0 ? 'calm' : isDead ? 'bad' : 'wait';
  const what = isDead
    ? html`Dead letters of <a href="#${deadLettersOf}">${deadLettersOf}</a>`
    : html`Read by ${readBy === undefined ? 'nobody' : html`<a href="#function-${readBy}">${readBy}</a>`}`;
  const redrive =
    isDead && messages.length > 0
      ? row([
          act('redrive', `Send ${count(messages.length, 'message')} back to ${deadLettersOf}`, {
            queue: id,
          }),
        ])
      : undefined;
  const list =
    messages.length === 0
      ? undefined
      : html`<ul>${messages.map((each) => messageRow(each, view.now))}</ul>`;
  return html`<article id="${id}"><h3><span class="name">${id}</span>${tag(kind, contentsOf(messages))}</h3>${newsAt(view, id)}
<p>${what}</p>${redrive}${list}</article>`;
}

function contentsOf(messages: readonly MessageView[]): string {
  if (messages.length === 0) return 'empty';
  const states = Map.groupBy(messages, ({ state }) => state);
  return [...states].map(([state, { length }]) => `${length} ${state}`).join(', ');
}

function messageRow({ id, state, visibleAt, receiveCount, body }: MessageView, now: number): Html {
  const until = visibleAt === undefined ? undefined : html`until ${moment(visibleAt, now)}`;
  const received =
    receiveCount === 0 ? 'not received yet' : `received ${count(receiveCount, 'time')}`;
  return html`<li id="message-${id}"><span class="what"><a href="/messages/${id}"><code>${id}</code></a></span>${tag(state === 'ready' ? 'calm' : 'wait', state)} ${until} <small>${received}</small>
${actions('Body', [html`<pre>${linked(body)}</pre>`])}</li>`;
}

function rulesSection(view: Overview): Html {
  return section(view, {
    id: 'rules',
    title: 'Schedules and rules',
    hint: 'What EventBridge starts by itself: by the clock, or when a fitting event arrives.',
    rows: view.rules,
    show: ({ id, what, nextAt, isEnabled }) => {
      const next =
        nextAt === undefined
          ? tag('calm', isEnabled ? 'waits for events' : 'switched off')
          : tag('calm', `next ${relative(nextAt, view.now)}`);
      return html`<article><h3><span class="name">${id}</span>${next}</h3><p>${what}${nextAt === undefined ? undefined : html`, next ${moment(nextAt, view.now)}`}</p></article>`;
    },
    empty: html`<article class="empty"><p>The template has none.</p></article>`,
    after: html`${view.denied.map(({ at, text }) => html`<p>${tag('bad', 'denied')} ${text}, last ${moment(at, view.now)}</p>`)}`,
  });
}

const parts: readonly (readonly [Part, string])[] = [
  ['table', 'The table'],
  ['queue', 'The queues'],
  ['mail', 'Mail'],
  ['secret', 'Secrets'],
];

function troublesSection(view: Overview): Html {
  return html`<section id="go-wrong" aria-labelledby="go-wrong-title"><h2 id="go-wrong-title">Make things go wrong</h2>
<p class="hint">What happens to everyone on AWS sooner or later, on request. Whatever you choose, no invoice may be paid twice.</p>
<div class="grid">${troublesCard(view)}${partsCard(view)}</div></section>`;
}

function troublesCard(view: Overview): Html {
  const { troubles } = view;
  const share = (label: string, name: keyof Troubles) =>
    numberInput(label, name, { min: 0, max: 100, value: Number(troubles[name]) });
  return html`<article id="troubles"><h3><span class="name">By chance</span>${inForce(troubles)}</h3>${newsAt(view, 'troubles')}
<form class="chances" method="post" action="${actionsPath}troubles">
${share('% of table requests throttled', 'throttledTableRequests')}${share('% of mails throttled', 'throttledMails')}${share('% of messages delivered twice', 'duplicatedMessages')}
${check('Messages in any order', 'reorderedMessages', troubles.reorderedMessages)}${check('Every start is cold', 'coldStarts', troubles.coldStarts)}
${textInput('Seed: the same one, the same chances', 'seed', troubles.seed)}<button class="main">Set these troubles</button></form>
${row([act('troubles/none', 'No troubles')])}</article>`;
}

function inForce(troubles: Troubles): Html {
  const { seed: _, ...wishes } = troubles;
  const some = Object.values(wishes).some((wish) => wish !== 0 && wish !== false);
  return tag(some ? 'wait' : 'calm', some ? 'in force' : 'none');
}

const check = (label: string, name: string, isOn: boolean): Html =>
  html`<label class="check"><input type="checkbox" name="${name}" value="yes"${isOn ? html` checked` : undefined}>${label}</label>`;

function partsCard(view: Overview): Html {
  const rows = parts.map(([part, name]) => {
    const isStopped = view.stopped.includes(part);
    const button = isStopped
      ? act('parts/resume', `Resume: ${name.toLowerCase()}`, { part })
      : act('parts/stop', `Stop: ${name.toLowerCase()}`, { part });
    return html`<li><span class="what">${name}</span>${tag(isStopped ? 'bad' : 'good', isStopped ? 'does not answer' : 'answers')}${button}</li>`;
  });
  return html`<article id="parts"><h3>A part that does not answer</h3>${newsAt(view, 'parts')}
<p>Its connections break until it is resumed. Work waits, and nothing is lost.</p><ul>${rows}</ul></article>`;
}
