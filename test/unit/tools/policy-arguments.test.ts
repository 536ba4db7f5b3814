import { expect, it } from 'vitest';
import { readOptions } from '../../../tools/policy/options.ts';
import { readPolicy } from '../../../tools/policy/policy-file.ts';
import { PolicyRefusal } from '../../../tools/policy/refusal.ts';
import { runPolicy } from '../../../tools/policy/run-policy.ts';
import { failureOf } from './policy-failure.ts';

const read = (line: string) => readOptions(line.split(' ').filter((word) => word !== ''));

it('reads what is to be tried on what', () => {
  expect(read('--policy a.json --demo')).toEqual({
    policy: 'a.json',
    against: null,
    cases: null,
    seed: 1,
  });
  expect(read('--policy a.json --against b.json --cases c.jsonl --seed 7')).toEqual({
    policy: 'a.json',
    against: 'b.json',
    cases: 'c.jsonl',
    seed: 7,
  });
  expect(read('--help')).toBeNull();
});

it.each([
  ['--demo', /^Say which policy to try: --policy FILE\./],
  ['--policy a.json', /^Say what to try it on, and one of the two: --cases FILE .* or --demo/],
  ['--policy a.json --demo --cases b', /^Say what to try it on, and one of the two/],
  ['--policy a.json --demo --seed x', /^--seed takes a whole number, not "x"\.$/],
  ['--policy a.json --demo --fast', /^Unknown option '--fast'/],
  ['--policy', /^Option '--policy <value>' argument missing/],
])('%s is refused with what to say instead', (line, sentence) => {
  expect(() => read(line)).toThrow(PolicyRefusal);
  expect(() => read(line)).toThrow(sentence);
});

it('takes the settings of a policy, or a whole cdk.json, and leaves the rest as ever', () => {
  const partial = readPolicy('{"retryAfterDays": [2]}', 'a.json');
  expect(partial).toMatchObject({ retryAfterDays: [2], retryAt: '09:00', businessTimeZone: 'UTC' });
  const cdk = {
    app: 'x',
    context: {
      backstop: { business: { timeZone: 'Europe/Berlin' }, policy: { retryAfterDays: [2] } },
    },
  };
  const whole = readPolicy(JSON.stringify(cdk), 'cdk.json');
  expect(whole).toEqual({ ...partial, businessTimeZone: 'Europe/Berlin' });
  const wrong = JSON.stringify({ context: { backstop: { business: { timeZone: 'Mars/Base' } } } });
  expect(() => readPolicy(wrong, 'cdk.json')).toThrow(
    /^cdk\.json: backstop\.business\.timeZone is/,
  );
});

it('says of each wrong setting what is wrong, as the deployment does', () => {
  const wrong = JSON.stringify({ retryAt: '9', declines: { risk: { fallback: 'soon' } }, days: 1 });
  const refused = () => readPolicy(wrong, 'a.json');
  expect(refused).toThrow(/a\.json: backstop\.policy\.retryAt is "9", .* "09:00"/);
  expect(refused).toThrow(/backstop\.policy\.declines\.risk\.fallback .* "at_once"/);
  expect(refused).toThrow(/backstop\.policy\.days is not a key that Backstop knows/);
  expect(() => readPolicy('{', 'a.json')).toThrow(/^a\.json is no JSON/);
});

it('ends with 1 and the sentence where something cannot be read', async () => {
  const files: Record<string, string> = { 'a.json': '{}', 'c.jsonl': '{"at": 1}' };
  const ports = {
    onProgress: () => {},
    readText(file: string) {
      const text = files[file];
      if (text === undefined) throw Object.assign(new Error('no'), { code: 'ENOENT' });
      return text;
    },
  };
  const ran = (line: string) => runPolicy(line.split(' '), ports);
  await expect(ran('--policy b.json --demo')).resolves.toEqual({
    code: 1,
    output: '',
    problems: 'b.json cannot be read (ENOENT): is the path right?',
  });
  const { code, problems } = await ran('--policy a.json --cases c.jsonl');
  expect(code).toBe(1);
  expect(problems).toContain('c.jsonl, line 1: at is 1, which does not fit');
  files['c.jsonl'] = JSON.stringify(failureOf());
  await expect(ran('--policy a.json --cases c.jsonl')).resolves.toMatchObject({ code: 0 });
  await expect(ran('--help')).resolves.toMatchObject({ code: 0 });
});
