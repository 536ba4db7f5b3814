import type { StripeError } from '@stripe/stripe-js';
import type { ComponentChild } from 'preact';
import { type Api, confirmIntent } from '../call-api.ts';
import type { Answer, FormGroup, News, Question } from '../messages.ts';
import { type Language, worded } from '../texts.ts';
import { Form, type FormActions } from './form.tsx';
import {
  type FormState,
  isEmpty,
  withError,
  withExample,
  withKind,
  withValue,
} from './form-state.ts';

interface FormParts {
  readonly api: Api;
  readonly business: string;
  readonly language: Language;
  tell(news: News): void;
  draw(form: ComponentChild): void;
}

/** Keeps the form on the page, and answers what the business's page asks about it. */
export class RunningForm {
  readonly #parts: FormParts;
  readonly #actions: FormActions = {
    choose: (kind) => this.#become(withKind(this.#state, kind)),
    type: (field, typed) => this.#become(withValue(this.#state, field, typed)),
    take: (example) => this.#become(withExample(this.#state, example)),
  };
  #state: FormState;
  #known: string;

  constructor(opened: FormState, parts: FormParts) {
    this.#parts = parts;
    this.#state = opened;
    this.#known = JSON.stringify(changeOf(opened));
    this.#become(opened);
  }

  async answer(question: Question): Promise<Answer> {
    return question.kind === 'validate'
      ? this.#validate()
      : this.#confirm(question.clientSecret, question.params);
  }

  #become(next: FormState): void {
    const { business, draw, language, tell } = this.#parts;
    this.#state = next;
    draw(<Form state={next} {...{ business, language }} {...this.#actions} />);
    const change = changeOf(next);
    // Stripe tells of a change in what a page can know, not of each key.
    if (JSON.stringify(change) === this.#known) return;
    this.#known = JSON.stringify(change);
    tell(change);
  }

  #validate(): Answer {
    const { kind, values } = this.#state;
    const problem = kind.findProblem(values, Date.now());
    if (problem === undefined) return { type: kind.type };
    const { code, field } = problem;
    const message = this.#parts.language.texts.problems[code];
    this.#become({ ...this.#state, problem: { field, text: message } });
    document.getElementById(field)?.focus();
    return { error: { type: 'validation_error', code, message } };
  }

  async #confirm(clientSecret: string, params: FormGroup): Promise<Answer> {
    const judged = this.#validate();
    if ('error' in judged) return judged;
    const { kind, values } = this.#state;
    const method = merge(groupIn(params, 'payment_method_data'), kind.describe(values));
    const answer = await confirmIntent(this.#parts.api, clientSecret, {
      ...params,
      payment_method_data: method,
    });
    return 'error' in answer ? { error: this.#refused(answer.error) } : answer;
  }

  #refused(error: StripeError): StripeError {
    const said = worded(error, this.#parts.language);
    const isOfCard = said.type === 'card_error';
    if (isOfCard) this.#become(withError(this.#state, said, said.message ?? ''));
    return said;
  }
}

function changeOf(state: FormState): News & { readonly kind: 'change' } {
  const { kind, values } = state;
  const complete = kind.findProblem(values, Date.now()) === undefined;
  return { kind: 'change', empty: isEmpty(state), complete, type: kind.type };
}

function groupIn(params: FormGroup, name: string): FormGroup {
  const value = params[name];
  return typeof value === 'object' ? value : {};
}

/** What was typed goes before what the page says: docs.stripe.com/js/setup_intents/confirm_setup. */
function merge(page: FormGroup, typed: FormGroup): FormGroup {
  const inner = Object.entries(typed).map(([name, value]) => {
    const given = page[name];
    const isBoth = typeof given === 'object' && typeof value === 'object';
    return [name, isBoth ? merge(given, value) : (value ?? given)] as const;
  });
  return { ...page, ...Object.fromEntries(inner) };
}
