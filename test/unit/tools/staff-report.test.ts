import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { paymentMethodId } from '../../../functions/domain/ids.ts';
import type { ObservationRecord } from '../../../functions/staff-api/observation-record.ts';
import { readCases } from '../../../tools/policy/cases/cases-file.ts';
import { describeReport } from '../../../tools/staff/report/describe-report.ts';
import { exportCases } from '../../../tools/staff/report/export-cases.ts';
import { summarize } from '../../../tools/staff/report/summarize.ts';
import { openDesk, openRenewal } from '../staff-api/fixtures/desk.ts';
import { openShell } from '../staff-api/fixtures/staff-http.ts';

const nothingYet = 'Nothing was observed yet: only failures under "mode": "observe" are in here.';

const codes = {
  code: 'card_declined',
  declineCode: 'insufficient_funds',
  adviceCode: null,
  networkAdviceCode: null,
  networkDeclineCode: '51',
};
const method = {
  method: paymentMethodId('pm_1'),
  type: 'card',
  brand: 'visa',
  expMonth: 5,
  expYear: 2027,
  card: 'fp_of_the_primary',
};
const secondary = {
  ...method,
  method: paymentMethodId('pm_2'),
  card: 'fp_of_the_backup',
  consented: true,
};
const primaryTry = { role: 'primary', method: method.method } as const;
const backupTry = { role: 'secondary', method: secondary.method } as const;

function observation(change: Partial<ObservationRecord> = {}): ObservationRecord {
  return {
    customer: 'cus_ada',
    invoice: 'in_1',
    state: 'waiting',
    closeReason: null,
    failedAt: '2026-11-01T06:00:00.000Z',
    amount: { amount: 2900, currency: 'usd' },
    refusal: codes,
    timeZone: 'Europe/Berlin',
    place: { country: 'US', state: 'CA' },
    fallback: null,
    primary: method,
    secondary,
    passes: [
      {
        at: '2026-11-03T06:00:00.000Z',
        tries: [primaryTry, backupTry],
        fallbackAt: null,
        nextPassAt: '2026-11-05T09:00:00.000Z',
      },
    ],
    later: [],
    paidAt: null,
    onlyObserved: true,
    ...change,
  };
}

const paidByStripe = observation({
  invoice: 'in_2',
  state: 'closed',
  closeReason: 'paid_elsewhere',
  failedAt: '2026-11-02T06:00:00.000Z',
  secondary: null,
  passes: [{ at: '2026-11-02T06:01:00.000Z', tries: [], fallbackAt: null, nextPassAt: null }],
  later: [
    { at: '2026-11-04T09:00:00.000Z', role: 'primary', paid: false, refusal: codes },
    { at: '2026-11-06T09:00:00.000Z', role: 'primary', paid: true, refusal: null },
  ],
  paidAt: '2026-11-06T09:00:00.000Z',
});
const paidByHand = observation({
  invoice: 'in_3',
  amount: { amount: 1000, currency: 'eur' },
  state: 'closed',
  closeReason: 'paid_elsewhere',
  refusal: { ...codes, declineCode: 'lost_card' },
  passes: [
    {
      at: '2026-11-01T06:01:00.000Z',
      tries: [],
      fallbackAt: '2026-11-02T06:00:00.000Z',
      nextPassAt: null,
    },
  ],
  later: [{ at: '2026-11-02T10:00:00.000Z', role: 'other', paid: true, refusal: null }],
  paidAt: '2026-11-02T10:00:00.000Z',
});
const voided = observation({
  invoice: 'in_4',
  state: 'closed',
  closeReason: 'voided',
  refusal: null,
  passes: [
    { at: '2026-11-01T06:00:00.000Z', tries: [backupTry], fallbackAt: null, nextPassAt: null },
  ],
});
const takenOver = observation({ invoice: 'in_5', onlyObserved: false, state: 'recovered' });
const all = [observation(), paidByStripe, paidByHand, voided, takenOver];

