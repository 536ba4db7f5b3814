import type { MailState } from '../../functions/account/members.ts';
import type { MethodView } from '../../functions/account/view.ts';
import type { StaffCustomer } from '../../functions/staff-api/show-customer.ts';
import { standingWords } from './commands/standing.ts';
import { listOfCases } from './describe-case.ts';
import { columns, methodName, section, time, words } from './layout.ts';

/** A customer as a page of text. */
export function describeCustomer(shown: StaffCustomer): string {
  const { billing, extension, members, methods, blocks, allCases } = shown;
  const granted =
    extension === null
      ? ''
      : `until ${time(extension.until)}, by ${extension.by}: ${extension.reason}`;
  return [
    `${shown.customer}  ${billing.name ?? 'no name'}  ${billing.email ?? 'no mail address'}`,
    section('Standing', standingWords(shown.standing)),
    section('Payment methods', columns(methods.map((method) => methodRow(method)))),
    section(
      'Blocks',
      columns(
        blocks.map((block) => [
          block.method,
          block.scope === 'card' ? 'the card' : 'until its data change',
          words(block.kind),
          `since ${time(block.since)}`,
        ]),
      ),
    ),
    section('Extension', granted),
    section(
      'Members',
      columns(
        members.map(({ email, name, role, mail }) => [email, role, name ?? '', mailWords(mail)]),
      ),
    ),
    section('Cases', allCases.length === 0 ? '' : listOfCases(allCases)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const mailWords = (mail: MailState): string => (mail === 'ok' ? '' : `mails: ${mail}`);

function methodRow(each: MethodView): readonly string[] {
  const { expMonth, expYear } = each;
  const expiry = expMonth === null || expYear === null ? '' : `${expMonth}/${expYear}`;
  const consent = each.consent === null ? '' : `consent: ${each.consent.source}`;
  return [each.method, each.role ?? 'spare', methodName(each), expiry, words(each.health), consent];
}
