import type { Actor } from '../domain/audit.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { MemberCaller, Staff } from './caller.ts';

/** Somebody who may change things for a customer, once they were let in. */
export type Changer = MemberCaller | Staff;

/** The caller as the audit log names them. */
export const actorOf = (caller: Changer): Actor =>
  caller.kind === 'staff'
    ? { kind: 'staff', arn: caller.arn }
    : { kind: 'member', email: caller.member.email };

/** For whom a member acts; staff name the customer in the path. */
export const customerOfMember = (caller: MemberCaller): CustomerId => caller.customer.customer;
