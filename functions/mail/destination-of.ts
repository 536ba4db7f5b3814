import { type AddressFault, mailableAddress } from '../domain/notice/mail-address.ts';
import { type SuppressionCause, standingSuppression } from '../domain/notice/suppression.ts';
import { personOf } from '../runtime/hash.ts';
import type { Records } from '../runtime/records.ts';

/** Where a mail goes, as SES takes it; or why it goes nowhere. */
export type Destination =
  | { readonly address: string }
  | { readonly fault: AddressFault | SuppressionCause };

/** Asked last before a mail is sent: nothing goes to an address that is suppressed by then. */
export async function destinationOf(
  records: Pick<Records, 'suppression'>,
  email: string,
): Promise<Destination> {
  const mailable = mailableAddress(email);
  if ('fault' in mailable) return mailable;
  const fault = standingSuppression(await records.suppression(personOf(email)));
  return fault === null ? mailable : { fault };
}
