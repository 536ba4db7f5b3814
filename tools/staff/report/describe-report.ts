import { formatMoney } from '../../../functions/domain/money.ts';
import { columns, count, section, time, words } from '../layout.ts';
import type { Summary, Tally } from './summarize.ts';

/** The report for people. What is counted was seen; nothing here is an estimate. */
export function describeReport(summary: Summary): string {
  const { failures, between, takenOver } = summary;
  if (between === null) {
    return `Nothing was observed yet: only failures under "mode": "observe" are in here.${takenOverSince(takenOver)}`;
  }
  const [from, until] = between;
  return [
    `${count(failures.count, 'failed invoice was', 'failed invoices were')} observed, ${money(failures)}, from ${time(from)} to ${time(until)}.${takenOverSince(takenOver)}`,
    section('What would have been tried', columns(wouldHaveTried(summary))),
    section('What came of them without Backstop', columns(withoutUs(summary))),
    section(
      'By refusal',
      columns([
        ['CODE', 'FAILED', 'PAID WITHOUT BACKSTOP'],
        ...summary.byCode.map((line) => [
          words(line.code),
          String(line.failures),
          share(line.paidWithoutUs, line.failures),
        ]),
      ]),
    ),
  ].join('\n');
}

function wouldHaveTried({ first, tries, failures, daysToBackup }: Summary) {
  const of = (number: number) => share(number, failures.count);
  return [
    ['the refused method once more at once', of(first.primary)],
    ['the backup at once', of(first.secondary)],
    ['the backup later, by the policy', of(first.waits)],
    ['nothing before the next time of the schedule', of(first.nothing)],
    ['tries of the refused method, all passes', String(tries.primary)],
    ['tries of the backup, all passes', String(tries.secondary)],
    ['median days until the backup is tried', daysToBackup?.toFixed(1) ?? '-'],
  ];
}

function withoutUs(summary: Summary) {
  const { failures, paidWithoutUs, paidByPrimary, openStill, endedUnpaid } = summary;
  const line = (name: string, tally: Tally) => [
    name,
    share(tally.count, failures.count),
    money(tally),
  ];
  return [
    line('paid', paidWithoutUs),
    ['  of these with the refused method', share(paidByPrimary, paidWithoutUs.count), ''],
    line('open still', openStill),
    line('ended unpaid', endedUnpaid),
    line('unpaid, with a usable backup that was agreed to', summary.unpaidWithBackup),
  ];
}

const takenOverSince = (number: number): string =>
  number === 0
    ? ''
    : ` ${count(number, 'more was', 'more were')} taken over since, and ${number === 1 ? 'counts' : 'count'} nowhere here.`;

const share = (number: number, of: number): string =>
  of === 0 ? String(number) : `${number} (${((100 * number) / of).toFixed(1)} %)`;

const money = ({ amounts }: Tally): string =>
  amounts.map((each) => formatMoney(each, 'en-US')).join(', ');
