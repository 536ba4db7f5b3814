import type { Stripe, StripeElements } from '@stripe/stripe-js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../parts/context.ts';
import { readAppearance } from './appearance.ts';
import { openStripe } from './load.ts';

/** Stripe's fields once they can be used. */
export interface Fields {
  readonly stripe: Stripe;
  readonly elements: StripeElements;
}

/** Stripe's own fields, in its own frame: the page never sees a card number. */
export function PaymentFields({
  clientSecret,
  onReady,
}: {
  readonly clientSecret: string;
  readonly onReady: (fields: Fields) => void;
}) {
  const { text, config, stripeLocale } = usePage();
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  useEffect(() => {
    let isGone = false;
    let remove = () => {};
    const fail = () => {
      if (!isGone) setState('failed');
    };
    const mount = (stripe: Stripe) => {
      if (isGone || place.current === null) return;
      const appearance = readAppearance();
      const elements = stripe.elements({ clientSecret, appearance, locale: stripeLocale });
      const element = elements.create('payment', { layout: 'tabs' });
      remove = () => element.destroy();
      element.on('loaderror', fail);
      element.on('ready', () => {
        if (isGone) return;
        setState('ready');
        onReady({ stripe, elements });
      });
      element.mount(place.current);
    };
    // Why it failed is on the browser's console; the reader is told what to do.
    openStripe(config.stripe, stripeLocale).then(mount, fail);
    return () => {
      isGone = true;
      remove();
    };
  }, [clientSecret]);
  return (
    <div class="fields" aria-busy={state === 'loading'}>
      {state === 'loading' && <p class="soft">{text.dialog.loadingFields}</p>}
      {state === 'failed' && <p class="error">{text.dialog.fieldsFailed}</p>}
      <div ref={place} />
    </div>
  );
}
