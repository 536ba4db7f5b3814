import type { Customer, Member } from '../domain/customer/customer.ts';
import type { PersonId } from '../domain/customer/person.ts';
import type { Session } from '../domain/sign-in/session.ts';

/** Nobody in particular. */
export interface Anybody {
  readonly kind: 'anybody';
  /** Id of the session whose cookie the browser still has; it may have ended long ago. */
  readonly earlier?: string;
}

/** Somebody who has opened a link that was mailed to them. */
export interface Person {
  readonly kind: 'person';
  readonly person: PersonId;
  readonly session: Session;
}

/** A person who acts for the customer that they chose. */
export interface MemberCaller {
  readonly kind: 'member';
  readonly person: PersonId;
  readonly session: Session;
  readonly member: Member;
  readonly customer: Customer;
}

/** Somebody of the business, or its backend, as IAM names them. */
export interface Staff {
  readonly kind: 'staff';
  /** The ARN of the user or role that signed the request. */
  readonly arn: string;
}

export type Caller = Anybody | Person | MemberCaller | Staff;
