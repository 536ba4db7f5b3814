import { act, row } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';

/** A payment or a setup that waits for the cardholder, who can answer here; `place` says so. */
export function authenticationOf(intent: string, what: string, place: string): Html {
  const path = `intents/${intent}/authentication`;
  return html`<p>The bank asks the cardholder to confirm ${what} (3-D Secure).</p>${row([
    act(path, 'The cardholder confirms', { answer: 'right', place }),
    act(path, 'The cardholder does not', { answer: 'wrong', place }),
  ])}`;
}
