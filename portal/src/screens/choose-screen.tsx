import type { SessionView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import type { Failure } from '../api/result.ts';
import { usePage } from '../parts/context.ts';
import { Frame } from '../parts/frame.tsx';
import { useAction } from '../parts/use-action.ts';
import { isProblem, sayFailure } from '../words/say-failure.ts';

/** One of several customers, for who manages more than one. */
export function ChooseScreen({
  session,
  onChosen,
  onLeft,
}: {
  readonly session: SessionView;
  readonly onChosen: () => void;
  readonly onLeft: (failure: Failure) => void;
}) {
  const page = usePage();
  const { text } = page;
  const { isBusy, error, run } = useAction();
  const choose = (customer: string) => () =>
    run(async () => {
      const answer = await portalApi.choose(customer);
      if (answer.ok) onChosen();
      else if (isProblem(answer.failure, 'not-signed-in')) onLeft(answer.failure);
      else return sayFailure(page, answer.failure);
      return null;
    });
  return (
    <Frame>
      <div class="card narrow">
        <h1 tabIndex={-1}>{text.choose.title}</h1>
        <p>{text.choose.hint}</p>
        <ul class="choices">
          {session.customers.map(({ customer, name, role }) => (
            <li key={customer}>
              <button type="button" disabled={isBusy} onClick={choose(customer)}>
                <span>{name ?? customer}</span> <small>{text.choose[role]}</small>
              </button>
            </li>
          ))}
        </ul>
        <p class="error" role="alert">
          {error}
        </p>
      </div>
    </Frame>
  );
}
