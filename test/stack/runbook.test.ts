import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { lookUp, plainId, propertiesOf } from './read-template.ts';
import { synthesizeExample } from './synthesize-example.ts';

const template = synthesizeExample();
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

const alarmNames = [
  ...propertiesOf(template, 'AWS::CloudWatch::Alarm', z.object({ AlarmName: z.string() })).values(),
].map(({ AlarmName }) => AlarmName);

/** The text under each heading of a level, by the heading. */
function sectionsOf(text: string, level: 2 | 3): Map<string, string> {
  const marker = `\n${'#'.repeat(level)} `;
  const [, ...sections] = `\n${text}`.split(marker);
  return new Map(
    sections.map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return [title, lines.join('\n').trim()];
    }),
  );
}

const sections = sectionsOf(runbook, 2);

/** Every text that the pattern's one group finds. */
const named = (pattern: RegExp): string[] =>
  [...runbook.matchAll(pattern)].flatMap(([, name]) => (name === undefined ? [] : [name]));

test('every alarm has a section of its exact name, and no section names another', () => {
  const titles = [...sections.keys()].filter((title) => title.includes('Backstop-'));
  expect(titles.toSorted()).toEqual(alarmNames.toSorted());
});

test.each(alarmNames)('%s says what it means, where to look and what to do', (name) => {
  const parts = sectionsOf(lookUp(sections, name), 3);
  expect([...parts.keys()]).toEqual(['Description', 'Investigation', 'Resolution']);
  for (const text of parts.values()) expect(text).not.toBe('');
});

test('the commands name outputs and resources of the stack', () => {
  const outputs = named(/\$\(output (\w+)\)/g);
  const resources = named(/\$\((?:resource|arn) (\w+)\)/g);
  expect(outputs.length).toBeGreaterThan(0);
  expect(resources.length).toBeGreaterThan(0);
  expect(Object.keys(template.toJSON().Outputs)).toEqual(expect.arrayContaining(outputs));
  const ids = Object.keys(template.toJSON().Resources).map(plainId);
  expect(ids).toEqual(expect.arrayContaining(resources));
});
