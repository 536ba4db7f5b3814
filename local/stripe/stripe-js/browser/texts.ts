import type { StripeError } from '@stripe/stripe-js';

/** What the frame says; the messages of errors are those of Stripe's own library. */
export const en = {
  kind: 'Pay with',
  card: 'Card',
  us_bank_account: 'US bank account',
  sepa_debit: 'SEPA Direct Debit',
  number: 'Card number',
  expiry: 'Expiration date',
  cvc: 'Security code',
  country: 'Country',
  postalCode: 'ZIP code',
  name: 'Full name',
  email: 'Email',
  routing: 'Routing number',
  account: 'Account number',
  iban: 'IBAN',
  examples: 'Test numbers',
  debitTerms: (business: string) =>
    `By going on you let ${business} debit your account, as you agreed, until you withdraw that.`,
  problems: {
    incomplete_number: 'Your card number is incomplete.',
    invalid_number: 'Your card number is invalid.',
    incomplete_expiry: "Your card's expiration date is incomplete.",
    invalid_expiry_month: "Your card's expiration date is invalid.",
    invalid_expiry_year_past: "Your card's expiration year is in the past.",
    invalid_expiry_month_past: "Your card's expiration date is in the past.",
    incomplete_cvc: "Your card's security code is incomplete.",
    incomplete_zip: 'Your postal code is incomplete.',
    incomplete_name: 'Please provide your full name.',
    incomplete_email: 'Your email is incomplete.',
    incomplete_routing_number: 'Your routing number is incomplete.',
    incomplete_account_number: 'Your account number is incomplete.',
    incomplete_iban: 'Your IBAN is incomplete.',
    invalid_iban: 'Your IBAN is invalid.',
  },
  outcomes: {
    pays: 'pays',
    declinesLater: 'can be saved, and is declined later',
    asksAlways: '3-D Secure each time, so it is declined later',
    asksOnce: '3-D Secure once, pays later',
    noMoney: 'insufficient funds',
    declined: 'declined',
    expired: 'expired',
    wrongCvc: 'wrong security code',
    processingError: 'processing error',
    wrongNumber: 'wrong number',
    authenticatedThenNoMoney: '3-D Secure, later insufficient funds',
    failsLater: 'the debit comes back',
  },
};

export type Texts = typeof en;
export type ProblemCode = keyof Texts['problems'];

const de: Texts = {
  kind: 'Bezahlen mit',
  card: 'Karte',
  us_bank_account: 'US-Bankkonto',
  sepa_debit: 'SEPA-Lastschrift',
  number: 'Kartennummer',
  expiry: 'Ablaufdatum',
  cvc: 'Sicherheitscode',
  country: 'Land',
  postalCode: 'Postleitzahl',
  name: 'Vollständiger Name',
  email: 'E-Mail-Adresse',
  routing: 'Bankleitzahl (Routing Number)',
  account: 'Kontonummer',
  iban: 'IBAN',
  examples: 'Testnummern',
  debitTerms: (business) =>
    `Sie erlauben ${business}, Ihr Konto wie vereinbart zu belasten, bis Sie das widerrufen.`,
  problems: {
    incomplete_number: 'Die Kartennummer ist unvollständig.',
    invalid_number: 'Die Kartennummer ist ungültig.',
    incomplete_expiry: 'Das Ablaufdatum Ihrer Karte ist unvollständig.',
    invalid_expiry_month: 'Das Ablaufdatum Ihrer Karte ist ungültig.',
    invalid_expiry_year_past: 'Das Ablaufjahr Ihrer Karte liegt in der Vergangenheit.',
    invalid_expiry_month_past: 'Das Ablaufdatum Ihrer Karte liegt in der Vergangenheit.',
    incomplete_cvc: 'Der Sicherheitscode Ihrer Karte ist unvollständig.',
    incomplete_zip: 'Die Postleitzahl ist unvollständig.',
    incomplete_name: 'Bitte geben Sie Ihren vollständigen Namen an.',
    incomplete_email: 'Die E-Mail-Adresse ist unvollständig.',
    incomplete_routing_number: 'Die Bankleitzahl ist unvollständig.',
    incomplete_account_number: 'Die Kontonummer ist unvollständig.',
    incomplete_iban: 'Die IBAN ist unvollständig.',
    invalid_iban: 'Die IBAN ist ungültig.',
  },
  outcomes: {
    pays: 'zahlt',
    declinesLater: 'lässt sich speichern, wird später abgelehnt',
    asksAlways: '3-D Secure jedes Mal, wird also später abgelehnt',
    asksOnce: '3-D Secure einmal, zahlt später',
    noMoney: 'nicht gedeckt',
    declined: 'abgelehnt',
    expired: 'abgelaufen',
    wrongCvc: 'falscher Sicherheitscode',
    processingError: 'Fehler bei der Verarbeitung',
    wrongNumber: 'falsche Nummer',
    authenticatedThenNoMoney: '3-D Secure, später nicht gedeckt',
    failsLater: 'die Lastschrift kommt zurück',
  },
};

type ErrorTexts = Readonly<Record<string, string>>;

const unauthenticated =
  'We are unable to authenticate your payment method. Please choose a different payment method ' +
  'and try again.';

/** Where Stripe's library says something else than the API, which speaks to the business. */
const englishErrors: ErrorTexts = {
  payment_intent_authentication_failure: unauthenticated,
  setup_intent_authentication_failure: unauthenticated,
};

const unauthenticatedGerman =
  'Ihre Zahlungsmethode konnte nicht bestätigt werden. Bitte wählen Sie eine andere und versuchen ' +
  'Sie es erneut.';

/** What the API says in English only, as Stripe's library says it to a German. */
const germanErrors: ErrorTexts = {
  card_declined: 'Ihre Karte wurde abgelehnt.',
  insufficient_funds: 'Ihre Karte ist nicht ausreichend gedeckt.',
  expired_card: 'Ihre Karte ist abgelaufen.',
  incorrect_cvc: 'Der Sicherheitscode Ihrer Karte ist falsch.',
  incorrect_number: 'Die Kartennummer ist falsch.',
  processing_error: 'Bei der Verarbeitung Ihrer Karte ist ein Fehler aufgetreten.',
  payment_intent_authentication_failure: unauthenticatedGerman,
  setup_intent_authentication_failure: unauthenticatedGerman,
};

export interface Language {
  readonly tag: string;
  readonly texts: Texts;
  /** By the code of an error of the API, where its own message is not the right one. */
  readonly errors: ErrorTexts;
}

/** German for who reads German, English for everybody else; `auto` is the browser's language. */
export function languageOf(locale: string): Language {
  const tag = locale === 'auto' ? navigator.language : locale;
  return /^de\b/i.test(tag)
    ? { tag: 'de', texts: de, errors: germanErrors }
    : { tag: 'en', texts: en, errors: englishErrors };
}

/** The error of the API as its reader is told of it. */
export function worded(error: StripeError, { errors }: Language): StripeError {
  const { code = '', decline_code: declineCode = '' } = error;
  const message = errors[declineCode] ?? errors[code];
  return message === undefined ? error : { ...error, message };
}
