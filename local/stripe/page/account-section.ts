import { act, form, numberInput, row, select, textInput } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { newsAt } from '../../pages/news.ts';
import { lengthOf, tag, timeOf, words } from '../../pages/words.ts';
import { mostDaysAtOnce } from '../move-clock.ts';
import { sayWhatIsDue } from './say-what-is-due.ts';
import type { View } from './view.ts';

/** Where the clock stands, how to call this Stripe, and where its events go. */
export function accountSection(view: View): Html {
  return html`<section id="account" aria-label="This account"><div class="grid">
${clockCard(view)}${keysCard(view)}${endpointsCard(view)}</div></section>`;
}

function clockCard(view: View): Html {
  const { deliveries, nextDue, now, state } = view;
  const next =
    nextDue === undefined
      ? html`<p>Nothing is due: no subscription goes on, and no delivery waits.</p>`
      : html`<p>Next, in ${lengthOf(Math.max(0, nextDue - now) / 1000)}: ${sayWhatIsDue(state, deliveries, nextDue)} <small>(${timeOf(nextDue / 1000)})</small>.</p>`;
  const steps: readonly (readonly [string, number])[] = [
    ['+ 1 hour', 3600],
    ['+ 1 day', 86_400],
    ['+ 1 week', 604_800],
    ['+ 30 days', 2_592_000],
  ];
  const toNext = nextDue === undefined ? [] : [act('clock/next', 'Go to what is next', {}, 'main')];
  return html`<article id="clock"><h3>Clock</h3>${newsAt(view, 'clock')}
<p class="now">${timeOf(now / 1000)}</p>${next}
${row([...toNext, ...steps.map(([label, seconds]) => act('clock/forward', label, { seconds: String(seconds) }))])}
${form('clock/forward', [numberInput('Days', 'days', { min: 0.01, max: mostDaysAtOnce, placeholder: '14' })], 'Move on')}</article>`;
}

function keysCard({ url, secretKey, publishableKey }: View): Html {
  return html`<article><h3>How to call it</h3><dl>
<dt>Address</dt><dd><code>${url}</code></dd>
<dt>Secret key</dt><dd><code>${secretKey}</code></dd>
<dt>For pages</dt><dd><code>${publishableKey}</code></dd></dl>
<p>Give them to the <code>stripe</code> package (<code>host</code>, <code>port</code>, <code>protocol: 'http'</code>) or to Stripe’s CLI (<code>--api-base</code>, <code>--api-key</code>).</p></article>`;
}

function endpointsCard(view: View): Html {
  const { state } = view;
  const rows = state.tables.webhook_endpoints.map((endpoint) => {
    const isOn = endpoint.status === 'enabled';
    const wants = endpoint.enabled_events.includes('*')
      ? 'every event'
      : `${endpoint.enabled_events.length} kinds of events`;
    return html`<li><span class="what">${endpoint.url}<code>${state.webhookSecrets[endpoint.id] ?? ''}</code></span>${tag('calm', wants)}${tag(isOn ? 'good' : 'bad', words(endpoint.status))}</li>`;
  });
  const none =
    rows.length === 0
      ? html`<p>Nobody listens yet: events are kept here and sent nowhere.</p>`
      : undefined;
  return html`<article id="endpoints" class="wide"><h3>Webhook endpoints</h3>${newsAt(view, 'endpoints')}${none}<ul>${rows}</ul>
${form('endpoints', [textInput('Send every event to', 'url', 'http://127.0.0.1:3000/webhooks/stripe')], 'Add')}
${holding(view)}</article>`;
}

function holding({ isHolding }: View): Html {
  if (!isHolding) return row([act('deliveries/hold', 'Hold new events back')]);
  return html`<p>${tag('wait', 'held back')} New events wait here until you let them go.</p>${form(
    'deliveries/release',
    [
      select('Send them', 'order', [
        { value: 'as_happened', text: 'in the order they happened' },
        { value: 'shuffled', text: 'in another order' },
      ]),
    ],
    'Let them go',
  )}`;
}
