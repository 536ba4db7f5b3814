import type { Appearance } from '@stripe/stripe-js';

/** The variables of the Appearance API that are modelled, as properties of frame-style.ts. */
const properties = {
  colorPrimary: '--primary',
  colorBackground: '--background',
  colorText: '--text',
  colorTextSecondary: '--soft',
  colorTextPlaceholder: '--placeholder',
  colorDanger: '--danger',
  borderRadius: '--radius',
  fontSizeBase: '--size',
  fontFamily: '--font',
  spacingUnit: '--unit',
} as const;

/** Gives the fields the look of the page around them. */
export function applyAppearance({ theme, variables = {} }: Appearance): void {
  const { dataset, style } = document.documentElement;
  dataset.theme = theme === 'night' ? 'night' : 'stripe';
  const given: Readonly<Record<string, string | undefined>> = variables;
  for (const [name, property] of Object.entries(properties)) {
    const value = given[name];
    if (value !== undefined) style.setProperty(property, value);
  }
}
