import type { CustomerStanding, StandingView } from '../../../functions/account/standing-view.ts';
import { type Command, customer, customerOf } from '../command.ts';
import { amount, columns, time, words } from '../layout.ts';

export const standing: Command = {
  summary: 'whether a customer is to be served, until when, and why',
  options: { customer },
  notes: "The business's backend reads the same at GET /staff/customers/{customer}/standing.",
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'standing'];
    const shown = await desk.api.ask<CustomerStanding>({ method: 'GET', path });
    return { json: shown, text: `${shown.customer} is ${standingWords(shown)}` };
  },
};

/** `in grace until ...`, with a line for each invoice that stands in the way. */
export function standingWords({ standing: kind, since, until, why }: StandingView): string {
  const times = [
    ...(since === null ? [] : [`since ${time(since)}`]),
    ...(until === null ? [] : [`until ${time(until)}`]),
  ];
  const headline = [kind === 'grace' ? 'in grace' : words(kind), ...times].join(', ');
  if (why.length === 0) return headline;
  const rows = why.map(({ invoice, amountDue, reason }) => [
    invoice,
    amount(amountDue),
    words(reason),
  ]);
  return `${headline}\n${columns(rows)}`;
}
