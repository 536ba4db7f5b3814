import type { PaymentMethodId } from '../domain/ids.ts';
import type { Clock, StripeGateway } from '../domain/ports.ts';
import type { ChargeFacts, InvoiceFacts, PaymentMethodFacts } from '../domain/stripe-facts.ts';

export interface RememberingGateway extends StripeGateway {
  /** Ask Stripe anew: somebody else may have changed what it shows. */
  forget(): void;
}

/**
 * Stripe as one pass sees it: what was fetched at its beginning holds to its end, with the
 * refusals of its own charges added. That spares Stripe's rate limit and the customer seconds,
 * and risks nothing: an invoice that was paid meanwhile is refused by Stripe itself, and role,
 * consent and blocks are read from the table each time. After any answer but a plain refusal,
 * Stripe is asked again.
 */
export function rememberFacts(stripe: StripeGateway, clock: Clock): RememberingGateway {
  let facts: InvoiceFacts | null = null;
  const methods = new Map<PaymentMethodId, PaymentMethodFacts | null>();
  const forget = () => {
    facts = null;
    methods.clear();
  };
  return {
    forget,
    async invoice(invoice) {
      if (facts?.invoice !== invoice) facts = await stripe.invoice(invoice);
      return facts;
    },
    async paymentMethod(method) {
      const known = methods.get(method);
      if (known !== undefined) return known;
      const fetched = await stripe.paymentMethod(method);
      methods.set(method, fetched);
      return fetched;
    },
    setAutoAdvance(invoice, on, key) {
      forget();
      return stripe.setAutoAdvance(invoice, on, key);
    },
    async pay(invoice, method, key) {
      const before = facts;
      const card = before?.primary?.method === method ? before.primary : methods.get(method);
      forget();
      const answer = await stripe.pay(invoice, method, key);
      if (before === null || answer.kind !== 'declined' || answer.charge === null) return answer;
      const refused: ChargeFacts = {
        charge: answer.charge,
        method,
        status: 'failed',
        createdAt: clock.now(),
        amount: before.amountDue,
        codes: answer.codes,
        brand: card?.brand ?? null,
        expMonth: card?.expMonth ?? null,
        expYear: card?.expYear ?? null,
      };
      facts = { ...before, charges: [refused, ...before.charges] };
      return answer;
    },
  };
}
