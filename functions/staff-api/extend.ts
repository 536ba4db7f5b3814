import { changeCustomer } from '../account/change-customer.ts';
import { ensureCustomer } from '../account/ensure-customer.ts';
import { actorOf } from '../api/actor.ts';
import { type Answer, refuse } from '../api/answer.ts';
import type { Staff } from '../api/caller.ts';
import type { Customer, Extension } from '../domain/customer/customer.ts';
import type { CustomerId } from '../domain/ids.ts';
import { type Instant, isoInstant } from '../domain/time.ts';
import { noSuchCustomer } from './audit-log.ts';
import type { StaffDependencies } from './dependencies.ts';
import { refuseUntil } from './refuse-until.ts';

/** Access for a while, whatever is unpaid. */
export interface ExtensionView {
  readonly customer: string;
  /** `null` where there is none. */
  readonly extension: {
    readonly until: string;
    readonly reason: string;
    /** The ARN of who granted it. */
    readonly by: string;
    readonly grantedAt: string;
  } | null;
  readonly version: number;
}

/** Grants an extension, or makes the one that stands longer or shorter. */
export async function extend(
  dependencies: StaffDependencies,
  caller: Staff,
  customer: CustomerId,
  { until, reason }: { readonly until: Instant; readonly reason: string },
): Promise<Answer> {
  const now = dependencies.clock.now();
  const refused = refuseUntil(until, now);
  if (refused !== null) return refuse(refused);
  if ((await ensureCustomer(dependencies, customer)) === null) return refuse(noSuchCustomer);
  const wish = { customer, by: actorOf(caller), version: null };
  const changed = await changeCustomer(dependencies, wish, ({ extension }) => {
    if (extension?.until === until && extension.reason === reason) return 'as_wished';
    const granted: Extension = { until, reason, by: caller.arn, grantedAt: now };
    return changeTo(extension, granted, reason);
  });
  return 'problem' in changed ? changed : { status: 200, body: viewOf(changed.customer) };
}

/** Ends an extension before its time. */
export async function endExtension(
  dependencies: StaffDependencies,
  caller: Staff,
  customer: CustomerId,
  reason: string,
): Promise<Answer> {
  const wish = { customer, by: actorOf(caller), version: null };
  const changed = await changeCustomer(dependencies, wish, ({ extension }) =>
    extension === null ? 'as_wished' : changeTo(extension, null, reason),
  );
  return 'problem' in changed ? changed : { status: 200, body: viewOf(changed.customer) };
}

const changeTo = (from: Extension | null, to: Extension | null, reason: string) => ({
  change: { extension: to },
  unfinished: [],
  audit: [
    {
      what: to === null ? ('extension_ended' as const) : ('extension_granted' as const),
      about: null,
      from: summary(from),
      to: summary(to),
      reason,
    },
  ],
});

const summary = (extension: Extension | null) =>
  extension === null ? null : { until: isoInstant(extension.until), reason: extension.reason };

const viewOf = ({ customer, extension, version }: Customer): ExtensionView => ({
  customer,
  extension: viewExtension(extension),
  version,
});

export const viewExtension = (extension: Extension | null): ExtensionView['extension'] =>
  extension && {
    until: isoInstant(extension.until),
    reason: extension.reason,
    by: extension.by,
    grantedAt: isoInstant(extension.grantedAt),
  };
