import { viewStanding } from '../../account/standing-view.ts';
import { staffOperation } from '../staff-operation.ts';
import { ofCustomer } from './parts.ts';

/** Of one query of the table, and none of Stripe: whoever asks often asks this. */
export const showStanding = staffOperation({
  path: ofCustomer,
  async handle({ records, clock }, { path: { customer } }) {
    const known = await records.cases(customer);
    return { status: 200, body: { customer, ...viewStanding(known, clock.now()) } };
  },
});
