import { describe, expect, it } from 'vitest';
import { readBody } from '../../../functions/api/read-body.ts';
import { apiRequest } from '../../twins/api-request.ts';

const card = '4242424242424242';

function read(text: string | Uint8Array, more: { type?: string; base64?: boolean } = {}) {
  const request = apiRequest('POST /portal/login', {
    text: typeof text === 'string' ? text : Buffer.from(text).toString('base64'),
    headers: { 'content-type': more.type ?? 'application/json' },
  });
  return readBody({ ...request, isBase64Encoded: more.base64 ?? typeof text !== 'string' });
}

const refusalOf = (answer: ReturnType<typeof readBody>) =>
  answer.ok ? answer : [answer.problem.status, answer.problem.type.split(':').at(-1)];

describe('the body', () => {
  it('is undefined where there is none', () => {
    expect(readBody(apiRequest('GET /portal/view'))).toEqual({ ok: true, body: undefined });
    expect(read('')).toEqual({ ok: true, body: undefined });
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'is read as %s',
    (type) => {
      expect(read('{"a":["ü",1,null]}', { type })).toEqual({
        ok: true,
        body: { a: ['ü', 1, null] },
      });
    },
  );

  it('is read where API Gateway made Base64 of it', () => {
    expect(read(Buffer.from('{"a":1}'))).toEqual({ ok: true, body: { a: 1 } });
  });
});

describe('is refused', () => {
  it.each([
    ['of another type', '{}', { type: 'text/plain' }, 415, 'not-json'],
    ['of a form', 'a=1', { type: 'application/x-www-form-urlencoded' }, 415, 'not-json'],
    ['without a type', '{}', { type: '' }, 415, 'not-json'],
    ['of a type that only begins alike', '{}', { type: 'application/jsonish' }, 415, 'not-json'],
    ['that is broken', '{"a":', {}, 400, 'invalid-request'],
    ['that is no JSON', 'undefined', {}, 400, 'invalid-request'],
    ['of 16 KB and a byte', JSON.stringify('x'.repeat(16_383)), {}, 413, 'body-too-large'],
    ['with a card number', `{"card":"${card}"}`, {}, 400, 'card-number'],
    ['with a card number as a number', `{"card":${card}}`, {}, 400, 'card-number'],
    ['with a card number as a key', `{"${card}":1}`, {}, 400, 'card-number'],
    ['with a card number in groups', '{"a":"4242 4242 4242 4242"}', {}, 400, 'card-number'],
    ['with a card number in a list', `{"a":[{"b":["${card}"]}]}`, {}, 400, 'card-number'],
    ['with an escaped card number', `{"a":"\\u0034${card.slice(1)}"}`, {}, 400, 'card-number'],
    ['with an exponent that makes one', '{"a":4.242424242424242e15}', {}, 400, 'card-number'],
    ['of another type, with a card number', `number=${card}`, { type: 'x/y' }, 400, 'card-number'],
    ['that is broken, with a card number', `{"a":${card}`, {}, 400, 'card-number'],
  ] as const)('a body %s', (_what, text, more, status, name) => {
    expect(refusalOf(read(text, more))).toEqual([status, name]);
  });

  it('a body that is not UTF-8', () => {
    expect(refusalOf(read(new Uint8Array([0x22, 0xff, 0xfe, 0x22])))).toEqual([415, 'not-json']);
  });

  it('but 16 KB are not too much, nor is a great depth', () => {
    expect(read(JSON.stringify('x'.repeat(16_382)))).toMatchObject({ ok: true });
    expect(read(`${'['.repeat(8000)}${']'.repeat(8000)}`)).toMatchObject({ ok: true });
  });
});
