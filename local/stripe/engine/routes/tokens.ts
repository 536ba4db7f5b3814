import { buildCardSource } from '../objects/build-source.ts';
import { readCardNumber } from '../payments/card-numbers.ts';
import { group, integer, required, text } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { TokenRecord } from '../records.ts';

const card = group({
  address_city: text,
  address_country: text,
  address_line1: text,
  address_line2: text,
  address_state: text,
  address_zip: text,
  currency: text,
  cvc: text,
  exp_month: integer,
  exp_year: integer,
  name: text,
  number: text,
});

/** Cards as Stripe's browser library hands them over from before PaymentMethods. */
export const tokenRoutes: readonly Route[] = [
  route('POST', '/v1/tokens', { card }, (tx, params) => {
    const given = required(params.card, 'card');
    const numbered = readCardNumber(tx, given);
    const {
      currency: _currency,
      cvc: _cvc,
      number: _number,
      exp_month,
      exp_year,
      ...holder
    } = given;
    const shown = { ...buildCardSource(tx, numbered, null), ...holder };
    const row: TokenRecord = {
      id: tx.id('tok'),
      token: {
        id: '',
        object: 'token',
        card: shown,
        client_ip: '127.0.0.1',
        created: tx.now,
        livemode: false,
        type: 'card',
        used: false,
      },
      card: numbered,
    };
    const named: TokenRecord = { ...row, token: { ...row.token, id: row.id } };
    tx.insert('tokens', named);
    return named.token;
  }),
  route('GET', '/v1/tokens/*', {}, (tx, _params, id) => tx.get('tokens', id).token),
];
