import type { Verdict } from './judge-fixture.ts';

/** `docs/local-stripe.md`, which no one edits by hand. */
export function renderPage(verdicts: ReadonlyMap<string, Verdict>): string {
  const passing = [...verdicts].filter(([, { kind }]) => kind === 'passes').map(([name]) => name);
  const needing = Map.groupBy(
    [...verdicts].flatMap(([name, verdict]) =>
      verdict.kind === 'needs' ? [{ name, resource: verdict.resource }] : [],
    ),
    ({ resource }) => resource,
  );
  return `${intro}
## Checked with Stripe's own CLI

\`stripe trigger\` knows ${verdicts.size} fixtures. A test runs each of them against a fresh local Stripe;
\`npm run fixtures\` does so and writes this page. A fixture passes when the CLI ends well and the
event that it is for stands in the account. ${passing.length} pass:

| Fixtures that pass | |
| --- | --- |
${byFamily(passing)
  .map(([family, names]) => `| ${family} | ${inline(names)} |`)
  .join('\n')}

The rest need a resource that the local Stripe leaves out:

| Needed resource | Fixtures |
| --- | --- |
${[...needing]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([resource, rows]) => `| ${resource} | ${inline(rows.map(({ name }) => name))} |`)
  .join('\n')}
`;
}

const inline = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** Grouped by what stands before the event's last word: \`charge.dispute\`. */
function byFamily(names: readonly string[]): [string, readonly string[]][] {
  const families = Map.groupBy(names, (name) => name.slice(0, name.lastIndexOf('.')));
  return [...families].map(([family, members]) => [family, members]);
}

const intro = `# The local Stripe

A Stripe on your machine: the same API, objects, errors, events and webhooks, with a state that it
keeps and a clock that you move. Backstop runs against it under \`npm start\` and in its tests; it
needs no Stripe account, no network and nothing else of this project.

\`\`\`sh
npm run stripe -- --port 12111 --webhook http://127.0.0.1:3000/webhooks
\`\`\`

Its address in a browser shows the account and what a person can do to it: make the next charge of
a card fail, renew a subscription now, move the clock. Any Stripe library talks to it, for example
Stripe's own for Node:

\`\`\`ts
const stripe = new Stripe('sk_test_local0backstop', {
  host: '127.0.0.1',
  port: 12111,
  protocol: 'http',
});
\`\`\`

and Stripe's CLI does with
\`stripe trigger invoice.payment_failed --api-base http://127.0.0.1:12111 --api-key sk_test_local0backstop\`.

What it models is in \`local/stripe/engine/routes\`, one file per resource. Endpoints, parameters and
values that it does not model are refused by name; nothing is left out silently. It speaks the API
version that the \`stripe\` package is pinned to, answers requests of older versions in that shape,
and takes the parameters that only they had.

## What it can be made to do

Everything that its page does is also under \`/_local/\` (any other address there answers with the list). A card that
answers as told, once and then for good:

\`\`\`sh
curl -X POST http://127.0.0.1:12111/_local/cards/pm_... -d '{"outcomes": ["insufficient_funds", "succeeded"]}'
\`\`\`

One payment in ten whose answer is lost after it took effect, the same ones for the same seed, and
every failed payment told by two Event objects:

\`\`\`sh
curl -X POST http://127.0.0.1:12111/_local/faults -d '{"method": "POST", "path": "/v1/invoices/*/pay", "kind": "lost_answer", "probability": 0.1, "seed": "one"}'
curl -X POST http://127.0.0.1:12111/_local/webhook-troubles -d '{"type": "invoice.payment_failed", "kind": "two_events", "count": 3}'
\`\`\`

The kinds of fault are \`lost_answer\`, \`cut_before\`, \`500_before\`, \`500_after\`, \`429\`, \`lock_timeout\`,
\`latency\` and \`held\`; of webhook trouble \`duplicated\`, \`delayed\`, \`reordered\`, \`dropped\` and
\`two_events\`. \`--rate-limits sandbox\` keeps Stripe's own rates, \`--data FILE\` keeps the account, and
\`--help\` says the rest. Invoices have a page on which a person pays them with a test card, and a PDF.
Card numbers are taken with the publishable key alone, as Stripe wants it.

## Stripe.js

A page loads \`/endive/stripe.js\` from here where it would load it from \`https://js.stripe.com\`, and has the Payment
Element with its fields in a frame of this server, so the page never sees what is typed; cards, SEPA and US bank accounts,
as the intent allows; English and German; Stripe's numbers for tests to pick from; 3-D Secure with a yes and a no.
In a page's policy the local Stripe's origin stands for \`https://js.stripe.com\` and \`https://api.stripe.com\`:

\`\`\`html
<script src="http://127.0.0.1:12111/endive/stripe.js"></script>
\`\`\`

\`\`\`js
const stripe = Stripe('pk_test_local0backstop');
const elements = stripe.elements({ clientSecret }); // or { mode: 'setup', currency: 'usd' }
elements.create('payment').mount('#card');
const { setupIntent, error } = await stripe.confirmSetup({ elements, redirect: 'if_required' });
\`\`\`

\`confirmPayment\`, \`handleNextAction\`, \`retrieveSetupIntent\`, \`retrievePaymentIntent\` and \`elements.submit\` are there too,
with Stripe's results and errors; any other option is refused by name. Stripe's own \`loadStripe\` takes the script if it is
on the page already. As with Stripe's own, a \`<dialog>\` opened with \`showModal()\` covers 3-D Secure.
`;
