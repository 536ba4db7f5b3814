import {
  interfacesWithin,
  isNullable,
  listedWithin,
  type SdkInterface,
  type SdkProperty,
} from './sdk-types.ts';

/** The JSON types of each place of a published example: `lines.data[].amount`. */
export type Shape = Readonly<Record<string, readonly string[]>>;

/** What an object that the local Stripe made is compared with. */
export interface Standard {
  readonly published: Shape;
  readonly sdk: readonly SdkInterface[];
}

/** What callers fill as they like, and what holds an object of any kind. */
const isFree = (path: string) =>
  /(^|\.)metadata$/.test(path) || /^data\.(object|previous_attributes)$/.test(path);

/** One sentence for each place where the object is not what Stripe publishes. */
export function gapsOf(object: unknown, standard: Standard): string[] {
  return isGroup(object) ? gapsWithin(object, '', standard) : ['It is no object.'];
}

function gapsWithin(object: Group, path: string, { published, sdk }: Standard): string[] {
  const placeOf = (key: string) => (path === '' ? key : `${path}.${key}`);
  const wanted = childrenOf(published, path);
  const missing = wanted.filter(
    (key) => !Object.hasOwn(object, key) && !isOfAnotherKind(object, key, sdk),
  );
  const gaps = missing.map((key) => `${placeOf(key)} is missing`);
  for (const [key, value] of Object.entries(object)) {
    const place = placeOf(key);
    const properties = sdk.flatMap((each) => each.get(key) ?? []);
    if (!wanted.includes(key) && properties.length === 0) {
      gaps.push(`${place} is unknown to Stripe`);
      continue;
    }
    gaps.push(...gapsOfValue(value, place, published, properties));
  }
  return gaps;
}

/** Whether a key is for another `type` than the object's, which has the key of its own type. */
function isOfAnotherKind(object: Group, key: string, sdk: readonly SdkInterface[]): boolean {
  const { type } = object;
  const isOptional = sdk.some((each) => each.get(key)?.optional);
  return isOptional && typeof type === 'string' && type !== key && Object.hasOwn(object, type);
}

function gapsOfValue(
  value: unknown,
  place: string,
  published: Shape,
  properties: readonly SdkProperty[],
): string[] {
  const types = (published[place] ?? []).filter((type) => type !== 'null');
  const type = typeOf(value);
  if (type === 'null') {
    const mayBeNull = types.length === 0 || properties.some(isNullable);
    return mayBeNull ? [] : [`${place} is null and not ${types.join(' or ')}`];
  }
  // Where the example has the object itself, its id is as good.
  const isReference = type === 'string' && types.includes('object') && `${place}.id` in published;
  if (types.length > 0 && !types.includes(type) && !isReference) {
    return [`${place} is a ${type} and not ${types.join(' or ')}`];
  }
  return isFree(place) ? [] : gapsInside(value, place, published, properties);
}

function gapsInside(
  value: unknown,
  place: string,
  published: Shape,
  properties: readonly SdkProperty[],
): string[] {
  const sdk = properties.flatMap(interfacesWithin);
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown) =>
      isGroup(each) ? gapsWithin(each, `${place}[]`, { published, sdk }) : [],
    );
  }
  // The objects in a list are each compared with the example of their own kind.
  if (!isGroup(value) || properties.some((property) => listedWithin(property) !== undefined)) {
    return [];
  }
  return gapsWithin(value, place, { published, sdk });
}

function childrenOf(published: Shape, path: string): string[] {
  const prefix = path === '' ? '' : `${path}.`;
  return Object.keys(published)
    .filter((place) => place.startsWith(prefix))
    .map((place) => place.slice(prefix.length))
    .filter((rest) => rest !== '' && !rest.includes('.') && !rest.includes('['));
}

type Group = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
