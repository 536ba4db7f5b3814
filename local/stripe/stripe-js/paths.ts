import { apiVersion } from '../engine/transaction.ts';

/** The version of Stripe.js, as its address and `Stripe.version` name it: that of the API. */
export const releaseTrain = apiVersion.slice(apiVersion.indexOf('.') + 1);

/** The script's address on js.stripe.com, and here. */
export const scriptPath = `/${releaseTrain}/stripe.js`;
export const framePath = `/${releaseTrain}/payment-element`;
export const frameScriptPath = `${framePath}.js`;
/** Before an intent's id: the page on which its cardholder answers the bank. */
export const challengePath = '/authenticate/';
