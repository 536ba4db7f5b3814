import type { IncomingMessage, ServerResponse } from 'node:http';
import { documentOf } from '../../pages/document.ts';
import { Fields } from '../../pages/fields.ts';
import { html } from '../../pages/html.ts';
import { isRead, refuseMethod, sendHtml } from '../../pages/send-html.ts';
import { createLook } from '../../pages/style.ts';
import type { Account } from '../account.ts';
import { finishAuthenticationNow } from '../engine/local-operations/payments.ts';
import type { PaymentIntentRecord, SetupIntentRecord } from '../engine/records.ts';
import { isAsking } from '../page/is-asking.ts';
import { money } from '../page/words.ts';
import { readBody } from '../read-body.ts';
import { challengePath } from './paths.ts';

export const isChallenge = (path: string) => path.startsWith(challengePath);

/** Stripe.js shows it over the page of the business. */
const look = createLook('', [], 'http://127.0.0.1:* http://localhost:*');

/**
 * The page of the cardholder's bank, in 3-D Secure's stead: `/authenticate/INTENT?client_secret=`,
 * to which an intent's next action leads. Who has the client secret may answer.
 */
export function createChallenge(account: Account) {
  return async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const intent = intentAt(account, url);
    if (intent === undefined) return sendHtml(response, 404, unknown, look);
    if (request.method === 'POST') {
      const succeeds = new Fields(await readBody(request)).text('answer') === 'complete';
      if (isAsking(intent)) {
        account.change((state, now) => finishAuthenticationNow(state, intent.id, succeeds, now));
      }
      response.writeHead(303, { location: `${url.pathname}${url.search}` }).end();
      return;
    }
    if (!isRead(request)) return refuseMethod(response, 'GET, POST');
    sendHtml(response, 200, isAsking(intent) ? question(intent) : answered, look);
  };
}

type Intent = PaymentIntentRecord | SetupIntentRecord;

function intentAt({ state }: Account, url: URL): Intent | undefined {
  const id = url.pathname.slice(challengePath.length);
  const { payment_intents: payments, setup_intents: setups } = state.tables;
  return [...payments, ...setups].find(
    (each) => each.id === id && each.client_secret === url.searchParams.get('client_secret'),
  );
}

function question(intent: Intent): string {
  const what =
    intent.object === 'payment_intent'
      ? html`Is it you who pays ${money(intent.amount, intent.currency)}?`
      : html`Is it you who saves this card?`;
  return documentOf(
    '3D Secure 2 test page',
    html`<main class="sheet"><h1>Your bank asks you to confirm</h1>
<p>${what} On the real Stripe your bank asks here (3-D Secure).</p>
<form class="acts" method="post"><button class="main" name="answer" value="complete">Complete</button><button name="answer" value="fail">Fail</button></form></main>`,
    look,
  );
}

const answered = documentOf(
  'Answered',
  html`<main class="sheet"><h1>Your bank has your answer</h1><p>Go back to where you came from.</p></main>`,
  look,
);

const unknown = documentOf(
  'Nothing to confirm',
  html`<main class="sheet"><h1>Nothing to confirm</h1><p>No payment of this Stripe has this address. Take the link of the payment’s next action, as it is.</p></main>`,
  look,
);
