import type { MethodView, OpenCaseView, Role, SetupRole } from '../api/api-types.ts';
import { ExpiryDialog } from '../dialogs/expiry-dialog.tsx';
import { PayDialog } from '../dialogs/pay-dialog.tsx';
import { RemoveDialog } from '../dialogs/remove-dialog.tsx';
import { RolesDialog } from '../dialogs/roles-dialog.tsx';
import { SetUpDialog } from '../dialogs/set-up-dialog.tsx';
import { WithdrawDialog } from '../dialogs/withdraw-dialog.tsx';
import type { Desk } from './desk.ts';

/** What the reader wants to do. */
export type Asked =
  | { readonly to: 'set_up'; readonly role: SetupRole }
  | { readonly to: 'pay'; readonly openCase: OpenCaseView }
  | { readonly to: 'give_role'; readonly method: MethodView; readonly role: Role }
  | { readonly to: 'remove' | 'change_expiry' | 'withdraw'; readonly method: MethodView };

/** Opens a dialog; `null` where the reader may change nothing. */
export type Ask = ((asked: Asked) => void) | null;

export function AskedDialog({ desk, asked }: { readonly desk: Desk; readonly asked: Asked }) {
  switch (asked.to) {
    case 'set_up':
      return <SetUpDialog desk={desk} role={asked.role} />;
    case 'pay':
      return <PayDialog desk={desk} openCase={asked.openCase} />;
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
