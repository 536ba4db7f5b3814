import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Stop, takeTour } from '../../tour/take-tour.ts';

const file = fileURLToPath(new URL('../../../docs/data-model.md', import.meta.url));
const heading = '## Request units of every operation';

/** After a change that is meant: `npm run openapi`, and read the diff. */
it('docs/data-model.md has the request units of every operation', async () => {
  const page = await readFile(file, 'utf8');
  const section = sectionOf(await takeTour());
  await expect(withSection(page, section)).toMatchFileSnapshot(file);
});

/** The page with the section as it has to be, where it stands or at the end. */
function withSection(page: string, section: string): string {
  const at = page.indexOf(`${heading}\n`);
  if (at < 0) return `${page.trimEnd()}\n\n${section}`;
  const next = page.indexOf('\n## ', at + heading.length);
  return `${page.slice(0, at)}${section}${next < 0 ? '' : page.slice(next)}`;
}

function sectionOf(stops: readonly Stop[]): string {
  const first = new Map<string, Stop>();
  for (const stop of stops) if (!first.has(stop.route)) first.set(stop.route, stop);
  const rows = [...first.values()].map(({ route, units }) => {
    const { due = 0, open = 0, remind = 0, ...others } = units.indexWrite;
    // No operation writes anything into another index, or the table needs a column more.
    expect(Object.values(others).filter((each) => each > 0)).toEqual([]);
    const cells = [units.read, units.indexRead, units.write, due, open, remind];
    return `| \`${route}\` | ${cells.map((each) => (each === 0 ? '-' : each)).join(' | ')} |`;
  });
  return `${heading}

Counted by a recorder in front of the table (\`test/twins/metered-table.ts\`), from the size of each item that is
read or written and from what each write changes in each index; the emulator itself reports no units of indexes.
The run is \`test/tour\`: a customer with two or three cards and one open invoice, so an account of many methods
and cases costs more reads. \`npm run openapi\` writes this table anew, and a test keeps it current. What a queue's
function does afterwards is not in it.

Each request of the customer's page but the first two includes the reads that let it in: the session, whether its
person has signed out everywhere and, once one is chosen, the customer. What lists the customers of a person asks one
query and reads each of them; here there are three. A change of a customer puts the customer's item into \`due\`
while it is carried out, and takes it out again. A card that expires gets a place in \`remind\`.

| operation | table read | index read | table write | \`due\` write | \`open\` write | \`remind\` write |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
