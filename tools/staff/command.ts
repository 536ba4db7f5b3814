import { StartRefusal } from '../../local/start/options.ts';
import type { Desk } from './connect-desk.ts';

/** What a command shows: as text for people, or as the API's own JSON. */
export interface Shown {
  readonly text: string;
  readonly json: unknown;
}

/** An option of a command: what to write behind it, and what it is for. A flag takes nothing. */
export interface Option {
  readonly value: string | null;
  readonly says: string;
  readonly required?: boolean;
}

export interface Command {
  readonly summary: string;
  /** One word that may follow the command's name. */
  readonly argument?: string;
  readonly options: Readonly<Record<string, Option>>;
  /** What is worth knowing before it is done. */
  readonly notes?: string;
  run(desk: Desk, given: Given): Promise<Shown>;
}

/** What was typed behind the command. */
export interface Given {
  readonly argument: string | undefined;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** @throws {StartRefusal} naming what is missing. */
export function need(given: Given, name: string): string {
  const value = text(given, name);
  if (value !== undefined) return value;
  throw new StartRefusal(`This command needs --${name}.`);
}

export function text({ values }: Given, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const isSet = ({ values }: Given, name: string): boolean => values[name] === true;

/** @throws {StartRefusal} where none is named and there is no demo. */
export function customerOf(desk: Desk, given: Given): string {
  const named = text(given, 'customer') ?? desk.demoCustomer;
  if (named !== undefined) return named;
  throw new StartRefusal('This command needs --customer.');
}

/** The options that several commands share. */
export const customer: Option = { value: 'CUS', says: "Stripe's id of the customer" };
export const invoice: Option = { value: 'IN', says: "Stripe's id of the invoice", required: true };
export const method: Option = { value: 'PM', says: "Stripe's id of the method", required: true };
export const reason: Option = { value: 'TEXT', says: 'why; it is audited', required: true };
export const until: Option = {
  value: 'TIME',
  says: 'until when: 2026-12-24T18:00:00Z, or a day, until its end in UTC',
  required: true,
};

/** A day is meant until its end. */
export const momentOf = (given: Given): string => {
  const typed = need(given, 'until');
  return /^\d{4}-\d\d-\d\d$/.test(typed) ? `${typed}T23:59:59Z` : typed;
};
