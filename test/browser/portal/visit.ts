import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import * as z from 'zod';
import { askStaff } from '../../journey/doors.ts';
import type { TestCustomer, World } from '../../journey/world.ts';
import { type OpenPage, openPage, type Screen, watchPage } from '../open-page.ts';
import { bringAxe, inspectPage } from './inspect-page.ts';

/** Somebody at the customer's page, and what they find there by the names that are read out. */
export interface Visit {
  readonly page: Page;
  readonly primary: Locator;
  readonly secondary: Locator;
  readonly others: Locator;
  /** What is open. */
  readonly banner: Locator;
  /** How the last change went. */
  readonly status: Locator;
  readonly dialog: Locator;
  /** Stripe's fields for a card. */
  readonly fields: FrameLocator;
  /** The bank's page. */
  readonly bank: FrameLocator;
  /** Looks at the page as it stands, on the narrowest screen, by day and by night. */
  inspect(): Promise<void>;
  /** Another tab of the same browser, at the same page. */
  anotherTab(): Promise<Visit>;
  /**
   * Nothing went wrong but this.
   * @param caused Of each failed request that the story wants: its path and its status.
   */
  expectNoComplaint(...caused: readonly string[]): void;
}

export interface VisitOptions {
  readonly screen?: Screen;
  /** BCP 47 tag; `null` for a browser that names no usable one. */
  readonly locale?: string | null;
}

export const phone: Screen = { width: 320, scheme: 'light' };

/** Somebody who is not at the page yet. */
export async function visitAt(
  browser: Browser,
  { screen = phone, locale = 'en-US' }: VisitOptions = {},
): Promise<Visit> {
  return visitOf(await openPage(browser, screen, locale ?? undefined));
}

async function visitOf({ page, complaints }: OpenPage): Promise<Visit> {
  await bringAxe(page);
  // A story that goes wrong says so long before its test's own time is over.
  page.setDefaultTimeout(15_000);
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  return {
    page,
    primary: region('Primary payment method'),
    secondary: region('Secondary payment method'),
    others: region('Other payment methods'),
    banner: region('What is open'),
    status: page.getByRole('status'),
    dialog: page.getByRole('dialog'),
    fields: page.frameLocator('iframe[title="Secure payment input frame"]'),
    bank: page.frameLocator('iframe[title="3D Secure"]'),
    inspect: () => inspectPage(page),
    async anotherTab() {
      const other = await visitOf(watchPage(await page.context().newPage()));
      await other.page.goto(page.url());
      return other;
    },
    expectNoComplaint(...caused) {
      expect(complaints().filter((each) => !isToldOf(each, caused))).toEqual([]);
      for (const each of caused) expect(complaints()).toContainEqual(expect.stringContaining(each));
    },
  };
}

/** A request that fails is told of twice: by itself, and by the browser on the console. */
const isToldOf = (complaint: string, caused: readonly string[]): boolean =>
  caused.some(
    (each) =>
      complaint.includes(each) ||
      complaint === consoleLine(each.split(' ').at(-1) ?? '') ||
      (each.endsWith(' failed') && complaint.startsWith('Failed to load resource: net::')),
  );

const phrases: Readonly<Record<string, string>> = {
  '400': 'Bad Request',
  '401': 'Unauthorized',
  '403': 'Forbidden',
  '409': 'Conflict',
  '410': 'Gone',
  '402': 'Payment Required',
  '429': 'Too Many Requests',
  '503': 'Service Unavailable',
};

const consoleLine = (status: string): string =>
  `Failed to load resource: the server responded with a status of ${status} (${phrases[status]})`;

const link = z.object({ url: z.string() });

/** Signs a customer in with a link of the business, and waits for their page. */
export async function signIn(
  visit: Visit,
  world: World,
  { customer, email }: Pick<TestCustomer, 'customer' | 'email'>,
): Promise<void> {
  const { body } = await askStaff(world, 'POST /staff/customers/{customer}/portal-sessions', {
    path: { customer },
    body: { member: email },
  });
  await visit.page.goto(link.parse(body).url);
  await visit.primary.waitFor();
}

export const button = (within: Page | Locator | FrameLocator, name: string): Locator =>
  within.getByRole('button', { name, exact: true });

/** Uses a control as one does without a mouse. */
export async function press(control: Locator): Promise<void> {
  await control.focus();
  await control.press('Enter');
}

/** Fills in a card as a person does. */
export async function typeCard({ fields }: Visit, number: string): Promise<void> {
  await fields.getByLabel('Card number').pressSequentially(number);
  await fields.getByLabel('Expiration date').pressSequentially('1234');
  await fields.getByLabel('Security code').fill('123');
  await fields.getByLabel('ZIP code').fill('94107');
}

/** Resolves once the text says so; the page says it by itself, without being loaded anew. */
export const says = (place: Locator, text: string | RegExp): Promise<void> =>
  place.filter({ hasText: text }).waitFor();

/** Resolves once the section of a method looks so. */
export const looks = (
  section: Locator,
  state: 'ok' | 'refused' | 'expired' | 'empty',
): Promise<void> => section.and(section.page().locator(`[data-state="${state}"]`)).waitFor();

/** The status line stands on the screen as it is scrolled now. */
export const isSeen = (status: Locator): Promise<void> =>
  expect
    .poll(() =>
      status.page().evaluate<boolean>(`(() => {
        const { top, bottom } = document.querySelector('[role="status"]').getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      })()`),
    )
    .toBe(true);
