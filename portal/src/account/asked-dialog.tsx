import type { MethodView, OpenCaseView, Role, SetupRole } from '../api/api-types.ts';
import { AskedBillingDialog, type AskedOfBilling } from '../billing/asked-of-billing.tsx';
import { ExpiryDialog } from '../dialogs/expiry-dialog.tsx';
import { PayDialog } from '../dialogs/pay-dialog.tsx';
import { RemoveDialog } from '../dialogs/remove-dialog.tsx';
import { RolesDialog } from '../dialogs/roles-dialog.tsx';
import { SetUpDialog } from '../dialogs/set-up-dialog.tsx';
import { WithdrawDialog } from '../dialogs/withdraw-dialog.tsx';
import { type AskedOfPeople, PeopleDialog } from '../people/asked-of-people.tsx';
import type { Desk } from './desk.ts';

/** What the reader wants to do. */
export type Asked =
  | AskedOfBilling
  | AskedOfPeople
  | { readonly to: 'set_up'; readonly role: SetupRole }
  | { readonly to: 'pay'; readonly openCase: OpenCaseView }
  | { readonly to: 'give_role'; readonly method: MethodView; readonly role: Role }
  | { readonly to: 'remove' | 'change_expiry' | 'withdraw'; readonly method: MethodView };

/** Opens a dialog; `null` where the reader may change nothing. */
export type Ask = ((asked: Asked) => void) | null;

export function AskedDialog({
  desk,
  asked,
  ask,
}: {
  readonly desk: Desk;
  readonly asked: Asked;
  readonly ask: NonNullable<Ask>;
}) {
  switch (asked.to) {
    case 'change_billing':
    case 'add_tax_id':
    case 'remove_tax_id':
      return <AskedBillingDialog desk={desk} asked={asked} />;
    case 'invite':
    case 'change_member':
    case 'remove_member':
      return <PeopleDialog desk={desk} asked={asked} />;
    case 'set_up':
      return <SetUpDialog desk={desk} role={asked.role} />;
    case 'pay':
      return (
        <PayDialog
          desk={desk}
          openCase={asked.openCase}
          onNew={() => ask({ to: 'set_up', role: 'primary' })}
        />
      );
    case 'give_role':
      return <RolesDialog desk={desk} method={asked.method} role={asked.role} />;
    case 'remove':
      return <RemoveDialog desk={desk} method={asked.method} />;
    case 'change_expiry':
      return <ExpiryDialog desk={desk} method={asked.method} />;
    case 'withdraw':
      return <WithdrawDialog desk={desk} method={asked.method} />;
  }
}
