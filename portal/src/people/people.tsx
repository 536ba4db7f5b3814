import './people.css';
import { useId } from 'preact/hooks';
import type { Ask } from '../account/asked-dialog.tsx';
import type { MemberView, PageView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';
import { nameOf } from './name-of.ts';

/** Who may sign in for the account, and what each of them may do. */
export function People({ view, ask }: { readonly view: PageView; readonly ask: Ask }) {
  const { people } = usePage().text;
  const id = useId();
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{people.title}</h2>
      <p class="soft">{people.hint}</p>
      <ul class="people">
        {view.members.map((member) => (
          <Person
            key={member.member}
            member={member}
            isReader={member.email === view.session.email}
            ask={ask}
          />
        ))}
      </ul>
      {ask !== null && (
        <div class="acts">
          <button type="button" onClick={() => ask({ to: 'invite' })}>
            {people.invite}
          </button>
        </div>
      )}
    </section>
  );
}

function Person({
  member,
  isReader,
  ask,
}: {
  readonly member: MemberView;
  readonly isReader: boolean;
  readonly ask: Ask;
}) {
  const { people, actions } = usePage().text;
  const { email, name, role, mail } = member;
  const who = nameOf(member);
  return (
    <li class="person">
      <div class="who">
        <p class="name">
          {who} {isReader && <span class="you">{people.you}</span>}
        </p>
        {name !== null && <p class="soft">{email}</p>}
        <p>{role === 'owner' ? people.owner : people.viewer}</p>
        {mail !== 'ok' && (
          <p class="health no-mail">
            <NoMailMark />
            {people[mail]}
          </p>
        )}
      </div>
      {ask !== null && (
        <div class="acts">
          <button
            type="button"
            aria-label={people.changeTitle({ who })}
            onClick={() => ask({ to: 'change_member', member })}
          >
            {people.change}
          </button>
          <button
            class="quiet"
            type="button"
            aria-label={people.removeTitle({ who })}
            onClick={() => ask({ to: 'remove_member', member })}
          >
            {actions.remove}
          </button>
        </div>
      )}
    </li>
  );
}

/** A letter that is struck through; the sentence beside it says the same. */
function NoMailMark() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" aria-hidden="true">
      <path
        d="M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5M2 15L14 1"
        stroke="currentColor"
        stroke-width="1.5"
      />
    </svg>
  );
}
