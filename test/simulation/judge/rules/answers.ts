import type { ApiAnswer, Evidence } from '../../evidence.ts';
import type { Asking } from '../following/people.ts';
import type { Known, MakeRule } from '../rule.ts';
import { ids, ownerOf } from './apart.ts';

/**
 * "One customer never sees another's": an answer names nothing but what is of the customer in the
 * path, or of those of whom the person who asks is or was a member meanwhile.
 */
export const answersApart: MakeRule = (known, verdict) => ({
  observe({ at, happening, evidence }) {
    if (happening.kind !== 'api_answered' || happening.answer === null) return;
    const asking = known.people.request(happening.request);
    if (asking === undefined || happening.answer.body === null) return;
    const allowed = allowedIn(known, asking, happening.answer, at, evidence);
    if (allowed === null) return;
    verdict.weigh();
    for (const [id] of JSON.stringify(happening.answer.body).matchAll(ids)) {
      const owner = ownerOf(known, id);
      if (owner === undefined || allowed.has(owner)) continue;
      verdict.breach(`${id} of ${owner} stands in the answer to ${asking.request.id}.`);
    }
  },
});

/** Whose things the answer may name; `null` where staff look for anybody. */
function allowedIn(
  { people }: Known,
  { request, at: asked }: Asking,
  answer: ApiAnswer,
  at: number,
  { customers }: Evidence,
): ReadonlySet<string> | null {
  if (request.api === 'staff') {
    const customer = request.path?.customer;
    return customer === undefined ? null : new Set([customer]);
  }
  const given = answer.cookies[0]?.split(';')[0] ?? null;
  const { email } = people.session(request.cookie) ?? people.session(given) ?? {};
  const isOpening = request.route === 'POST /portal/session';
  const person = isOpening ? people.session(given)?.email : email;
  const theirs = customers.filter(({ customer }) =>
    people
      .membersBetween(customer, asked, at)
      .some((members) => members.some((member) => member.email === person)),
  );
  return new Set(theirs.map(({ customer }) => customer));
}
