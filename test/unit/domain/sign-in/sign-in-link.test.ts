import { expect, test } from 'vitest';
import { personId } from '../../../../functions/domain/customer/person.ts';
import {
  consumeLink,
  createLink,
  linkExpiresAt,
  linkMs,
  linkUrl,
} from '../../../../functions/domain/sign-in/sign-in-link.ts';
import { minuteMs } from '../../../../functions/domain/time.ts';
import { noon } from '../../../twins/examples.ts';

const person = personId('0'.repeat(32));
const link = createLink({ id: 'a', person, customer: null, returnUrl: null }, noon);

test('a link is good for ten minutes', () => {
  expect(linkMs).toBe(10 * minuteMs);
  expect(linkExpiresAt(link)).toBe(noon + linkMs);
  expect(consumeLink(link, noon + linkMs - 1)).toEqual({
    ...link,
    usedAt: noon + linkMs - 1,
    version: 2,
  });
  expect(consumeLink(link, noon + linkMs)).toBeNull();
});

test('a link is used once', () => {
  const used = consumeLink(link, noon);
  expect(used).not.toBeNull();
  expect(used === null ? null : consumeLink(used, noon)).toBeNull();
});

test('its token stands where no server sees it', () => {
  const url = new URL(linkUrl('https://billing.example.com', 'secret'));
  expect(url.hash).toContain('secret');
  expect(`${url.pathname}${url.search}`).toBe('/');
});
