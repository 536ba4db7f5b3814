import type { Address } from '../api/api-types.ts';

type Part = Exclude<keyof Address, 'country'>;

const street = ['line1', 'line2'];

/**
 * The lines of an address, each part with what stands before it: as most countries of the world
 * write them, and below the most frequent ones that do it otherwise.
 */
const usual = [...street, 'postalCode city', 'state'];

const patterns: readonly (readonly [countries: string, lines: readonly string[]])[] = [
  ['US PR GU VI AS MP', [...street, 'city, state postalCode']],
  ['CA AU', [...street, 'city state postalCode']],
  ['NZ SG ZA TH VN ID', [...street, 'city postalCode', 'state']],
  ['IN PK BD LK NP', [...street, 'city - postalCode', 'state']],
  ['GB IE GG JE IM GI KE UA RU KZ', [...street, 'city', 'state', 'postalCode']],
  ['BR', [...street, 'city - state', 'postalCode']],
  ['IT', [...street, 'postalCode city state']],
  ['MX', [...street, 'postalCode city, state']],
  ['TR', [...street, 'postalCode city/state']],
  ['HU', ['city', ...street, 'postalCode', 'state']],
  ['KR', [...street, 'city, state postalCode']],
  ['CN TW', [...street, 'city, state postalCode']],
  ['JP', [...street, 'city, state postalCode']],
];

const linesOf = (country: string | null): readonly string[] =>
  patterns.find(([countries]) => country !== null && countries.split(' ').includes(country))?.[1] ??
  usual;

/** An address in the lines of its country, without the country; what is missing leaves no gap. */
export function postalLines(address: Address): readonly string[] {
  return linesOf(address.country)
    .map((line) => fill(line, address))
    .filter((line) => line !== '');
}

/** What stands between two parts is written where both are there. */
function fill(line: string, address: Address): string {
  let filled = '';
  for (const [, before = '', name] of line.matchAll(/(\W*)(\w+)/g)) {
    // The patterns above name parts of an address and nothing else.
    const value = address[name as Part];
    if (value !== null) filled += filled === '' ? value : `${before}${value}`;
  }
  return filled;
}
