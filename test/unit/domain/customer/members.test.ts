import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Member } from '../../../../functions/domain/customer/customer.ts';
import {
  changeMember,
  invite,
  isSameAddress,
  type MembersDecision,
  mostMembers,
  removeMember,
} from '../../../../functions/domain/customer/members.ts';
import { customerOf } from '../../../twins/examples.ts';

const ada: Member = { email: 'ada@example.com', name: 'Ada', role: 'owner' };
const bob: Member = { email: 'bob@example.com', name: null, role: 'viewer' };
const known = (...members: readonly Member[]) => customerOf({ members });
const is = (one: Member) => (member: Member) => isSameAddress(member.email, one.email);

describe('an invitation', () => {
  test('adds a member', () => {
    expect(invite(known(ada), bob)).toEqual({ members: [ada, bob] });
  });

  test('that was followed already changes nothing, however the address is typed', () => {
    expect(invite(known(ada, bob), { ...bob, email: ' Bob@Example.COM' })).toBe('as_wished');
  });

  test.each([{ role: 'owner' as const }, { name: 'Robert' }])(
    'of a member with %j instead is refused',
    (other) => {
      expect(invite(known(ada, bob), { ...bob, ...other })).toEqual({ refused: 'already_member' });
    },
  );

  test('of one too many is refused', () => {
    const many = Array.from({ length: mostMembers }, (_, n) => ({
      ...bob,
      email: `${n}@x.example`,
    }));
    expect(invite(known(...many.slice(1)), bob)).toMatchObject({
      members: { length: mostMembers },
    });
    expect(invite(known(...many), bob)).toEqual({ refused: 'too_many' });
  });
});

describe('the last owner', () => {
  test('can be neither removed nor made a viewer', () => {
    expect(removeMember(known(ada, bob), is(ada))).toEqual({ refused: 'last_owner' });
    expect(changeMember(known(ada, bob), is(ada), { role: 'viewer' })).toEqual({
      refused: 'last_owner',
    });
  });

  test('can be renamed', () => {
    expect(changeMember(known(ada), is(ada), { name: 'A.' })).toEqual({
      members: [{ ...ada, name: 'A.' }],
    });
  });

  test('is not missed where there never was one', () => {
    expect(removeMember(known(bob), is(bob))).toEqual({ members: [] });
  });
});

test('somebody who is no member is removed already, and cannot be changed', () => {
  expect(removeMember(known(ada), is(bob))).toBe('as_wished');
  expect(changeMember(known(ada), is(bob), { name: 'x' })).toEqual({ refused: 'no_such_member' });
});

test('whatever is done in whatever order, somebody owns, and nobody is there twice', () => {
  const person = fc.constantFrom('a@x.example', 'A@X.example', 'b@x.example', 'c@x.example');
  const role = fc.constantFrom('owner' as const, 'viewer' as const);
  const step = fc.record({ what: fc.constantFrom('invite', 'change', 'remove'), person, role });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let members: readonly Member[] = [{ email: 'a@x.example', name: null, role: 'owner' }];
      for (const { what, person: email, role: wished } of steps) {
        const one = { email, name: null, role: wished };
        const customer = known(...members);
        const decision: MembersDecision =
          what === 'invite'
            ? invite(customer, one)
            : what === 'change'
              ? changeMember(customer, is(one), { role: wished })
              : removeMember(customer, is(one));
        if (typeof decision === 'object' && 'members' in decision) ({ members } = decision);
        expect(members.some((member) => member.role === 'owner')).toBe(true);
        expect(new Set(members.map((member) => member.email.toLowerCase())).size).toBe(
          members.length,
        );
      }
    }),
  );
});
