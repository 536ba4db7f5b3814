import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { CustomerView, MethodView, Role } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { MethodLine } from '../parts/method-line.tsx';
import { methodState } from '../words/method-state.ts';
import { methodIn } from '../words/plan-roles.ts';
import { sayMethod } from '../words/say-method.ts';
import type { Ask } from './asked-dialog.tsx';
import { MethodActs } from './method-acts.tsx';

/** The primary, the secondary, and what there is beside them. */
export function Methods({ view, ask }: { readonly view: CustomerView; readonly ask: Ask }) {
  const { text } = usePage();
  const others = view.methods.filter(({ role }) => role === null);
  return (
    <>
      <div class="pair-of-cards">
        <RoleSection view={view} of="primary" ask={ask} />
        <RoleSection view={view} of="secondary" ask={ask} />
      </div>
      {others.length > 0 && (
        <Section title={text.methods.others} hint={text.methods.othersHint}>
          <ul class="methods">
            {others.map((method) => (
              <OtherMethod key={method.method} view={view} method={method} ask={ask} />
            ))}
          </ul>
          {ask !== null && (
            <button type="button" onClick={() => ask({ to: 'set_up', role: 'spare' })}>
              {text.actions.add}
            </button>
          )}
        </Section>
      )}
    </>
  );
}

function RoleSection({
  view,
  of: role,
  ask,
}: {
  readonly view: CustomerView;
  readonly of: Role;
  readonly ask: Ask;
}) {
  const { text } = usePage();
  const method = methodIn(view, role);
  const isPrimary = role === 'primary';
  return (
    <Section
      title={isPrimary ? text.methods.primary : text.methods.secondary}
      hint={isPrimary ? text.methods.primaryHint : text.methods.secondaryHint}
      state={methodState(method)}
    >
      {method === null ? (
        <>
          <p>{isPrimary ? text.methods.noPrimary : text.methods.noSecondary}</p>
          {ask !== null && (
            <div class="acts">
              <button class="main" type="button" onClick={() => ask({ to: 'set_up', role })}>
                {text.actions.add}
              </button>
            </div>
          )}
        </>
      ) : (
        <>
          <MethodLine method={method} isReady={isPrimary || method.consent !== null} />
          {role === 'secondary' && <Agreed method={method} />}
          {ask !== null && <MethodActs view={view} method={method} ask={ask} />}
        </>
      )}
    </Section>
  );
}

function Agreed({ method: { consent, health } }: { readonly method: MethodView }) {
  const { text, format } = usePage();
  // What is said of its health says whether it was agreed to.
  if (health === 'brand_changed') return null;
  if (consent === null) return <p class="health refused">{text.methods.notAgreed}</p>;
  return <p class="soft">{text.methods.agreed({ when: format.day(consent.at) })}</p>;
}

function OtherMethod({
  view,
  method,
  ask,
}: {
  readonly view: CustomerView;
  readonly method: MethodView;
  readonly ask: Ask;
}) {
  const page = usePage();
  return (
    <li class="other">
      <section aria-label={sayMethod(page, method)} data-state={methodState(method)}>
        <MethodLine method={method} />
        {ask !== null && <MethodActs view={view} method={method} ask={ask} />}
      </section>
    </li>
  );
}

function Section({
  title,
  hint,
  state,
  children,
}: {
  readonly title: string;
  readonly hint: string;
  readonly state?: string;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={id} data-state={state}>
      <h2 id={id}>{title}</h2>
      <p class="soft">{hint}</p>
      {children}
    </section>
  );
}
