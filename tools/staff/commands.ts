import type { Command } from './command.ts';
import { addTaxId, billing, removeTaxId } from './commands/billing.ts';
import { cardAddress, expiry } from './commands/cards.ts';
import {
  acknowledge,
  cases,
  close,
  handBack,
  hold,
  release,
  retry,
  trace,
} from './commands/cases.ts';
import { charging } from './commands/charging.ts';
import { audit, endExtension, extend, find, payments, show } from './commands/customers.ts';
import {
  changeMember,
  invite,
  liftSuppression,
  link,
  members,
  removeMember,
} from './commands/members.ts';
import {
  authorise,
  bankAccount,
  confirmSetUp,
  primary,
  removeMethod,
  secondary,
  setUp,
  swap,
  unblock,
  withdrawConsent,
} from './commands/methods.ts';
import { report } from './commands/report.ts';
import { standing } from './commands/standing.ts';

/** Every command by its name, in the order in which they are listed. */
export const commands: Readonly<Record<string, Command>> = {
  find,
  show,
  standing,
  payments,
  audit,
  cases,
  trace,
  retry,
  hold,
  release,
  'hand-back': handBack,
  close,
  acknowledge,
  extend,
  'end-extension': endExtension,
  primary,
  secondary,
  swap,
  authorise,
  'withdraw-consent': withdrawConsent,
  'set-up': setUp,
  'confirm-set-up': confirmSetUp,
  'bank-account': bankAccount,
  unblock,
  expiry,
  'card-address': cardAddress,
  'remove-method': removeMethod,
  members,
  invite,
  'change-member': changeMember,
  'remove-member': removeMember,
  'lift-suppression': liftSuppression,
  link,
  billing,
  'add-tax-id': addTaxId,
  'remove-tax-id': removeTaxId,
  charging,
  report,
};
