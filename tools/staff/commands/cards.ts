import type { StaffCustomer } from '../../../functions/staff-api/show-customer.ts';
import { StartRefusal } from '../../../local/start/options.ts';
import { addressOf, addressOptions } from '../address.ts';
import { type Command, customerOf, need, text } from '../command.ts';
import { ofMethod, pathOf, shownCustomer } from './methods.ts';

export const expiry: Command = {
  summary: 'change the expiry of a card that kept its number',
  options: {
    ...ofMethod,
    expires: { value: 'MM/YYYY', says: 'the new month and year', required: true },
  },
  async run(desk, given) {
    const match = /^(\d{1,2})\/(\d{4})$/.exec(need(given, 'expires'));
    if (match === null) throw new StartRefusal('--expires takes a month and a year: 09/2029.');
    const body = { expMonth: Number(match[1]), expYear: Number(match[2]) };
    return shownCustomer(await desk.api.ask({ method: 'PATCH', path: pathOf(desk, given), body }));
  },
};

export const cardAddress: Command = {
  summary: "change the holder's name or the billing address of a card",
  options: { ...ofMethod, name: { value: 'NAME', says: 'of the holder' }, ...addressOptions },
  notes: "What is not named stays as it is. The card's bank may check it at the next charge.",
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given)];
    const { methods } = await desk.api.ask<StaffCustomer>({ method: 'GET', path });
    const wanted = need(given, 'method');
    const card = methods.find((each) => each.method === wanted);
    if (card === undefined) throw new StartRefusal(`${wanted} is no method of this customer.`);
    const { expMonth, expYear, billing } = card;
    if (expMonth === null || expYear === null) throw new StartRefusal(`${wanted} is no card.`);
    const name = text(given, 'name') ?? billing.name;
    const body = {
      expMonth,
      expYear,
      billing: { name, address: addressOf(given, billing.address) },
    };
    return shownCustomer(await desk.api.ask({ method: 'PATCH', path: pathOf(desk, given), body }));
  },
};
