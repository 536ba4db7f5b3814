import fc from 'fast-check';
import type { ApiRequest } from '../../twins/api-request.ts';
import type { DocumentedOperation } from '../openapi/compile-document.ts';
import { cardNumber } from './card-numbers.ts';

/** Ids that mean something in the world of the test, by the field's or parameter's name. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

/** Stands for the version that the customer has when the request is sent. */
export const versionOfNow = 987_654_321;

/** What is sent, how its body is spelt, and what is expected of the answer beyond its form. */
export interface GeneratedRequest {
  readonly what: string;
  readonly request: ApiRequest;
  /** The body's bytes, where it is not JSON of `request.body`. */
  readonly bytes?: Uint8Array;
  /** A card number that stands somewhere in it. */
  readonly card?: string;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Requests that the document allows, and requests that it does not. */
export function generateRequest(
  operation: DocumentedOperation,
  known: KnownValues,
): fc.Arbitrary<GeneratedRequest> {
  const allowed = allowedRequest(operation, known);
  return fc.oneof(
    { weight: 4, arbitrary: allowed.map((request) => ({ what: 'allowed', request })) },
    { weight: 6, arbitrary: allowed.chain(spoil) },
  );
}

function allowedRequest(
  { parameters, requestBody }: DocumentedOperation,
  known: KnownValues,
): fc.Arbitrary<ApiRequest> {
  const ofPlace = (place: 'path' | 'query') => {
    const own = parameters.filter((each) => each.in === place);
    const arbitraries = own.map(({ name, schema }) => [name, generateValue(schema, name, known)]);
    const requiredKeys = own.filter(({ required }) => required).map(({ name }) => name);
    return fc.record(
      // A parameter's schema gives texts.
      Object.fromEntries(arbitraries) as Record<string, fc.Arbitrary<string>>,
      { requiredKeys },
    );
  };
  const schema = requestBody?.content['application/json'].schema;
  const body = schema === undefined ? fc.constant(undefined) : generateValue(schema, '', known);
  return fc.record({ path: ofPlace('path'), query: ofPlace('query'), body });
}

/** A value of the schema; of a name that is known, often a known one. */
function generateValue(schema: Schema, name: string, known: KnownValues): fc.Arbitrary<unknown> {
  const { anyOf, const: only, enum: words, type, properties } = schema;
  if (anyOf !== undefined)
    return fc.oneof(...anyOf.map((each) => generateValue(each, name, known)));
  if (only !== undefined) return fc.constant(only);
  if (words !== undefined) return fc.constantFrom(...words);
  if (Array.isArray(type)) {
    return fc.oneof(
      ...type.map((each: string) => generateValue({ ...schema, type: each }, name, known)),
    );
  }
  if (properties !== undefined) {
    const fields = Object.entries(properties).map(([field, inner]) => [
      field,
      generateValue(inner, field, known),
    ]);
    const record: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields);
    return fc.record(record, { requiredKeys: [...(schema.required ?? [])] });
  }
  switch (type) {
    case 'integer': {
      const integer = fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000 });
      if (name !== 'version') return integer;
      return fc.oneof({ weight: 4, arbitrary: fc.constant(versionOfNow) }, integer);
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textOf(schema, name, known);
  }
}

const emails = ['ada@example.com', 'eve@example.com', 'nobody@example.com'];
const moments = ['2026-12-24T18:00:00Z', '2020-01-01T00:00:00+02:00', '2999-12-31T23:59:59.999Z'];

function textOf(schema: Schema, name: string, known: KnownValues): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 40 } = schema;
  const any = () => {
    if (format === 'email') return fc.constantFrom(...emails);
    if (format === 'date-time') return fc.constantFrom(...moments);
    if (pattern !== undefined) {
      const matching = fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 40 });
      return matching.filter(({ length }) => length >= minLength && length <= maxLength);
    }
    return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) });
  };
  const now = fc.constant(String(versionOfNow));
  if (name === 'version') return fc.oneof({ weight: 4, arbitrary: now }, any());
  const values = known[name];
  if (values === undefined) return any();
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, any());
}

const hostile = fc.oneof(
  fc.constantFrom('', ' ', '..', '../..', '%00', '\0', '{', 'null', '__proto__', 'constructor'),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('x'.repeat(5000), '😀'.repeat(600), "' OR 1=1 --", '<script>'),
);

