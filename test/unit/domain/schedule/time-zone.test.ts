import { describe, expect, test } from 'vitest';
import { isTimeZone, zoneOf } from '../../../../functions/domain/schedule/time-zone.ts';
import { zoneOfPlace } from '../../../../functions/domain/schedule/zone-of-country.ts';
import type { Place } from '../../../../functions/domain/stripe/stripe-facts.ts';
import { cardFacts, invoiceFactsOf } from '../../../twins/examples.ts';

/** ISO 3166-1 alpha-2, the 249 codes that are officially assigned (iso.org, 2026-01). */
const countries =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS ' +
  'BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE ' +
  'EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM ' +
  'HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC ' +
  'LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA ' +
  'NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO ' +
  'TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

/** ISO 3166-2, the states, provinces, districts and territories of four countries. */
const states: Readonly<Record<string, string>> = {
  US:
    'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM ' +
    'NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR UM VI',
  CA: 'AB BC MB NB NL NS ON PE QC SK NT NU YT',
  AU: 'NSW QLD SA TAS VIC WA ACT NT',
  BR: 'AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO',
};

describe('the table', () => {
  test('knows every country, and a zone that the runtime knows', () => {
    expect(countries.split(' ')).toHaveLength(249);
    for (const country of countries.split(' ')) {
      const zone = zoneOfPlace({ country, state: null });
      expect([country, zone !== null && isTimeZone(zone)]).toEqual([country, true]);
    }
  });

  test.each(Object.entries(states))('knows every state of %s', (country, list) => {
    const zones = list.split(' ').map((state) => zoneOfPlace({ country, state }));
    for (const zone of zones) expect(zone !== null && isTimeZone(zone)).toBe(true);
    expect(new Set(zones).size).toBeGreaterThan(6);
  });

  test.each([
    ['DE', null, 'Europe/Berlin'],
    ['GB', null, 'Europe/London'],
    ['RU', null, 'Europe/Moscow'],
    ['US', null, 'America/New_York'],
    ['US', 'CA', 'America/Los_Angeles'],
    ['US', 'tx', 'America/Chicago'],
    ['US', 'US-HI', 'Pacific/Honolulu'],
    ['US', 'somewhere', 'America/New_York'],
    ['CA', 'SK', 'America/Regina'],
    ['AU', 'WA', 'Australia/Perth'],
    ['BR', 'AM', 'America/Manaus'],
    ['XK', null, 'Europe/Belgrade'],
    ['ZZ', null, null],
    ['', 'CA', null],
    ['constructor', null, null],
  ])('of %s %s says %s', (country, state, zone) => {
    expect(zoneOfPlace({ country, state })).toBe(zone);
  });
});

describe('the customer’s zone', () => {
  const zone = (
    timeZone: string | null,
    lives: Place | null,
    bills: { country: string | null; state: string | null } | null = null,
  ) => {
    const { holder } = invoiceFactsOf();
    const line = { line1: null, line2: null, city: null, postalCode: null };
    const address = bills === null ? null : { ...line, ...bills };
    const primary = cardFacts({ billing: { name: null, address } });
    return zoneOf({ ...holder, timeZone, place: lives }, primary);
  };
  const japan = { country: 'JP', state: null };
  const texas = { country: 'US', state: 'TX' };

  test('is the one in their metadata', () => {
    expect(zone('Asia/Calcutta', japan, texas)).toBe('Asia/Calcutta');
  });

  test.each([
    'Mars/Olympus',
    '+02:00',
    '',
    'nine o’clock',
    'constructor',
    '__proto__',
    'UTC+05:30',
    'call +4930',
    'x+99:00',
    'x'.repeat(10_000),
  ])('unless "%s" is no zone', (word) => {
    expect(zone(word, japan, texas)).toBe('Asia/Tokyo');
  });

  test('may be one that has no place', () => {
    expect(zone('Etc/GMT+10', japan)).toBe('Etc/GMT+10');
  });

  test('else where they live, else where the primary’s bills go, else nowhere', () => {
    expect(zone(null, japan, texas)).toBe('Asia/Tokyo');
    expect(zone(null, null, texas)).toBe('America/Chicago');
    expect(zone(null, { country: 'ZZ', state: null }, texas)).toBe('America/Chicago');
    expect(zone(null, null, { country: null, state: 'TX' })).toBeNull();
    expect(zone(null, null)).toBeNull();
  });
});
