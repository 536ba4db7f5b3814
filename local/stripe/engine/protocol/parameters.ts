import { invalidParameter, Refusal } from './answer.ts';

/** Form parameters as they arrive: text, lists and groups, nothing else. */
export type ParamValue = string | readonly ParamValue[] | Params;
export interface Params {
  readonly [name: string]: ParamValue;
}

/** Reads one parameter; throws a {@link Refusal} that names it when it is wrong. */
export type Reader<T> = (value: ParamValue, name: string) => T;

type Fields = Readonly<Record<string, Reader<unknown>>>;
export type Read<F extends Fields> = { readonly [K in keyof F]?: ReturnType<F[K]> };

const isGroup = (value: ParamValue): value is Params =>
  typeof value === 'object' && !Array.isArray(value);

/** Text that is not empty. Stripe reads an empty value as an attempt to unset. */
export const text: Reader<string> = (value, name) => {
  if (typeof value !== 'string') throw invalidParameter(`Invalid string: ${name}`, name);
  if (value === '') {
    throw invalidParameter(
      `You passed an empty string for '${name}'. We assume empty values are an attempt to unset ` +
        `a parameter; however '${name}' cannot be unset. You should remove '${name}' from your ` +
        'request or supply a non-empty value.',
      name,
      'parameter_invalid_empty',
    );
  }
  return value;
};

export const integer: Reader<number> = (value, name) => {
  if (typeof value !== 'string' || !/^-?\d{1,15}$/.test(value)) {
    const shown = typeof value === 'string' ? value : name;
    throw invalidParameter(`Invalid integer: ${shown}`, name, 'parameter_invalid_integer');
  }
  return Number(value);
};

/** A number with up to twelve decimal places, kept as the text it is. */
export const decimal: Reader<string> = (value, name) => {
  if (typeof value !== 'string' || !/^-?\d{1,15}(\.\d{1,12})?$/.test(value)) {
    const shown = typeof value === 'string' ? value : name;
    throw invalidParameter(`Invalid decimal: ${shown}`, name, 'parameter_invalid_decimal');
  }
  return value;
};

/** A whole number from `least` to `most`. */
export function integerWithin(least: number, most: number): Reader<number> {
  return (value, name) => {
    const number = integer(value, name);
    if (number >= least && number <= most) return number;
    throw invalidParameter(
      `This value must be between ${least} and ${most} (it currently is '${number}').`,
      name,
      'parameter_invalid_integer',
    );
  };
}

export const boolean: Reader<boolean> = (value, name) => {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw invalidParameter(`Invalid boolean: ${JSON.stringify(value)}`, name);
};

/** One of some words. */
export function oneOf<const W extends string>(...words: readonly W[]): Reader<W> {
  return (value, name) => {
    const word = words.find((known) => known === value);
    if (word === undefined) {
      throw invalidParameter(
        `Invalid ${name}: must be one of ${words.join(', ')} (what else Stripe takes here is not ` +
          'modelled by the local Stripe)',
        name,
      );
    }
    return word;
  };
}

/** Text, where an empty value unsets: null. */
export function unsettable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, name) => (value === '' ? null : reader(value, name));
}

/** A list of values; Stripe takes `name[]=` and `name[0]=` alike. */
export function listOf<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value, name) => {
    const values: readonly ParamValue[] | undefined = Array.isArray(value) ? value : undefined;
    if (values === undefined) throw invalidParameter(`Invalid array`, name);
    return values.map((each, index) => reader(each, `${name}[${index}]`));
  };
}

/** A group of parameters, each known by name. */
export function group<F extends Fields>(fields: F): Reader<Read<F>> {
  return (value, name) => {
    if (!isGroup(value)) throw invalidParameter('Invalid object', name);
    return readParameters(fields, value, name);
  };
}

/** Stripe's metadata: up to 50 keys of 40 characters. Empty values unset: one key, or, null, all. */
export const metadata: Reader<Readonly<Record<string, string>> | null> = (value, name) => {
  if (value === '') return null;
  if (!isGroup(value)) throw invalidParameter('Invalid object', name);
  const entries = Object.entries(value);
  if (entries.length > 50) {
    throw invalidParameter('Metadata can have at most 50 keys.', name);
  }
  return Object.fromEntries(
    entries.map(([key, each]) => {
      if (typeof each !== 'string' || key.length > 40 || each.length > 500) {
        throw invalidParameter('Metadata takes keys of 40 and values of 500 characters.', name);
      }
      return [key, each];
    }),
  );
};

/** A time or a range of times, as lists take it: `created=1` or `created[gte]=1`. */
export const timeRange: Reader<(time: number) => boolean> = (value, name) => {
  if (typeof value === 'string') {
    const exact = integer(value, name);
    return (time) => time === exact;
  }
  const range = group({ gt: integer, gte: integer, lt: integer, lte: integer })(value, name);
  const { gt, gte, lt, lte } = range;
  return (time) =>
    (gt === undefined || time > gt) &&
    (gte === undefined || time >= gte) &&
    (lt === undefined || time < lt) &&
    (lte === undefined || time <= lte);
};

/**
 * Reads the parameters that an endpoint knows, and refuses every other one by name, so that
 * nothing a caller asks for is silently left out.
 */
export function readParameters<F extends Fields>(
  fields: F,
  params: Params,
  within?: string,
): Read<F> {
  const nameOf = (key: string) => (within === undefined ? key : `${within}[${key}]`);
  const unknown = Object.keys(params).filter((key) => !Object.hasOwn(fields, key));
  const [first] = unknown;
  if (first !== undefined) throw unknownParameters(unknown.map(nameOf), nameOf(first));
  const read: { [K in keyof F]?: ReturnType<F[K]> } = {};
  for (const key in fields) {
    const value = Object.hasOwn(params, key) ? params[key] : undefined;
    if (value !== undefined) {
      // Each reader stands under its own name in `fields`; TypeScript loses that link when it
      // calls a reader found by a key.
      read[key] = fields[key]?.(value, nameOf(key)) as ReturnType<F[typeof key]>;
    }
  }
  return read;
}

function unknownParameters(names: readonly string[], first: string): Refusal {
  const noun = names.length === 1 ? 'parameter' : 'parameters';
  return new Refusal(
    400,
    {
      type: 'invalid_request_error',
      code: 'parameter_unknown',
      message:
        `Received unknown ${noun}: ${names.join(', ')} ` +
        '(unknown to Stripe, or not modelled by the local Stripe)',
      param: first,
    },
    true,
  );
}

/** The value of a parameter that must be given. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw invalidParameter(`Missing required param: ${name}.`, name, 'parameter_missing');
  }
  return value;
}