describe('the summary', () => {
  test('counts what was seen, by money and by refusal', () => {
    expect(summarize(all)).toEqual({
      failures: {
        count: 4,
        amounts: [
          { currency: 'eur', amount: 1000 },
          { currency: 'usd', amount: 8700 },
        ],
      },
      between: ['2026-11-01T06:00:00.000Z', '2026-11-02T06:00:00.000Z'],
      takenOver: 1,
      byCode: [
        { code: 'insufficient_funds', failures: 2, paidWithoutUs: 1 },
        { code: 'lost_card', failures: 1, paidWithoutUs: 1 },
        { code: 'not known', failures: 1, paidWithoutUs: 0 },
      ],
      first: { primary: 1, secondary: 1, waits: 1, nothing: 1 },
      tries: { primary: 1, secondary: 2 },
      paidWithoutUs: {
        count: 2,
        amounts: [
          { currency: 'eur', amount: 1000 },
          { currency: 'usd', amount: 2900 },
        ],
      },
      paidByPrimary: 1,
      openStill: { count: 1, amounts: [{ currency: 'usd', amount: 2900 }] },
      endedUnpaid: { count: 1, amounts: [{ currency: 'usd', amount: 2900 }] },
      unpaidWithBackup: { count: 2, amounts: [{ currency: 'usd', amount: 5800 }] },
      // Two days for one, at once for the other.
      daysToBackup: 1,
    });
  });

  test('is told in words, and estimates nothing', () => {
    const told = describeReport(summarize(all));
    expect(told).toContain('4 failed invoices were observed, €10.00, $87.00');
    expect(told).toContain('1 more was taken over since, and counts nowhere here.');
    expect(told).toMatch(/the backup at once +1 \(25\.0 %\)/);
    expect(told).toMatch(/insufficient funds +2 +1 \(50\.0 %\)/);
    expect(told).not.toContain('would have recovered');
    expect(describeReport(summarize([]))).toBe(nothingYet);
  });
});

describe('the export', () => {
  test('is read by npm run policy, and names nobody', () => {
    const lines = exportCases(all);
    for (const id of ['cus_', 'in_', 'pm_', 'fp_']) expect(lines).not.toContain(id);
    const cases = readCases(lines, 'observed.jsonl');
    expect(cases).toHaveLength(4);
    expect(cases[0]).toMatchObject({
      at: '2026-11-01T06:00:00.000Z',
      amount: 2900,
      currency: 'usd',
      country: 'US',
      state: 'CA',
      timeZone: 'Europe/Berlin',
      primary: { type: 'card', brand: 'visa', expMonth: 5, expYear: 2027, card: 'c1' },
      refusal: { declineCode: 'insufficient_funds', networkDeclineCode: '51' },
      secondary: { consented: true, card: 'c2' },
      later: { tries: [] },
    });
    expect(cases[1]).toMatchObject({
      primary: { card: 'c1' },
      secondary: null,
      later: {
        tries: [
          { at: '2026-11-04T09:00:00.000Z', role: 'primary', paid: false },
          { at: '2026-11-06T09:00:00.000Z', role: 'primary', paid: true },
        ],
      },
    });
    expect(cases[2]?.later).toEqual({ tries: [], customerPaidAt: '2026-11-02T10:00:00.000Z' });
    expect(cases[3]).toMatchObject({ refusal: null });
  });

  test('leaves out what a business wrote that is no zone, no country and no code', () => {
    const odd = observation({
      timeZone: 'Ada lives in Berlin',
      place: { country: 'Germany', state: 'Berlin' },
      refusal: { ...codes, declineCode: 'not a code' },
    });
    const [read] = readCases(exportCases([odd]), 'observed.jsonl');
    expect(read).not.toHaveProperty('timeZone');
    expect(read).not.toHaveProperty('country');
    expect(read?.refusal?.declineCode).toBeNull();
  });
});

describe('npm run staff -- report', () => {
  async function open() {
    const desk = await openDesk({ mode: 'observe' });
    const ada = await openRenewal(desk);
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return { desk, folder, staff: await openShell(desk, ada) };
  }

  test('says so where nothing was observed', async () => {
    const { staff } = await open();
    expect(await staff('report')).toMatchObject({ code: 0, output: nothingYet });
  });

  test('reports, writes the file and simulates a policy on it', async () => {
    const { desk, folder, staff } = await open();
    await desk.work();
    const plain = await staff('report');
    expect(plain.output).toContain('1 failed invoice was observed, $29.00');
    expect(plain.output).toContain('report --policy cdk.json simulates it');

    const file = join(folder, 'observed.jsonl');
    const policy = join(folder, 'policy.json');
    writeFileSync(policy, '{"retryAfterDays": [2, 4]}');
    const ran = await staff('report', '--export', file, '--policy', policy);
    expect(ran.problems).toBe('');
    expect(readCases(readFileSync(file, 'utf8'), file)).toHaveLength(1);
    const figures = ran.output.split('\n').filter((line) => /^simulated /i.test(line));
    expect(figures.length).toBeGreaterThan(3);

    const json = await staff('report', '--json');
    expect(JSON.parse(json.output)).toMatchObject({ failures: { count: 1 }, takenOver: 0 });
  });

  test('says what is wrong with a file', async () => {
    const { desk, folder, staff } = await open();
    await desk.work();
    const nowhere = join(folder, 'no', 'such', 'place');
    expect((await staff('report', '--export', nowhere)).problems).toContain('cannot be written');
    expect((await staff('report', '--policy', nowhere)).problems).toContain('cannot be read');
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, '{"retryAfterDays": [0]}');
    expect((await staff('report', '--policy', bad)).problems).toContain('retryAfterDays');
  });
});
