import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Anybody } from '../../../functions/api/caller.ts';
import { operation } from '../../../functions/api/operation.ts';

const caller = { kind: 'anybody' } as const;
const request = { id: 'request', address: '192.0.2.1', userAgent: 'test' };

const rename = operation({
  path: z.strictObject({ member: z.string().check(z.maxLength(5)) }),
  body: z.strictObject({
    name: z.string().check(z.minLength(1)),
    role: z.optional(z.enum(['owner', 'viewer'])),
    tags: z.optional(z.array(z.string().check(z.regex(/^[a-z]+$/)))),
    version: z.optional(z.int()),
    agreed: z.optional(
      z.boolean().check(z.refine((value) => value, 'must be true: nothing is done without.')),
    ),
  }),
  handle: async (
    _: null,
    { caller: who, path, body }: { caller: Anybody; path: object; body: object },
  ) => ({
    status: 200,
    body: { who, path, body },
  }),
});

const run = (input: { path?: unknown; query?: unknown; body?: unknown }) =>
  rename.run(null, {
    caller,
    request,
    path: { member: 'ada' },
    query: {},
    body: { name: 'Ada' },
    ...input,
  });

/** What a refusal says is wrong: path and sentence. */
async function wrong(input: Parameters<typeof run>[0]): Promise<unknown> {
  const answer = await run(input);
  if (!('problem' in answer)) return answer;
  expect(answer.problem).toMatchObject({
    type: 'urn:backstop:problem:invalid-request',
    status: 400,
  });
  return answer.problem.errors?.map(({ path, message }) => `${path} ${message}`);
}

it('hands over what its schemas let through', async () => {
  expect(await run({})).toEqual({
    status: 200,
    body: { who: caller, path: { member: 'ada' }, body: { name: 'Ada' } },
  });
});

describe('input that does not fit is answered with a sentence, and never with the value', () => {
  const secret = '4242424242424242';
  it.each([
    ['no body', { body: undefined }, ['body must be object.']],
    ['a list', { body: [secret] }, ['body must be object.']],
    ['a wrong type', { body: { name: { secret } } }, ['body.name must be string.']],
    [
      'a field that is not known',
      { body: { name: 'Ada', [secret]: 1 } },
      ['body has a field that is not known here.'],
    ],
    [
      '__proto__',
      { body: JSON.parse('{"name":"Ada","__proto__":{"role":"owner"}}') },
      ['body has a field that is not known here.'],
    ],
    ['too little', { body: { name: '' } }, ['body.name must have a length of at least 1.']],
    [
      'another word',
      { body: { name: 'Ada', role: secret } },
      ['body.role must be one of: owner, viewer.'],
    ],
    [
      'another form',
      { body: { name: 'Ada', tags: ['a', secret] } },
      ['body.tags.1 does not have the right form.'],
    ],
    ['a fraction', { body: { name: 'Ada', version: 1.5 } }, ['body.version must be int.']],
    [
      'a refusal in its own words',
      { body: { name: 'Ada', agreed: false } },
      ['body.agreed must be true: nothing is done without.'],
    ],
    [
      'too much in the path',
      { path: { member: secret } },
      ['path.member must have a length of at most 5.'],
    ],
    ['a query', { query: { [secret]: secret } }, ['query has a field that is not known here.']],
  ])('%s', async (_what, input, sentences) => {
    const said = await wrong(input);
    expect(said).toEqual(sentences);
    expect(JSON.stringify(said)).not.toContain(secret);
  });

  it('everything that is wrong at once', async () => {
    expect(await wrong({ path: {}, query: { a: '1' }, body: {} })).toHaveLength(3);
  });
});

it('without a schema nothing may be sent', async () => {
  const nothing = operation({
    handle: async (_: null, __: { caller: Anybody }) => ({ status: 204 as const }),
  });
  const call = { caller, request, path: {}, query: {}, body: undefined };
  expect(await nothing.run(null, call)).toEqual({ status: 204 });
  const sent = await nothing.run(null, { ...call, body: {} });
  expect(sent).toMatchObject({
    problem: { detail: expect.stringContaining('body must be left out') },
  });
});
