import { useId } from 'preact/hooks';
import type { MemberView } from '../api/api-types.ts';
import { usePage } from '../parts/context.ts';

/** As the API takes it. */
const longestName = 100;

export function NameField({
  value,
  onInput,
}: {
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  const { people } = usePage().text;
  return (
    <label>
      {people.name}
      <input
        type="text"
        autocomplete="off"
        maxLength={longestName}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

/** What was written; `null` for nothing. */
export const nameIn = (written: string): string | null => written.trim() || null;

const roles = ['owner', 'viewer'] as const;

export function RoleField({
  role,
  onChoose,
}: {
  readonly role: MemberView['role'];
  readonly onChoose: (role: MemberView['role']) => void;
}) {
  const { people } = usePage().text;
  const name = useId();
  return (
    <fieldset>
      <legend>{people.role}</legend>
      {roles.map((each) => (
        <label class="choice" key={each}>
          <input type="radio" name={name} checked={each === role} onChange={() => onChoose(each)} />
          <span>{people[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
