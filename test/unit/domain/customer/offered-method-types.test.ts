import { expect, test } from 'vitest';
import { offeredMethodTypes } from '../../../../functions/domain/customer/offered-method-types.ts';

const all = ['card', 'link', 'sepa_debit', 'us_bank_account'];

test.each([
  ['US', ['card', 'link', 'us_bank_account']],
  ['DE', ['card', 'link', 'sepa_debit']],
  ['GB', ['card', 'link', 'sepa_debit']],
  ['JP', ['card', 'link']],
  [null, all],
])('of all kinds a customer in %s is offered %j', (country, offered) => {
  expect(offeredMethodTypes(all, country)).toEqual(offered);
});

test('what is not configured is offered nowhere', () => {
  expect(offeredMethodTypes(['card'], 'US')).toEqual(['card']);
});

test('where nothing would be left, what is configured is offered', () => {
  expect(offeredMethodTypes(['us_bank_account'], 'DE')).toEqual(['us_bank_account']);
});
