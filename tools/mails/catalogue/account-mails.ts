import type { People } from '../../../functions/notify/find-people.ts';
import { fromHostile, fromLong, hostile, type Variants, variant } from './mail.ts';
import {
  bankAccount,
  cardUpdated,
  consented,
  extended,
  invited,
  mastercard,
  membersChanged,
  methodsChanged,
  toVerify,
  unreachable,
  visa,
  withdrawn,
} from './samples.ts';

const byStaff = { kind: 'staff' } as const;
const hostileCard = { ...visa, last4: hostile };
/** Nobody among the members did it: staff, or who has left since. */
const eveAlone: People = {
  maker: null,
  concerned: { email: 'eve@example.com', name: 'Eve', role: 'viewer' },
};

const roleChanges: Variants['methods_changed'] = [
  variant('a new primary', methodsChanged()),
  variant('added', methodsChanged({ changes: [{ what: 'added', card: bankAccount }] })),
  variant(
    'changed, by staff',
    methodsChanged({ changes: [{ what: 'changed', card: visa }], by: byStaff }),
  ),
  variant('removed', methodsChanged({ changes: [{ what: 'removed', card: visa }] })),
  variant(
    'swapped',
    methodsChanged({
      changes: [
        { what: 'made_primary', card: mastercard },
        { what: 'made_backup', card: visa },
      ],
    }),
  ),
  variant(
    'the backup is gone at Stripe',
    methodsChanged({
      changes: [{ what: 'no_backup', card: mastercard }],
      by: { kind: 'backstop' },
    }),
  ),
  variant('long names', methodsChanged(), fromLong),
  variant(
    'hostile names',
    methodsChanged({ changes: [{ what: 'added', card: hostileCard }] }),
    fromHostile,
  ),
];

export const accountMails = {
  methods_changed: roleChanges,
  consent_given: [
    variant('in the page', consented()),
    variant('on paper, a bank account', consented({ card: bankAccount, by: byStaff })),
    variant('long names', consented(), fromLong),
    variant('hostile names', consented({ card: hostileCard }), fromHostile),
  ],
  consent_withdrawn: [
    variant('in the page', withdrawn()),
    variant('long names', withdrawn(), fromLong),
    variant('hostile names', withdrawn({ card: hostileCard }), fromHostile),
  ],
  members_changed: [
    variant('invited', membersChanged()),
    variant(
      'made an owner, by staff',
      membersChanged({ what: 'role_changed', role: 'owner', by: byStaff }),
    ),
    variant('removed, by who is out too', membersChanged({ what: 'removed' }), {
      people: eveAlone,
    }),
    variant('long names', membersChanged(), fromLong),
    variant('hostile names', membersChanged(), fromHostile),
  ],
  invitation: [
    variant('as a viewer', invited(), { to: 'Eve' }),
    variant('as an owner, by staff', invited({ role: 'owner', by: byStaff }), {
      to: null,
      people: eveAlone,
    }),
    variant('long names', invited(), fromLong),
    variant('hostile names', invited(), fromHostile),
  ],
  extension_granted: [
    variant('by staff', extended()),
    variant('long names', extended(), fromLong),
    variant('hostile names', extended(), fromHostile),
  ],
  bank_account_verification: [
    variant('by deposits', toVerify()),
    variant('long names', toVerify(), fromLong),
    variant('hostile names', toVerify({ card: { ...bankAccount, last4: hostile } }), fromHostile),
  ],
  card_updated: [
    variant('a new date', cardUpdated()),
    variant('long names', cardUpdated(), fromLong),
    variant('hostile names', cardUpdated({ card: hostileCard }), fromHostile),
  ],
  address_unreachable: [
    variant('a mail came back', unreachable()),
    variant('a complaint', unreachable({ why: 'complaint' })),
    variant('long names', unreachable(), fromLong),
    variant('hostile names', unreachable(), fromHostile),
  ],
} satisfies Partial<Variants>;
