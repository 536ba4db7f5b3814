import { describe, expect, test } from 'vitest';
import { personOf } from '../../../functions/runtime/hash.ts';
import type { MemberView } from '../../../portal/src/api/api-types.ts';
import { isOnlyOwner } from '../../../portal/src/people/is-only-owner.ts';
import { nameOf } from '../../../portal/src/people/name-of.ts';
import { isMailAddress } from '../../../portal/src/words/is-mail-address.ts';

const member = (name: string | null, role: MemberView['role']): MemberView => ({
  member: personOf(`${name}@example.com`),
  email: 'ada@example.com',
  name,
  role,
  mail: 'ok',
});
const ada = member('Ada', 'owner');
const bob = member('Bob', 'owner');
const eve = member('Eve', 'viewer');

test.each([
  ['the owner among viewers', [ada, eve], ada, true],
  ['the owner who is alone', [ada], ada, true],
  ['one of two owners', [ada, bob, eve], ada, false],
  ['a viewer', [ada, eve], eve, false],
  ['a viewer where nobody is an owner', [eve], eve, false],
])('%s is the only owner: %s', (_who, members, one, isIt) => {
  expect(isOnlyOwner({ members }, one)).toBe(isIt);
});

test('somebody is called by the name, without one by the mail address', () => {
  expect(nameOf(ada)).toBe('Ada');
  expect(nameOf(member(null, 'viewer'))).toBe('ada@example.com');
});

describe('a mail address', () => {
  test.each(['ada@example.com', 'a.b+c@mail.example.co.uk'])('may be %s', (text) => {
    expect(isMailAddress(text)).toBe(true);
  });
  test.each(['', 'ada', 'ada@example', 'ada @example.com', 'a@b@c.de'])('is not "%s"', (text) => {
    expect(isMailAddress(text)).toBe(false);
  });
});
