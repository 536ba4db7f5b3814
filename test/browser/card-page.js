// The page of a business as far as Stripe.js is concerned: what the tests call. The compiler reads
// no JavaScript, and the project's TypeScript knows no DOM.
import { loadStripe } from '@stripe/stripe-js/pure';

const heard = [];
let stripe;
let elements;

/** Loads stripe.js from another place than the package's own, as the portal does at home. */
const load = (src) =>
  new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = src;
    script.addEventListener('load', loaded);
    script.addEventListener('error', failed);
    document.head.append(script);
  });

window.card = {
  heard,
  async open({ src, key, options, element = {} }) {
    await load(src);
    stripe = await loadStripe(key);
    elements = stripe.elements(options);
    const payment = elements.create('payment', element);
    const ready = new Promise((settle) => {
      payment.on('ready', () => settle('ready'));
      payment.on('loaderror', ({ error }) => settle(error));
    });
    payment.on('change', (event) => heard.push(event));
    payment.mount('#card');
    return ready;
  },
  submit: () => elements.submit(),
  setUp: (more = {}) => stripe.confirmSetup({ elements, redirect: 'if_required', ...more }),
  pay: (more = {}) => stripe.confirmPayment({ elements, redirect: 'if_required', ...more }),
  payWith: (clientSecret, payment_method) =>
    stripe.confirmPayment({
      clientSecret,
      confirmParams: { payment_method, return_url: location.href },
      redirect: 'if_required',
    }),
  nextAction: (clientSecret) => stripe.handleNextAction({ clientSecret }),
  setupIntent: (clientSecret) => stripe.retrieveSetupIntent(clientSecret),
  paymentIntent: (clientSecret) => stripe.retrievePaymentIntent(clientSecret),
  refused(call) {
    try {
      call(stripe);
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  },
};
