import type { Route } from '../protocol/route.ts';
import { balanceTransactionRoutes } from './balance-transactions.ts';
import { chargeRoutes } from './charges.ts';
import { customerRoutes } from './customers.ts';
import { disputeRoutes } from './disputes.ts';
import { earlyFraudWarningRoutes } from './early-fraud-warnings.ts';
import { eventRoutes } from './events.ts';
import { invoiceItemRoutes } from './invoice-items.ts';
import { invoiceLineRoutes } from './invoice-lines.ts';
import { invoicePaymentRoutes } from './invoice-payments.ts';
import { invoiceRoutes } from './invoices.ts';
import { mandateRoutes } from './mandates.ts';
import { paymentIntentRoutes } from './payment-intents.ts';
import { paymentMethodDomainRoutes } from './payment-method-domains.ts';
import { paymentMethodRoutes } from './payment-methods.ts';
import { planRoutes } from './plans.ts';
import { priceRoutes } from './prices.ts';
import { productRoutes } from './products.ts';
import { refundRoutes } from './refunds.ts';
import { setupAttemptRoutes } from './setup-attempts.ts';
import { setupIntentRoutes } from './setup-intents.ts';
import { sourceRoutes } from './sources.ts';
import { subscriptionItemRoutes } from './subscription-items.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { taxIdRoutes } from './tax-ids.ts';
import { testClockRoutes } from './test-clocks.ts';
import { tokenRoutes } from './tokens.ts';
import { webhookEndpointRoutes } from './webhook-endpoints.ts';

/** Every endpoint that is modelled; any other one is refused by name. */
export const routes: readonly Route[] = [
  ...customerRoutes,
  ...sourceRoutes,
  ...tokenRoutes,
  ...paymentMethodRoutes,
  ...setupIntentRoutes,
  ...setupAttemptRoutes,
  ...mandateRoutes,
  ...taxIdRoutes,
  ...paymentMethodDomainRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...planRoutes,
  ...subscriptionRoutes,
  ...subscriptionItemRoutes,
  ...invoiceRoutes,
  ...invoiceLineRoutes,
  ...invoiceItemRoutes,
  ...invoicePaymentRoutes,
  ...paymentIntentRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...earlyFraudWarningRoutes,
  ...balanceTransactionRoutes,
  ...eventRoutes,
  ...webhookEndpointRoutes,
  ...testClockRoutes,
];
