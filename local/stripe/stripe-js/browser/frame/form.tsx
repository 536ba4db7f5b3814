import type { Language } from '../texts.ts';
import { countries } from './countries.ts';
import { type FormState, shownFields } from './form-state.ts';
import type { Example, Field, Kind } from './kind.ts';

/** What a person can do with the form. */
export interface FormActions {
  choose(kind: Kind): void;
  type(field: Field, typed: string): void;
  take(example: Example): void;
}

interface FormProps extends FormActions {
  readonly state: FormState;
  readonly language: Language;
  readonly business: string;
}

export function Form({ state, language, business, choose, type, take }: FormProps) {
  const { texts } = language;
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      {state.kinds.length > 1 && (
        <fieldset>
          <legend>{texts.kind}</legend>
          {state.kinds.map((kind) => (
            <label key={kind.type} class="kind">
              <input
                type="radio"
                name="kind"
                checked={kind === state.kind}
                onChange={() => choose(kind)}
              />
              {texts[kind.type]}
            </label>
          ))}
        </fieldset>
      )}
      <div class="fields">
        {shownFields(state).map((field) => (
          <FieldRow key={field.name} {...{ field, state, language, type }} />
        ))}
      </div>
      {state.kind.type !== 'card' && <p class="terms">{texts.debitTerms(business)}</p>}
      <details>
        <summary>{texts.examples}</summary>
        <ul>
          {state.kind.examples.map((example) => (
            <li key={example.shown}>
              <button type="button" onClick={() => take(example)}>
                {example.shown} <small>{texts.outcomes[example.outcome]}</small>
              </button>
            </li>
          ))}
        </ul>
      </details>
    </form>
  );
}

interface FieldRowProps {
  readonly field: Field;
  readonly state: FormState;
  readonly language: Language;
  readonly type: FormActions['type'];
}

function FieldRow({ field, state, language, type }: FieldRowProps) {
  const { name, autocomplete, inputMode = 'text', placeholder } = field;
  const wrong = state.problem?.field === name ? state.problem.text : undefined;
  const common = {
    id: name,
    name,
    autocomplete,
    'aria-invalid': wrong !== undefined,
    'aria-describedby': wrong === undefined ? undefined : `${name}-problem`,
  };
  return (
    <div class={`field ${name}`}>
      <label for={name}>{language.texts[name]}</label>
      {name === 'country' ? (
        <select
          {...common}
          value={state.values.country}
          onChange={({ currentTarget }) => type(field, currentTarget.value)}
        >
          {countries(language.tag, state.values.country).map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          {...{ inputMode, placeholder }}
          value={state.values[name]}
          onInput={({ currentTarget }) => {
            type(field, currentTarget.value);
          }}
        />
      )}
      {wrong !== undefined && (
        <p id={`${name}-problem`} class="problem" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
