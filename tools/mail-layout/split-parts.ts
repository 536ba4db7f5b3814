/** A piece of the layout that stands by itself; in the piece around it a place has its name. */
export interface TemplatePart {
  readonly name: string;
  readonly template: string;
}

const innermost = /\{\{#(\w+)\}\}((?:(?!\{\{[#/]).)*)\{\{\/\1\}\}/s;

/**
 * Takes the parts, `{{#name}}` to `{{/name}}`, out of a layout, the inner ones first; what is left
 * is the part `frame`.
 *
 * @throws Error where a part is not closed, or a brace belongs to nothing.
 */
export function splitParts(layout: string): readonly TemplatePart[] {
  const found = innermost.exec(layout);
  if (found === null) return [checked({ name: 'frame', template: layout })];
  const [all, name = '', template = ''] = found;
  const rest = layout.replace(all, () => `{{${name}}}`);
  return [checked({ name, template: template.trim() }), ...splitParts(rest)];
}

function checked(part: TemplatePart): TemplatePart {
  const [wrong] = part.template.replace(/\{\{\w+\}\}/g, '').match(/\{\{.{0,30}|.{0,30}\}\}/) ?? [];
  if (wrong === undefined) return part;
  throw new Error(
    `The mails' layout has "${wrong}", which is no place: write {{name}}, or {{#part}} and {{/part}} around a part.`,
  );
}
