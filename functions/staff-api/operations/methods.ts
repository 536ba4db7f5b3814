import { answerWithView } from '../../account/answer-with-view.ts';
import { changeMethod } from '../../account/change-method.ts';
import { withdrawConsent } from '../../account/consent.ts';
import { methodChange, removal } from '../../account/method-input.ts';
import { removeMethod } from '../../account/remove-method.ts';
import { actorOf } from '../../api/actor.ts';
import { viewForStaff } from '../show-customer.ts';
import { staffOperation } from '../staff-operation.ts';
import { ofMethod } from './parts.ts';

export const updateMethod = staffOperation({
  path: ofMethod,
  body: methodChange,
  async handle(dependencies, { caller, path: { customer, method }, body }) {
    const { billing, ...expiry } = body;
    const change = { ...expiry, ...(billing && { billing }) };
    const wish = { customer, by: actorOf(caller) };
    const changed = await changeMethod(dependencies, wish, method, change);
    return answerWithView(dependencies, customer, changed, viewForStaff);
  },
});

export const deleteMethod = staffOperation({
  path: ofMethod,
  query: removal,
  async handle(dependencies, { caller, path: { customer, method }, query }) {
    const wish = { customer, by: actorOf(caller), version: query.version };
    const changed = await removeMethod(dependencies, wish, method, query.primary ?? null);
    return answerWithView(dependencies, customer, changed, viewForStaff);
  },
});

export const deleteConsent = staffOperation({
  path: ofMethod,
  async handle(dependencies, { caller, path: { customer, method } }) {
    const wish = { customer, by: actorOf(caller) };
    const changed = await withdrawConsent(dependencies, wish, method);
    return answerWithView(dependencies, customer, changed, viewForStaff);
  },
});
