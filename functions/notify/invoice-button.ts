import type { MailText } from '../mail/layout-mail.ts';

/** A button that leads to Stripe's page of the invoice; none where Stripe has none. */
export const invoiceButton = (label: string, url: string | null): MailText['action'] =>
  url === null ? null : { label, url, note: whoseAddress };

/** Stripe runs the page behind the button; a reader who fears a fraud may know that. */
const whoseAddress = 'The invoice opens on a page of Stripe, our payment provider.';
