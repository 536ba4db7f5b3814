import type { Appearance } from '@stripe/stripe-js';

/** Makes Stripe's fields look as the page around them does, by day and by night. */
export function readAppearance(): Appearance {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'stripe',
    variables: {
      colorPrimary: of('--accent'),
      colorBackground: of('--field'),
      colorText: of('--ink'),
      colorTextSecondary: of('--soft'),
      colorDanger: of('--bad'),
      borderRadius: '8px',
      fontFamily: 'system-ui, sans-serif',
      fontSizeBase: '16px',
    },
  };
}
