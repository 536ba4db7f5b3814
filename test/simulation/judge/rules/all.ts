import type { MakeRule } from '../rule.ts';
import { admitted } from './admitted.ts';
import { answersApart } from './answers.ts';
import { apart } from './apart.ts';
import { audited } from './audited.ts';
import { deadCard, networkWaits, notThisInvoice, wrongData } from './blocks.ts';
import {
  chargingSwitch,
  evidenceAgrees,
  observeOnly,
  reopening,
  tryLimits,
  versions,
} from './bounds.ts';
import { oneSuccessfulCharge, openAndOurs } from './charge-once.ts';
import { collection } from './collection.ts';
import { deadLetters, dueTime, nothingLeft, schedule } from './due.ts';
import { endOfDunning } from './end-of-dunning.ts';
import { endTold } from './end-told.ts';
import { endedTruly } from './endings.ts';
import { explained } from './explained.ts';
import { consent, refusalOfPrimary } from './fallback.ts';
import { fallbackScope, fallbackWaits } from './fallback-waits.ts';
import { found } from './found.ts';
import { history } from './history.ts';
import { inFlight } from './in-flight.ts';
import { inThePage } from './in-the-page.ts';
import { knownBefore } from './known-before.ts';
import { content, recipient } from './mail-content.ts';
import { mailOnce } from './mail-once.ts';
import { backupTold, failureTold } from './mail-told.ts';
import { primaryAtStripe, removedMethods } from './methods-at-stripe.ts';
import { onRecordFirst } from './on-record-first.ts';
import { restoredDefault, takenOverAgain } from './one-owner.ts';
import { primaryFirst } from './primary-first.ts';
import { recoveredTold } from './recovered-told.ts';
import { reminded } from './reminded.ts';
import { noSecrets } from './secrets.ts';
import { standing } from './standing.ts';
import { suppressed } from './suppressed.ts';
import { noTokens } from './tokens.ts';
import { troubles } from './troubles.ts';
import { unfinished } from './unfinished.ts';
import { woken } from './woken.ts';

/** Every rule, by its number in the design's "What must always hold" or by a name beside them. */
export const rules = {
  '1 one successful charge': oneSuccessfulCharge,
  '1 open and ours': openAndOurs,
  '2 on record first': onRecordFirst,
  '2 history': history,
  '3 dead card': deadCard,
  '3 wrong data': wrongData,
  '3 not this invoice': notThisInvoice,
  '3 network waits': networkWaits,
  '3 known before': knownBefore,
  '4 refusal of the primary': refusalOfPrimary,
  '4 primary first': primaryFirst,
  '4 fallback waits': fallbackWaits,
  '4 fallback scope': fallbackScope,
  '4 consent': consent,
  '5 in flight': inFlight,
  '5 in the page': inThePage,
  '6 due time': dueTime,
  '6 schedule': schedule,
  '6 dead letters': deadLetters,
  '6 nothing left': nothingLeft,
  '6 ended truly': endedTruly,
  '6 collection': collection,
  '6 found': found,
  '6 end of dunning': endOfDunning,
  '6 unfinished': unfinished,
  '7 mail once': mailOnce,
  '7 recipient': recipient,
  '7 content': content,
  '7 backup told': backupTold,
  '7 failure told': failureTold,
  '7 recovered told': recoveredTold,
  '7 end told': endTold,
  '7 reminded': reminded,
  '7 suppressed': suppressed,
  '8 no secrets': noSecrets,
  '8 no tokens': noTokens,
  '9 apart': apart,
  '9 answers apart': answersApart,
  '9 admitted': admitted,
  audited,
  explained,
  standing,
  troubles,
  'restored default': restoredDefault,
  'taken over again': takenOverAgain,
  'primary at Stripe': primaryAtStripe,
  'removed methods': removedMethods,
  woken,
  limits: tryLimits,
  switch: chargingSwitch,
  observe: observeOnly,
  versions,
  reopening,
  evidence: evidenceAgrees,
} as const satisfies Readonly<Record<string, MakeRule>>;
