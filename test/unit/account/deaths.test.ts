import { describe, expect, test } from 'vitest';
import { changeMethod } from '../../../functions/account/change-method.ts';
import { withdrawConsent } from '../../../functions/account/consent.ts';
import type { AccountDependencies } from '../../../functions/account/dependencies.ts';
import { mirrorFromStripe } from '../../../functions/account/mirror-customer.ts';
import { removeMethod } from '../../../functions/account/remove-method.ts';
import { setRoles } from '../../../functions/account/roles.ts';
import { takeOverSetUp } from '../../../functions/account/set-up-method.ts';
import type { Customer } from '../../../functions/domain/customer/customer.ts';
import { customerId, paymentMethodId, setupIntentId } from '../../../functions/domain/ids.ts';
import type { NoticeMessage } from '../../../functions/domain/messages.ts';
import { minuteMs } from '../../../functions/domain/time.ts';
import { recordAuthorisation } from '../../../functions/staff-api/record-authorisation.ts';
import { type Life, ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { openPage, type Page } from '../customer-api/fixtures/page.ts';

const by = { kind: 'member', email: 'ada@example.com' } as const;
const agreedNow = {
  source: 'portal',
  textVersion: '2026-11',
  address: '192.0.2.1',
  userAgent: 'test/1.0',
  at: 0,
} as const;

interface Change {
  readonly name: string;
  /** What is needed before it; what the change needs to know of it. */
  prepare?(page: Page): Promise<string>;
  make(dependencies: AccountDependencies, page: Page, prepared: string): Promise<object>;
}

const wishOf = (page: Page) => ({ customer: customerId(page.ids.customer), by, version: null });

const changes: readonly Change[] = [
  {
    name: 'the roles are swapped',
    make: (dependencies, page) =>
      setRoles(dependencies, wishOf(page), {
        primary: paymentMethodId(page.ids.secondary),
        secondary: paymentMethodId(page.ids.primary),
        consent: agreedNow,
      }),
  },
  {
    name: 'the primary is removed',
    make: (dependencies, page) =>
      removeMethod(
        dependencies,
        wishOf(page),
        paymentMethodId(page.ids.primary),
        paymentMethodId(page.ids.secondary),
      ),
  },
  {
    name: 'the expiry is changed',
    make: (dependencies, page) =>
      changeMethod(dependencies, wishOf(page), paymentMethodId(page.ids.primary), {
        expMonth: 3,
        expYear: 2035,
      }),
  },
  {
    name: 'the consent is withdrawn',
    make: (dependencies, page) =>
      withdrawConsent(dependencies, wishOf(page), paymentMethodId(page.ids.secondary)),
  },
  {
    name: 'the customer agrees to a backup that lacked their consent',
    prepare: takeConsent,
    make: (dependencies, page) =>
      setRoles(dependencies, wishOf(page), {
        primary: paymentMethodId(page.ids.primary),
        secondary: paymentMethodId(page.ids.secondary),
        consent: agreedNow,
      }),
  },
  {
    name: 'an authorisation is recorded for a backup that lacked one',
    prepare: takeConsent,
    make: (dependencies, page) =>
      recordAuthorisation(
        dependencies,
        { kind: 'staff', arn: 'arn:aws:iam::000000000000:user/sam' },
        {
          customer: customerId(page.ids.customer),
          method: paymentMethodId(page.ids.secondary),
        },
        { name: 'Ada', reference: 'ticket 4711' },
      ),
  },
  {
    name: 'the same card is added anew',
    async prepare({ stripe, ids }) {
      const { id } = await stripe.setupIntents.create({
        customer: ids.customer,
        metadata: { backstop_role: 'primary' },
        payment_method: 'pm_card_visa',
        confirm: true,
      });
      return id;
    },
    make: (dependencies, page, prepared) =>
      takeOverSetUp(dependencies, wishOf(page), setupIntentId(prepared)),
  },
];

/** The backup stays in its role without a consent. */
async function takeConsent({ account: { records }, ids }: Page): Promise<string> {
  const method = await records.method(customerId(ids.customer), paymentMethodId(ids.secondary));
  if (method === null) throw new Error('The backup is on record.');
  await records.saveMethod({ ...method, consent: null, version: method.version + 1 });
  return '';
}

const mortal = ({ account }: Page, life: Life): AccountDependencies => ({
  ...account,
  records: life.wrap(account.records),
  queues: life.wrap(account.queues),
  stripe: life.wrap(account.stripe),
});

/** What a notice tells, without the names that differ from one world to the next. */
const tells = ({ notice }: NoticeMessage) =>
  notice.kind === 'methods_changed' ? notice.changes.map(({ what }) => what) : notice.kind;

const factOf = ({ notice }: NoticeMessage) => `${notice.kind} ${notice.fact}`;

/** What is true in the end, whatever happened on the way. */
async function endOf(page: Page) {
  const { stripe, ids, account } = page;
  const stored = await account.records.account(customerId(ids.customer));
  const customer = await stripe.customers.retrieve(ids.customer);
  const { data } = await stripe.paymentMethods.list({ customer: ids.customer });
  const nameOf = new Map([
    [ids.primary, 'first'],
    [ids.secondary, 'second'],
  ]);
  const named = (id: unknown) => (id === null ? null : (nameOf.get(String(id)) ?? 'new'));
  return {
    primary: named(stored?.customer.primary ?? null),
    secondary: named(stored?.customer.secondary ?? null),
    unfinished: stored?.customer.unfinished.map(({ kind }) => kind),
    default: named(customer.deleted ? null : customer.invoice_settings.default_payment_method),
    attached: data.map(({ id, card }) => [named(id), card?.exp_year]).sort(),
    methods: stored?.methods
      .map(({ method, removedAt, consent, expYear }) => [
        named(method),
        removedAt === null,
        consent?.source ?? null,
        expYear,
      ])
      .sort(),
    wanted: stored?.cases.map(({ retryWanted, wokenBy }) => [retryWanted, wokenBy !== undefined]),
    audit: [...new Set(page.audit().map(({ what }) => what))].sort(),
    // By fact: however often one is queued, it is mailed once.
    told: [...new Map(page.notices().map((each) => [factOf(each), tells(each)])).values()],
  };
}

/** An open case, and a customer whom we have looked at. */
async function open({ prepare }: Change): Promise<{ page: Page; prepared: string }> {
  const page = await openPage();
  await mirrorFromStripe(page.account, customerId(page.ids.customer));
  return { page, prepared: prepare === undefined ? '' : await prepare(page) };
}

/** What the sweep has others do until nothing is left. */
async function finishAll(page: Page): Promise<Customer> {
  for (let rounds = 0; rounds < 4; rounds += 1) {
    page.clock.advance(20 * minuteMs);
    const { unfinished } = await page.finish();
    if (unfinished.length === 0) break;
  }
  return page.theCustomer();
}

describe.each(changes)('$name', (change) => {
  test('and the process may die after any call: in the end all is as without it', async () => {
    const calm = await open(change);
    const life = startLife();
    expect(await change.make(mortal(calm.page, life), calm.page, calm.prepared)).not.toHaveProperty(
      'problem',
    );
    const wished = await endOf(calm.page);
    expect(wished.unfinished).toEqual([]);
    for (let call = 1; call <= life.calls(); call += 1) {
      const { page, prepared } = await open(change);
      const untouched = await endOf(page);
      const dying = startLife({ call, when: 'after' });
      await expect(
        change.make(mortal(page, dying), page, prepared),
        `after call ${call}`,
      ).rejects.toThrow(ProcessDied);
      const { unfinished } = await finishAll(page);
      expect(unfinished).toEqual([]);
      // Nothing was written yet, or all of it happens; asked again, all of it has happened.
      const left = await endOf(page);
      if (!isSameEnd(left, wished)) {
        expect({ ...left, methods: null, audit: null }, `after call ${call}`).toEqual({
          ...untouched,
          methods: null,
          audit: null,
        });
      }
      await change.make(page.account, page, prepared);
      await finishAll(page);
      expect(await endOf(page), `again after call ${call}`).toEqual(wished);
    }
  });
});

const isSameEnd = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
