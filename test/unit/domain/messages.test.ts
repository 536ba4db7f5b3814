import { expect, test } from 'vitest';
import { noticeMessageSchema, retryMessageSchema } from '../../../functions/domain/messages.ts';

const retry = { v: 1, type: 'pass', customer: 'cus_ada', invoice: 'in_1' };

test('a message is read as it was sent', () => {
  expect(retryMessageSchema.parse(JSON.parse(JSON.stringify(retry)))).toEqual(retry);
});

test.each([
  ['of a newer release', { ...retry, v: 2 }],
  ['of an unknown type', { ...retry, type: 'charge' }],
  ['without its invoice', { ...retry, invoice: undefined }],
  ['with an empty customer', { ...retry, customer: '' }],
])('one %s is refused', (_, message) => {
  expect(() => retryMessageSchema.parse(message)).toThrow();
});

test('a notice of an unknown kind is refused', () => {
  const message = { v: 1, customer: 'cus_ada', invoice: 'in_1', notice: { kind: 'birthday' } };
  expect(() => noticeMessageSchema.parse(message)).toThrow();
});
