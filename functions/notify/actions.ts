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

/** What a mail about an invoice asks for; `open`: nothing. */
type Asked = 'pay' | 'confirm' | 'methods' | 'open';

/**
 * The button of a mail about an invoice, and its page at Stripe as the second way. Paying and
 * confirming is on the customer's own page, which keeps the new card for the next renewal;
 * Stripe's page asks for no sign-in.
 */
export function invoiceAction(
  asked: Asked,
  { home, pay }: Pages,
  hostedInvoiceUrl: string | null,
  reader: MailReader,
): MailAction {
  const { action } = reader.text;
  const ways = {
    pay: { url: pay, atStripe: action.atStripe },
    confirm: { url: pay, atStripe: action.confirmAtStripe },
    methods: { url: home, atStripe: action.invoiceAtStripe },
    open: { url: home, atStripe: action.invoiceAtStripe },
  } as const satisfies Record<Asked, object>;
  const { url, atStripe } = ways[asked];
  return { ...pageAction(action[asked], url, reader), ...otherwise(atStripe, hostedInvoiceUrl) };
}

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
