import { describe, expect, test } from 'vitest';
import { hintedCase, type Progress } from '../../../functions/domain/case/dunning-case.ts';
import { customerId, invoiceId } from '../../../functions/domain/ids.ts';
import { dayMs, isoInstant } from '../../../functions/domain/time.ts';
import { type Desk, openDesk } from './fixtures/desk.ts';

const list = 'GET /staff/cases';

interface Page {
  readonly cases: readonly { readonly invoice: string; readonly openedAt: string }[];
  readonly nextCursor: string | null;
}

/** A page; the answer's form is what the test is about. */
async function page(desk: Desk, query: Record<string, string> = {}): Promise<Page> {
  const { status, body } = await desk.ask(list, { query });
  expect(status).toBe(200);
  // Asserted by what is done with it.
  return body as Page;
}

async function all(desk: Desk, query: Record<string, string> = {}): Promise<readonly string[]> {
  const found: string[] = [];
  let next = await page(desk, query);
  for (;;) {
    found.push(...next.cases.map(({ invoice }) => invoice));
    if (next.nextCursor === null) return found;
    next = await page(desk, { ...query, cursor: next.nextCursor });
  }
}

/** Opened that many days ago. */
async function open(desk: Desk, name: string, daysAgo: number, progress?: Progress): Promise<void> {
  const at = desk.clock.now() - daysAgo * dayMs;
  const hinted = hintedCase(customerId('cus_ada'), invoiceId(name), at);
  await desk.account.records.addCase({ ...hinted, ...(progress && { progress }) });
}

describe('the open cases', () => {
  test('are listed oldest first, over all partitions, each once', async () => {
    const desk = await openDesk();
    const names = Array.from({ length: 120 }, (_, n) => `in_${String(n).padStart(3, '0')}`);
    // Ten a day, all at the same moment: the order among those is any, but one.
    for (const [n, name] of names.entries()) await open(desk, name, 100 - Math.floor(n / 10));
    const found = await all(desk);
    expect(found.toSorted()).toEqual(names);
    const days = found.map((name) => Math.floor(names.indexOf(name) / 10));
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    expect(await all(desk)).toEqual(found);
  });

  test('stay in place for who reads on while others come and go', async () => {
    const desk = await openDesk();
    for (let n = 0; n < 60; n += 1) await open(desk, `in_${n}`, 100 - n);
    const first = await page(desk);
    expect(first.cases).toHaveLength(25);
    const closed: Progress = { state: 'closed', endedAt: 1, reason: 'voided' };
    const last = first.cases.at(-1)?.invoice ?? '';
    const stored = await desk.account.records.case(customerId('cus_ada'), invoiceId(last));
    if (stored === null) throw new Error('It was listed.');
    await desk.account.records.saveCase({
      ...stored,
      progress: closed,
      version: stored.version + 1,
    });
    await open(desk, 'in_older', 200);
    const second = await page(desk, { cursor: first.nextCursor ?? '' });
    expect(second.cases.map(({ invoice }) => invoice)).toEqual(
      Array.from({ length: 25 }, (_, n) => `in_${n + 25}`),
    );
  });

  test('are asked for by state and by age; what only a person can mend is among them', async () => {
    const desk = await openDesk();
    const now = desk.clock.now();
    await open(desk, 'in_new', 1);
    await open(desk, 'in_old', 30);
    await open(desk, 'in_spent', 20, { state: 'exhausted', endedAt: now });
    await open(desk, 'in_paid', 40, { state: 'recovered', endedAt: now, role: 'primary' });
    await open(desk, 'in_closed', 50, { state: 'closed', endedAt: now, reason: 'voided' });
    expect(await all(desk)).toEqual(['in_old', 'in_spent', 'in_new']);
    expect(await all(desk, { state: 'exhausted' })).toEqual(['in_spent']);
    expect(await all(desk, { olderThanDays: '7' })).toEqual(['in_old', 'in_spent']);
    expect(await all(desk, { olderThanDays: '25', state: 'due' })).toEqual(['in_old']);
    const [oldest] = (await page(desk)).cases;
    expect(oldest).toMatchObject({
      customer: 'cus_ada',
      state: 'due',
      openedAt: isoInstant(now - 30 * dayMs),
      hold: null,
      paymentUnderWay: null,
    });
  });

  test('read from a cursor of an earlier question begin behind its end, without a fault', async () => {
    const desk = await openDesk();
    for (let n = 0; n < 60; n += 1) await open(desk, `in_${n}`, 100 - n);
    const { nextCursor } = await page(desk);
    expect((await page(desk, { cursor: nextCursor ?? '', olderThanDays: '99' })).cases).toEqual([]);
  });
});

test.each([
  { state: 'recovered' },
  { olderThanDays: '-1' },
  { olderThanDays: 'x' },
  { cursor: 'x' },
  { cursor: Buffer.from('[null]').toString('base64url') },
])('%j is refused', async (query) => {
  const desk = await openDesk();
  expect(await desk.ask(list, { query })).toMatchObject({ status: 400 });
});
