import type { Stripe, StripeElementLocale } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import type { PageConfig } from '../page-config.ts';

let loading: Promise<Stripe> | null = null;

/**
 * Stripe.js, once for the page. It is loaded when it is first needed: who only looks asks nothing
 * of Stripe.
 * @throws {Error} where the script cannot be loaded; the next call tries again.
 */
export function openStripe(
  config: PageConfig['stripe'],
  locale: StripeElementLocale,
): Promise<Stripe> {
  loading ??= load(config, locale).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(
  { script, publishableKey }: PageConfig['stripe'],
  locale: StripeElementLocale,
): Promise<Stripe> {
  // The package loads Stripe's own script by itself; another one has to be there before.
  if (!script.startsWith('https://js.stripe.com/')) await addScript(script);
  const stripe = await loadStripe(publishableKey, { locale });
  if (stripe === null) throw new Error('Stripe.js runs in browsers only.');
  return stripe;
}

function addScript(address: string): Promise<void> {
  const script = document.createElement('script');
  script.src = address;
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error(`${address} could not be loaded.`));
    });
    document.head.append(script);
  });
}
