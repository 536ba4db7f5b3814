import { render } from 'preact';
import { retrieveIntent } from '../call-api.ts';
import type { FrameStart, FromFrame, ToFrame } from '../messages.ts';
import { languageOf } from '../texts.ts';
import { applyAppearance } from './apply-appearance.ts';
import { openForm } from './form-state.ts';
import { RunningForm } from './running-form.tsx';

/** The page around this one begins, once; the port that it sends is the only way to talk on. */
function waitForStart(): void {
  addEventListener('message', function begin({ data, ports, source }) {
    const [port] = ports;
    if (source !== parent || port === undefined) return;
    removeEventListener('message', begin);
    // Only stripe.js of the same server sends a port, and this is what it sends.
    start(data as FrameStart, port).catch(reportError);
  });
}

async function start(given: FrameStart, port: MessagePort): Promise<void> {
  const tell = (message: FromFrame) => port.postMessage(message);
  const language = languageOf(given.locale);
  document.documentElement.lang = language.tag;
  applyAppearance(given.appearance);
  const api = { origin: location.origin, publishableKey: given.publishableKey };
  const { source } = given;
  const found =
    'clientSecret' in source
      ? await retrieveIntent(api, source.clientSecret)
      : { intent: { payment_method_types: source.types } };
  if ('error' in found) return tell({ kind: 'loaderror', error: found.error });
  const tag = given.locale === 'auto' ? navigator.language : given.locale;
  const country = new Intl.Locale(tag).maximize().region ?? 'US';
  const opened = openForm(found.intent.payment_method_types, given.defaults, country);
  if (opened === undefined) {
    const message = 'This intent takes no type of payment method that the local Stripe has.';
    return tell({ kind: 'loaderror', error: { type: 'invalid_request_error', message } });
  }
  const root = document.body;
  const form = new RunningForm(opened, {
    api,
    business: given.business,
    language,
    tell,
    draw: (drawn) => render(drawn, root),
  });
  port.onmessage = ({ data }) => {
    // The other end of the port is stripe.js of the same server.
    const message = data as ToFrame;
    if (message.kind !== 'ask') return;
    const { id, question } = message;
    form.answer(question).then((said) => tell({ kind: 'answer', id, answer: said }), reportError);
  };
  const tellHeight = () =>
    tell({ kind: 'height', pixels: Math.ceil(root.getBoundingClientRect().height) });
  tellHeight();
  new ResizeObserver(tellHeight).observe(root);
  tell({ kind: 'ready' });
}

waitForStart();
