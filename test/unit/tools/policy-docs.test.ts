import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCases } from '../../../tools/policy/cases/cases-file.ts';
import {
  type Parameter,
  parameters,
  parametersFixedOn,
} from '../../../tools/policy/model/parameters.ts';
import { usage } from '../../../tools/policy/options.ts';

const page = readFileSync('docs/try-a-policy.md', 'utf8');

it('has every figure of the model in its table, and no other', () => {
  const rows = page.split('\n').filter((line) => /\| (published|derived|assumed) \|/.test(line));
  expect(rows).toEqual(
    Object.entries<Parameter>(parameters).map(
      ([name, { what, value, low, high, basis, source }]) =>
        `| \`${name}\` | ${what} | ${value} (${low} to ${high}) | ${basis} | ${source} |`,
    ),
  );
  expect(page).toContain(`Fixed on ${parametersFixedOn}`);
});

it('has every option in its table, and an example that can be read', () => {
  for (const [option] of usage.matchAll(/^ {2}--\w+/gm)) {
    expect(page).toContain(`| \`${option.trim()}`);
  }
  const example = /```json\n([^`]+)```/.exec(page)?.[1] ?? '';
  expect(readCases(example.replaceAll('\n', ' '), 'the example')).toHaveLength(1);
});
