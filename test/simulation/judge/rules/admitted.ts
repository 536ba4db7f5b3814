import type { ApiRequest, StoredItem } from '../../evidence.ts';
import type { Asking } from '../following/people.ts';
import { type Fields, fieldsOf, isFields, listOf, textOf } from '../read.ts';
import type { Known, MakeRule, Moment } from '../rule.ts';

/**
 * "Only an owner changes payment methods, billing info or members": each such write of the page's
 * room traces back to the request of somebody whose session had not ended before it, and who was
 * an owner of that customer at some moment since; and who is named as its maker is who asked.
 */
export const admitted: MakeRule = (known, verdict) => {
  /** Work and lines of the audit log, by whom they first stood on record. */
  const makers = new Map<string, string>();
  const refuse = (why: string | null, { pk, sk, version }: StoredItem): void => {
    if (why !== null) verdict.breach(`${pk} ${sk} v${version}: ${why}.`);
  };
  return {
    observe(moment) {
      const { happening } = moment;
      if (happening.kind !== 'item_written') return;
      const { before, after, by } = happening;
      const asking = known.people.asking(by);
      const isPage = asking?.request.api === 'customer';
      for (const { name, maker } of linesOf(after)) {
        if (makers.has(name)) continue;
        makers.set(name, maker);
        verdict.weigh();
        refuse(whyNotMaker(known, makers, name, maker, asking), after);
      }
      if (!isPage || asking === undefined || !changesAccount(before, after)) return;
      verdict.weigh();
      refuse(whyNotLetIn(known, asking, after, moment), after);
    },
  };
};

/** What a customer's item holds that only somebody who may changes. */
const guarded = ['members', 'secondary', 'primarySetBy', 'extension', 'setUp'] as const;

function changesAccount(before: StoredItem | null, after: StoredItem): boolean {
  const differs = (name: string): boolean =>
    JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after[name] ?? null);
  if (after.sk.startsWith('V#CASE#')) return true;
  if (after.sk.startsWith('V#METHOD#')) return differs('consent');
  // The first record of a customer is a mirror of Stripe; a backup that is gone is mirrored too.
  if (after.sk !== 'V#CUSTOMER' || before === null) return false;
  return guarded.some((name) => differs(name) && !(name === 'secondary' && after[name] == null));
}

/** Work that is left to do and lines of the audit log in an item, each with who made it. */
function linesOf(item: StoredItem): readonly { readonly name: string; readonly maker: string }[] {
  const lines = (list: unknown): readonly Fields[] => listOf(list).filter(isFields);
  const entries = item.sk.startsWith('AUDIT#')
    ? [item as Fields]
    : [...lines(item.unfinished), ...lines(item.owed)]
        .filter((each) => !isLook(each))
        .map((each) => fieldsOf(each.entry) ?? each);
  return entries.flatMap((entry) => {
    const maker = nameOf(fieldsOf(entry.by));
    const what = textOf(entry.id) ?? `${textOf(entry.kind)} ${entry.change}`;
    // What is written anew each time has its time in its name.
    return maker === null ? [] : [{ name: `${item.pk} ${what} ${entry.at}`, maker }];
  });
}

/** Another look at what an authority says of a tax id: it changes nothing, and nobody asks for it. */
const isLook = ({ wish, by }: Fields): boolean =>
  fieldsOf(wish)?.wish === 'see_verification' && fieldsOf(by)?.kind === 'backstop';

const nameOf = (by: Fields | null): string | null => {
  if (by === null) return null;
  const { kind, email, arn } = by;
  return kind === 'member'
    ? `member ${String(email).trim().toLowerCase()}`
    : `${kind} ${arn ?? ''}`;
};

function whyNotMaker(
  known: Known,
  makers: ReadonlyMap<string, string>,
  name: string,
  maker: string,
  asking: Asking | undefined,
): string | null {
  if (asking !== undefined && makerOf(known, asking.request) === maker) return null;
  // What a change had left to do is told by whoever finishes it.
  const [pk, id, at] = name.split(' ');
  // A backup that is gone at Stripe, or a card that has new data: nobody asked for that here.
  if (maker === 'backstop ' && id === 'tell') return null;
  if (maker === 'backstop ' && /^customer-\d+-mirror$/.test(id ?? '')) return null;
  const change = /^customer-(\d+)-(billing|method)$/.exec(id ?? '');
  const kind = change?.[2] === 'billing' ? 'mirror_billing_info' : 'mirror_method';
  if (change !== null && makers.get(`${pk} ${kind} ${change[1]} ${at}`) === maker) return null;
  return `${id} is said to be of ${maker}, who did not ask for it`;
}

const makerOf = ({ people }: Known, { api, cookie }: ApiRequest): string =>
  api === 'staff'
    ? 'staff arn:aws:iam::000000000000:user/sam'
    : `member ${people.session(cookie)?.email}`;

function whyNotLetIn(
  { people }: Known,
  { request, at: asked }: Asking,
  { pk }: StoredItem,
  { at }: Moment,
): string | null {
  const session = people.session(request.cookie);
  const what = `${request.route} of ${request.id} changed it`;
  if (session === undefined) return `${what}, and nobody was signed in`;
  if (session.endedAt !== null && session.endedAt < asked) return `${what} after a sign-out`;
  const customer = pk.slice('CUSTOMER#'.length);
  if (!session.customers.has(customer)) return `${what} for another customer's member`;
  const isOwner = people
    .membersBetween(customer, asked, at)
    .some((members) =>
      members.some(({ email, role }) => email === session.email && role === 'owner'),
    );
  return isOwner ? null : `${what}, and who asked was no owner`;
}
