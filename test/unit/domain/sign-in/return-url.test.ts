import { expect, test } from 'vitest';
import { isAllowedReturnUrl } from '../../../../functions/domain/sign-in/return-url.ts';

const allowed = ['https://shop.example/account', 'https://app.example:8443'];

test.each([
  'https://shop.example/account',
  'https://shop.example/account/',
  'https://shop.example/account/billing?from=backstop#top',
  'https://SHOP.example:443/account',
  'https://app.example:8443/anything',
  'https://shop.example/x/../account/y',
])('%s is allowed', (address) => {
  expect(isAllowedReturnUrl(address, allowed)).toBe(true);
});

test.each([
  'https://shop.example/',
  'https://shop.example/accounting',
  'https://shop.example/account/../admin',
  'https://shop.example/account/%2e%2e/admin',
  'https://shop.example/account/..%2fadmin',
  'https://shop.example/account/..%5Cadmin',
  'https://shop.example.evil.example/account',
  'https://shop.example@evil.example/account',
  'https://user@shop.example/account',
  'http://shop.example/account',
  'https://app.example/anything',
  '//shop.example/account',
  '/account',
  'javascript:alert(1)',
  'account',
  '',
])('%s is not', (address) => {
  expect(isAllowedReturnUrl(address, allowed)).toBe(false);
});

test('nothing is allowed where nothing is listed', () => {
  expect(isAllowedReturnUrl('https://shop.example/account', [])).toBe(false);
});
