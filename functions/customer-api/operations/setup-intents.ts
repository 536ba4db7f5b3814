import * as z from 'zod/mini';
import { answerWithView } from '../../account/answer-with-view.ts';
import { whyNotConsent } from '../../account/consent.ts';
import { givenConsent, setupIntentIdText, setupRole } from '../../account/method-input.ts';
import { takeOverSetUp } from '../../account/set-up-method.ts';
import { startSetUp } from '../../account/start-set-up.ts';
import { actorOf, customerOfMember } from '../../api/actor.ts';
import { refuse } from '../../api/answer.ts';
import { problem } from '../../api/problems.ts';
import { memberOperation } from '../customer-operation.ts';
import { portalConsent } from '../portal-consent.ts';
import { refuseAskingTooOften } from '../refuse-asking-too-often.ts';

export const createSetupIntent = memberOperation({
  body: z.strictObject({ role: setupRole, consent: z.optional(givenConsent) }),
  async handle(dependencies, { caller, request, body: { role, consent: given } }) {
    const { settings, clock } = dependencies;
    if (role === 'secondary' && given === undefined) return refuse(consentMissing);
    const outdated = given === undefined ? null : whyNotConsent(settings, given);
    if (outdated !== null) return refuse(outdated);
    const isAgreed = role === 'secondary' && given !== undefined;
    const view = await startSetUp(dependencies, {
      customer: customerOfMember(caller),
      role,
      consent: isAgreed ? portalConsent(given, request, clock.now()) : null,
      madeFor: caller.session.id,
    });
    return 'problem' in view ? view : { status: 200, body: view };
  },
});

export const confirmSetupIntent = memberOperation({
  path: z.strictObject({ setupIntent: setupIntentIdText }),
  async handle(dependencies, { caller, path }) {
    const tooOften = await refuseAskingTooOften(dependencies, caller.session);
    if (tooOften !== null) return refuse(tooOften);
    const customer = customerOfMember(caller);
    const wish = { customer, by: actorOf(caller) };
    const changed = await takeOverSetUp(dependencies, wish, path.setupIntent);
    return answerWithView(dependencies, customer, changed);
  },
});

const consentMissing = problem(
  'consent-missing',
  'To charge a method as the backup the customer has to agree. Show the text of the view, and send its version as the consent.',
);
