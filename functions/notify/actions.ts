import type { InvoiceId } from '../domain/ids.ts';
import { isWebLink } from '../mail/is-web-link.ts';
import type { MailAction } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';

/** Where the links of a mail about an invoice lead; the customer's page asks to sign in. */
export interface Pages {
  /** The customer's page. */
  readonly home: string;
  /** Where the invoice is paid there. */
  readonly pay: string;
}

/** @param invoice Which one is to be paid; left out where it is about none. */
export const pagesAt = (portalOrigin: string, invoice: InvoiceId | undefined): Pages => ({
  home: `${portalOrigin}/`,
  pay: invoice === undefined ? `${portalOrigin}/` : `${portalOrigin}/#/pay/${invoice}`,
});

/**
 * Paying on the customer's own page, which keeps the new card for the next renewal; Stripe's page
 * asks for no sign-in.
 */
export const payAction = (
  url: string,
  hostedInvoiceUrl: string | null,
  reader: MailReader,
): MailAction => ({
  ...pageAction(reader.text.action.pay, url, reader),
  ...otherwise(reader.text.action.atStripe, hostedInvoiceUrl),
});

/** The same where the bank asks first. */
export const confirmAction = (
  url: string,
  hostedInvoiceUrl: string | null,
  reader: MailReader,
): MailAction => ({
  ...pageAction(reader.text.action.confirm, url, reader),
  ...otherwise(reader.text.action.confirmAtStripe, hostedInvoiceUrl),
});

/** Where a method wants to be looked after, though the invoice is paid. */
export const methodsAction = (
  url: string,
  hostedInvoiceUrl: string | null,
  reader: MailReader,
): MailAction => ({
  ...pageAction(reader.text.action.methods, url, reader),
  ...otherwise(reader.text.action.invoiceAtStripe, hostedInvoiceUrl),
});

/** Where there is nothing to do about an invoice. */
export const openAction = (
  url: string,
  hostedInvoiceUrl: string | null,
  reader: MailReader,
): MailAction => ({
  ...pageAction(reader.text.action.open, url, reader),
  ...otherwise(reader.text.action.invoiceAtStripe, hostedInvoiceUrl),
});

/** A button that leads to the customer's page. */
export const pageAction = (
  label: string,
  url: string,
  { business, text }: MailReader,
): MailAction => ({
  label,
  url,
  note: text.action.billingPage({ business: business.name }),
});

const otherwise = (label: string, url: string | null): Pick<MailAction, 'otherwise'> =>
  url === null || !isWebLink(url) ? {} : { otherwise: { label, url } };
