import { paymentMethodId } from '../../../functions/domain/ids.ts';

// What only a Stripe can make. The catalogue writes these words, and whoever opens a state puts
// what the local Stripe made in their place.
export const setupSecret = 'the-secret-of-a-SetupIntent';
export const paymentSecret = 'the-secret-of-a-PaymentIntent';
export const paymentMethod = paymentMethodId('the-method-of-the-PaymentIntent');

/** The title that Stripe gives to the frame with its fields. */
export const fieldsFrame = 'Secure payment input frame';
