import * as z from 'zod/mini';
import { answerWithView } from '../../account/answer-with-view.ts';
import { whyNotConsent } from '../../account/consent.ts';
import { givenConsent, wantedRoles } from '../../account/method-input.ts';
import { setRoles } from '../../account/roles.ts';
import { actorOf, customerOfMember } from '../../api/actor.ts';
import { refuse } from '../../api/answer.ts';
import { memberOperation } from '../customer-operation.ts';
import { portalConsent } from '../portal-consent.ts';

export const changeRoles = memberOperation({
  body: z.strictObject({ ...wantedRoles, consent: z.optional(givenConsent) }),
  async handle(dependencies, { caller, request, body }) {
    const { version, consent: given, ...roles } = body;
    const { settings, clock } = dependencies;
    const outdated = given === undefined ? null : whyNotConsent(settings, given);
    if (outdated !== null) return refuse(outdated);
    const consent = given === undefined ? null : portalConsent(given, request, clock.now());
    const customer = customerOfMember(caller);
    const wish = { customer, by: actorOf(caller), version };
    const changed = await setRoles(dependencies, wish, { ...roles, consent });
    return answerWithView(dependencies, customer, changed);
  },
});
