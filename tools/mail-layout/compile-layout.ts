import mjml2html from 'mjml';
import { splitParts, type TemplatePart } from './split-parts.ts';

/** MJML checks its attributes, and takes a colour where a name in braces will stand. */
const standIns = { '{{colour}}': '#0c0101', '{{ink}}': '#0c0102' } as const;

/**
 * Makes TypeScript of the mails' layout: a function for each part, which wants the values of the
 * places in it. A place that nobody fills, or that is not there, is an error of the types.
 *
 * @throws Error with MJML's own words, or where a part is not closed.
 */
export async function compileLayout(mjml: string): Promise<string> {
  const source = Object.entries(standIns).reduce(
    (text, [place, colour]) => text.replaceAll(place, colour),
    mjml,
  );
  const { html } = await mjml2html(source, {
    validationLevel: 'strict',
    keepComments: false,
    // It would fetch those that it knows by name from Google.
    fonts: {},
  });
  const colours = Object.entries(standIns).reduce(
    (text, [place, colour]) => text.replaceAll(colour, place),
    html,
  );
  return writeModule(splitParts(mirrored(tightened(colours))));
}

/** No space of the layout is one that a reader sees. */
const tightened = (html: string): string =>
  html
    .replace(/\s+/g, ' ')
    .replace(/(>|}}) (?=<|{{)/g, '$1')
    .replaceAll('<style type="text/css">', '<style>')
    .trim();

/** MJML knows left and right; what it wrote as left is where the reader's lines start. */
const mirrored = (html: string): string =>
  html
    .replaceAll('align="left"', 'align="{{start}}"')
    .replaceAll('text-align:left', 'text-align:{{start}}')
    .replaceAll('direction:ltr', 'direction:{{direction}}');

const writeModule = (parts: readonly TemplatePart[]): string =>
  `// Written by \`npm run mails:layout\` from layout.mjml: change that one.
import { type Fill, type Html, html } from './html.ts';

${parts.map(writePart).join('\n')}`;

function writePart({ name, template }: TemplatePart): string {
  const places = [...new Set(template.matchAll(place).map(([, found]) => found))];
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Fill`;
  const literal = template
    .replace(/[\\`]|\$\{/g, (special) => `\\${special}`)
    .replace(place, (_all, found: string) => `\${fill.${found}}`);
  return `export interface ${type} {
${places.map((each) => `  readonly ${each}: Fill;\n`).join('')}}

${writeFunction(`export const ${name} = (fill: ${type}): Html =>`, `html\`${literal}\`;`)}
`;
}

/** As the formatter writes it. */
const writeFunction = (head: string, body: string): string =>
  head.length + body.length < 100 ? `${head} ${body}` : `${head}\n  ${body}`;

const place = /\{\{(\w+)\}\}/g;
