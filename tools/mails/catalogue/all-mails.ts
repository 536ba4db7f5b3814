import type { sentences } from '../../../functions/mail/locales/en.ts';
import type { PlacesIn } from '../../../lib/sentences-by-place.ts';
import type { Entry } from '../../pictures/picture.ts';
import { accountMails } from './account-mails.ts';
import { debitMails } from './debit-mails.ts';
import { endMails } from './end-mails.ts';
import { expiryMails } from './expiry-mails.ts';
import type { MailKind, Variant, Variants } from './mail.ts';
import { paymentMails } from './payment-mails.ts';
import { pages, signInLink, verificationUrl } from './samples.ts';
import { signInMails } from './sign-in-mails.ts';

/** A mail of the catalogue: all of a kind are a group. */
export interface Mail extends Variant, Entry {
  readonly button: Button;
}

/** What the one button of a mail says, and where it leads. */
interface Button {
  readonly label: PlacesIn<typeof sentences>;
  readonly address: string;
}

const pay: Button = { label: 'action.pay', address: pages.pay };
const confirm: Button = { label: 'action.confirm', address: pages.pay };
const methods: Button = { label: 'action.methods', address: pages.home };
const page: Button = { label: 'invitation.button', address: pages.home };
const verify: Button = { label: 'bankAccountVerification.button', address: verificationUrl };
const card: Button = { label: 'action.updateCard', address: pages.home };
const open: Button = { label: 'action.open', address: pages.home };
const signIn: Button = { label: 'signIn.button', address: signInLink };

const kinds: Readonly<Record<MailKind, Pick<Mail, 'group' | 'button'>>> = {
  secondary_charged: { group: 'backup charged', button: methods },
  recovered: { group: 'recovered', button: open },
  debit_started: { group: 'debit started', button: open },
  debit_returned: { group: 'debit returned', button: pay },
  payment_failed: { group: 'payment failed', button: pay },
  authentication_needed: { group: 'confirmation wanted', button: confirm },
  last_try_ahead: { group: 'last try ahead', button: pay },
  end_ahead: { group: 'end ahead', button: pay },
  dunning_ended: { group: 'ended', button: pay },
  access_restored: { group: 'access is back', button: open },
  methods_changed: { group: 'methods changed', button: open },
  consent_given: { group: 'consent given', button: open },
  consent_withdrawn: { group: 'consent withdrawn', button: open },
  members_changed: { group: 'people changed', button: open },
  invitation: { group: 'invitation', button: page },
  extension_granted: { group: 'extension', button: open },
  bank_account_verification: { group: 'bank account verification', button: verify },
  card_updated: { group: 'card updated', button: open },
  card_expiring: { group: 'card expires', button: card },
  address_unreachable: { group: 'address unreachable', button: open },
  sign_in: { group: 'sign in', button: signIn },
};

/** A kind that has no variant here does not compile. */
const variants: Variants = {
  ...paymentMails,
  ...debitMails,
  ...endMails,
  ...expiryMails,
  ...accountMails,
  ...signInMails,
};

/** Another one than mails of the kind have: where trouble passes by itself, nothing is to be done. */
const buttonOf = ({ content }: Variant): Partial<Pick<Mail, 'button'>> =>
  content.kind === 'secondary_charged' && content.failedReason === 'try_again'
    ? { button: open }
    : {};

/** The catalogue: every kind of mail, with what makes one other than the next. */
export const allMails: readonly Mail[] = Object.values(variants)
  .flat()
  .map((each) => ({ ...each, ...kinds[each.content.kind], ...buttonOf(each) }));
