import * as z from 'zod/mini';
import { answerWithView } from '../../account/answer-with-view.ts';
import { setupIntentIdText, setupRole } from '../../account/method-input.ts';
import { takeOverSetUp } from '../../account/set-up-method.ts';
import { startSetUp } from '../../account/start-set-up.ts';
import { actorOf } from '../../api/actor.ts';
import { refuse } from '../../api/answer.ts';
import { problem } from '../../api/problems.ts';
import { viewForStaff } from '../show-customer.ts';
import { staffOperation } from '../staff-operation.ts';
import { customer, ofCustomer } from './parts.ts';

export const createSetupIntent = staffOperation({
  path: ofCustomer,
  body: z.strictObject({ role: setupRole }),
  async handle(dependencies, { caller, path, body: { role } }) {
    if (role === 'secondary') return refuse(onlyTheCustomerConsents);
    const wish = { customer: path.customer, role, consent: null, madeFor: caller.arn };
    const view = await startSetUp(dependencies, wish);
    return 'problem' in view ? view : { status: 200, body: view };
  },
});

export const confirmSetupIntent = staffOperation({
  path: z.strictObject({ customer, setupIntent: setupIntentIdText }),
  async handle(dependencies, { caller, path }) {
    const wish = { customer: path.customer, by: actorOf(caller) };
    const changed = await takeOverSetUp(dependencies, wish, path.setupIntent);
    return answerWithView(dependencies, path.customer, changed, viewForStaff);
  },
});

const onlyTheCustomerConsents = problem(
  'consent-missing',
  'Staff cannot agree for a customer that a backup may be charged. Add the method as a spare one, record the signed authorisation, and make it the backup then; or send the customer a link to do it themselves.',
);
