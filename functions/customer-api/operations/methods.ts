import * as z from 'zod/mini';
import { answerWithView } from '../../account/answer-with-view.ts';
import { changeMethod } from '../../account/change-method.ts';
import { withdrawConsent } from '../../account/consent.ts';
import { methodChange, methodIdText, removal } from '../../account/method-input.ts';
import { removeMethod } from '../../account/remove-method.ts';
import { actorOf, customerOfMember } from '../../api/actor.ts';
import { memberOperation } from '../customer-operation.ts';

const ofMethod = z.strictObject({ method: methodIdText });

export const updateMethod = memberOperation({
  path: ofMethod,
  body: methodChange,
  async handle(dependencies, { caller, path, body: { billing, ...expiry } }) {
    const customer = customerOfMember(caller);
    const wish = { customer, by: actorOf(caller) };
    const change = { ...expiry, ...(billing && { billing }) };
    const changed = await changeMethod(dependencies, wish, path.method, change);
    return answerWithView(dependencies, customer, changed);
  },
});

export const deleteMethod = memberOperation({
  path: ofMethod,
  query: removal,
  async handle(dependencies, { caller, path, query: { version, primary } }) {
    const customer = customerOfMember(caller);
    const wish = { customer, by: actorOf(caller), version };
    const changed = await removeMethod(dependencies, wish, path.method, primary ?? null);
    return answerWithView(dependencies, customer, changed);
  },
});

export const deleteConsent = memberOperation({
  path: ofMethod,
  async handle(dependencies, { caller, path }) {
    const customer = customerOfMember(caller);
    const wish = { customer, by: actorOf(caller) };
    const changed = await withdrawConsent(dependencies, wish, path.method);
    return answerWithView(dependencies, customer, changed);
  },
});
