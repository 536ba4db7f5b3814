import { type Html, html } from './html.ts';

/** Where the forms of a page are sent to. */
export const actionsPath = '/_local/do/';

/** A button that does one thing; `path` is under {@link actionsPath}. The main one stands out. */
export function act(
  path: string,
  label: string,
  fields: Readonly<Record<string, string>> = {},
  look?: 'main',
): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${actionsPath}${path}">${hidden}<button${look && html` class="${look}"`}>${label}</button></form>`;
}

/** A form with fields of its own and one button. */
export function form(path: string, fields: readonly Html[], label: string): Html {
  return html`<form class="acts" method="post" action="${actionsPath}${path}">${fields}<button>${label}</button></form>`;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export function select(label: string, name: string, choices: readonly Choice[]): Html {
  const options = choices.map(({ value, text }) => html`<option value="${value}">${text}</option>`);
  return html`<label>${label}<select name="${name}">${options}</select></label>`;
}

export function numberInput(
  label: string,
  name: string,
  limits: {
    readonly min: number;
    readonly max: number;
    readonly placeholder?: string;
    readonly value?: number;
  },
): Html {
  const { min, max, placeholder = '', value = '' } = limits;
  return html`<label>${label}<input type="number" name="${name}" min="${min}" max="${max}" step="any" placeholder="${placeholder}" value="${value}"></label>`;
}

export function textInput(label: string, name: string, value: string, required = true): Html {
  const attribute = required ? html` required` : undefined;
  return html`<label class="long">${label}<input name="${name}" value="${value}" autocomplete="off" spellcheck="false"${attribute}></label>`;
}

/** What can be done to one thing, behind one line until it is wanted. */
export function actions(title: string, content: readonly Html[]): Html {
  return html`<details><summary>${title}</summary>${content}</details>`;
}

export const row = (content: readonly Html[]) => html`<div class="acts">${content}</div>`;
