import { html } from './html.ts';

/** Names as programs write them, for people: `past_due` becomes `past due`. */
export const words = (name: string) => name.replaceAll('_', ' ');
export const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The last second that a date of four digits can say; the API takes later ones too. */
const lastSecond = 253_402_300_799;

/** `2026-11-22 03:33 UTC`. @param seconds epoch seconds, UTC. */
export function timeText(seconds: number): string {
  if (!(seconds <= lastSecond)) return 'after the year 9999';
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** @param seconds epoch seconds, UTC. */
export const timeOf = (seconds: number) => html`<time>${timeText(seconds)}</time>`;

const units: readonly (readonly [name: string, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A length of time in its two largest units: `2 days 3 hours`. */
export function lengthOf(seconds: number): string {
  const parts: string[] = [];
  let left = Math.round(seconds);
  for (const [name, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? 'less than a minute' : parts.slice(0, 2).join(' ');
}

export type TagKind = 'good' | 'bad' | 'wait' | 'calm';

export const tag = (kind: TagKind, text: string) => html`<span class="tag ${kind}">${text}</span>`;
