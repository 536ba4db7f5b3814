import type { CaseRecord, HistoryLine } from '../../../functions/staff-api/case-record.ts';
import type { CaseList } from '../../../functions/staff-api/list-cases.ts';
import {
  type Command,
  customer,
  customerOf,
  type Given,
  invoice,
  isSet,
  momentOf,
  need,
  reason,
  type Shown,
  text,
  until,
} from '../command.ts';
import type { Desk } from '../connect-desk.ts';
import { describeCase, describeTrace, listOfCases } from '../describe-case.ts';
import { time } from '../layout.ts';

export const cases: Command = {
  summary: 'list the open cases, oldest first',
  options: {
    state: { value: 'STATE', says: 'due, waiting, action_required, processing or exhausted' },
    troubles: { value: null, says: 'only those whose payment is disputed, reversed or warned of' },
    'older-than': { value: 'DAYS', says: 'only those opened that many days ago or more' },
    all: { value: null, says: 'every page, not the first alone' },
  },
  async run({ api }, given) {
    const found: CaseRecord[] = [];
    let cursor: string | undefined;
    do {
      const query = {
        state: text(given, 'state'),
        olderThanDays: text(given, 'older-than'),
        troubles: isSet(given, 'troubles') ? 'true' : undefined,
        cursor,
      };
      const page = await api.ask<CaseList>({ method: 'GET', path: ['cases'], query });
      found.push(...page.cases);
      cursor = page.nextCursor ?? undefined;
      // A page of which nothing fits is no end.
    } while (cursor !== undefined && (isSet(given, 'all') || found.length === 0));
    const more = cursor === undefined ? '' : '\nThere are more: --all lists them.';
    const none = 'No case is open like that.';
    return { json: found, text: found.length === 0 ? none : `${listOfCases(found)}${more}` };
  },
};

const ofCase = { customer, invoice };

export const trace: Command = {
  summary: 'a case with all that was decided, and by which rule',
  options: ofCase,
  async run(desk, given) {
    const shown = await desk.api.ask<CaseRecord & { readonly history: readonly HistoryLine[] }>({
      method: 'GET',
      path: pathOf(desk, given),
    });
    return { json: shown, text: `${describeCase(shown)}\n${describeTrace(shown.history)}` };
  },
};

export const retry: Command = {
  summary: 'try the invoice again now',
  options: ofCase,
  notes:
    'Primary, then secondary, even where a refusal had ended automatic tries of this invoice. A\nblocked card, a missing consent, the caps, a hold and the stopped switch are not overridden.',
  run: (desk, given) => act(desk, given, 'retry', undefined, () => 'It is tried again now.'),
};

export const hold: Command = {
  summary: 'charge nothing for the invoice for a while',
  options: { ...ofCase, until, reason },
  notes: 'The same command with another time makes a hold longer or shorter; release ends it.',
  run(desk, given) {
    const body = { until: momentOf(given), reason: need(given, 'reason') };
    return act(desk, given, 'hold', body, ({ paymentUnderWay }) =>
      paymentUnderWay === null
        ? 'Nothing is charged for it until then.'
        : `The payment that was started ${time(paymentUnderWay.startedAt)} may still complete; after it nothing is charged.`,
    );
  },
};

export const release: Command = {
  summary: 'end a hold',
  options: { ...ofCase, reason },
  run: (desk, given) =>
    act(desk, given, 'release', because(given), () => 'It is tried when it is due.'),
};

export const handBack: Command = {
  summary: 'give the invoice back to Stripe and close the case',
  options: { ...ofCase, reason },
  notes:
    "Stripe's own retries are switched on again: within 15 minutes of having taken the invoice\nover it waits until that request can have no effect any more.",
  run: (desk, given) =>
    act(desk, given, 'hand-back', because(given), ({ handBackAt }) =>
      handBackAt === null
        ? 'Stripe collects it from now on.'
        : `It is handed back to Stripe at ${time(handBackAt)}.`,
    ),
};

export const close: Command = {
  summary: 'end the case; the invoice stays at Stripe as it is',
  options: { ...ofCase, reason },
  notes: 'Nobody collects the invoice then. hand-back still gives it to Stripe later.',
  run: (desk, given) =>
    act(desk, given, 'close', because(given), ({ collectedByUs }) =>
      collectedByUs
        ? 'The invoice stays open at Stripe, whose own retries of it are off: nobody collects it. hand-back gives it to Stripe.'
        : "The invoice stays at Stripe as it is, with Stripe's own retries.",
    ),
};

export const acknowledge: Command = {
  summary: 'a dispute, a warning of fraud or a returned debit is dealt with',
  options: { ...ofCase, reason },
  notes: 'What was blocked because of it stays so: unblock lifts that.',
  run: (desk, given) =>
    act(desk, given, 'acknowledge', because(given), () => 'Nobody has to look at it any more.'),
};

const pathOf = (desk: Desk, given: Given) => [
  'customers',
  customerOf(desk, given),
  'cases',
  need(given, 'invoice'),
];

const because = (given: Given) => ({ reason: need(given, 'reason') });

async function act(
  desk: Desk,
  given: Given,
  action: string,
  body: object | undefined,
  say: (record: CaseRecord) => string,
): Promise<Shown> {
  const path = [...pathOf(desk, given), action];
  const call = { method: 'POST' as const, path, ...(body !== undefined && { body }) };
  const record = await desk.api.ask<CaseRecord>(call);
  return { json: record, text: `${describeCase(record)}\n${say(record)}` };
}
