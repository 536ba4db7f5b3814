import { viewStanding } from '../../account/standing-view.ts';
import { staffOperation } from '../staff-operation.ts';
import { ofCustomer } from './parts.ts';

/** Of one query of the table, and none of Stripe: whoever asks often asks this. */
export const showStanding = staffOperation({
  path: ofCustomer,
  async handle({ records, clock }, { path: { customer } }) {
    const account = await records.account(customer);
    return { status: 200, body: { customer, ...viewStanding(account, clock.now()) } };
  },
});
