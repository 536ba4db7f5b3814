/**
 * Where most people of a country live (tzdata, zone1970.tab), of the countries and states of these
 * worlds.
 */
const zones: Readonly<Record<string, string>> = {
  'AU WA': 'Australia/Perth',
  'BR AM': 'America/Manaus',
  'CA BC': 'America/Vancouver',
  DE: 'Europe/Berlin',
  GB: 'Europe/London',
  IN: 'Asia/Kolkata',
  'US CA': 'America/Los_Angeles',
};

/** @throws for a place that no world has: it is to be added here. */
export function zoneOfPlace(country: string, state: string | null): string {
  const zone = zones[`${country} ${state}`] ?? zones[country];
  if (zone === undefined) throw new RangeError(`The judge knows no time zone of ${country}.`);
  return zone;
}