/** The request with one thing wrong, or at least odd. */
function spoil(request: ApiRequest): fc.Arbitrary<GeneratedRequest> {
  const spoilt = (what: string, more: ApiRequest) => ({ what, request: { ...request, ...more } });
  return fc.oneof(
    strangeText.map((text) => spoilt('another text as the body', { text })),
    strangeBytes.map((bytes) => ({ what: 'bytes as the body', request, bytes })),
    fc.constantFrom('text/plain', '', 'application/jsonp', 'multipart/form-data').map((type) =>
      spoilt('another content type', {
        text: JSON.stringify(request.body ?? {}),
        headers: { 'content-type': type },
      }),
    ),
    fc.jsonValue().map((body) => spoilt('any JSON as the body', { body })),
    oddBody(request.body).map((body) => spoilt('a body with something odd in it', { body })),
    oddPart(request.path).map((path) => spoilt('something odd in the path', { path })),
    oddPart(request.query).map((query) => spoilt('something odd in the query', { query })),
    fc
      .tuple(hostile, hostile)
      .map(([name, value]) =>
        spoilt('a parameter nobody knows', { query: { ...request.query, [name]: value } }),
      ),
    cardNumber.chain((card) => hideCard(request, card)),
  );
}

const strangeText = fc.oneof(
  fc.constantFrom('{', '}', 'null', '[]', '"x"', '1', 'undefined', '{"a":1}{"a":2}', '\uFEFF{}'),
  fc.constant(`${'['.repeat(8000)}${']'.repeat(8000)}`),
  fc.constant(`{"email":"${'x'.repeat(20_000)}"}`),
  fc.constant('{"__proto__":{"role":"owner"},"constructor":{"prototype":{}}}'),
  fc.string({ unit: 'binary', maxLength: 100 }),
);

const strangeBytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 60 }),
  fc.constant(new Uint8Array([0x22, 0xc3, 0x28, 0x22])),
  fc.constant(new Uint8Array(17 * 1024).fill(0x20)),
);

/** One field replaced, left out or added. */
function oddBody(body: unknown): fc.Arbitrary<unknown> {
  if (typeof body !== 'object' || body === null) return fc.jsonValue();
  const entries = Object.entries(body);
  const names = entries.map(([name]) => name);
  const replaced = fc
    .tuple(fc.constantFrom('new', ...names), fc.oneof(fc.jsonValue(), hostile))
    .map(([name, value]) => ({ ...body, [name]: value }));
  const lessOne = fc
    .constantFrom('', ...names)
    .map((left) => Object.fromEntries(entries.filter(([name]) => name !== left)));
  return fc.oneof(replaced, lessOne);
}

function oddPart(
  part: Readonly<Record<string, string>> = {},
): fc.Arbitrary<Readonly<Record<string, string>>> {
  const names = Object.keys(part);
  if (names.length === 0) return fc.constant(part);
  return fc
    .tuple(fc.constantFrom(...names), hostile)
    .map(([name, value]) => ({ ...part, [name]: value }));
}

/** A card number somewhere in the request, as it is or a little disguised. */
function hideCard(request: ApiRequest, card: string): fc.Arbitrary<GeneratedRequest> {
  const grouped = card.replaceAll(/(.{4})(?=.)/g, '$1 ');
  const escaped = [...card].map((digit) => `\\u003${digit}`).join('');
  const body = typeof request.body === 'object' ? { ...request.body } : {};
  const names = Object.keys(body);
  const { path = {}, query = {} } = request;
  return fc
    .oneof(
      fc
        .tuple(fc.constantFrom('note', ...names), fc.constantFrom(card, grouped, `a${card}.`))
        .map(([name, value]) => ({ body: { ...body, [name]: value } })),
      fc.constantFrom<ApiRequest>(
        { body: { ...body, deep: [{ inside: [Number(card) < 2 ** 53 ? Number(card) : card] }] } },
        { body: { ...body, [card]: 1 } },
        { text: `{"note":"${escaped}"}` },
        { text: `number=${card}` },
        { query: { ...query, note: grouped } },
        { query: { ...query, [card]: '' } },
      ),
      ...Object.keys(path).map((name) => fc.constant({ path: { ...path, [name]: card } })),
    )
    .map((more) => ({ what: 'a card number', request: { ...request, ...more }, card }));
}
