import type { CustomerRoute, StaffRoute } from '../../functions/access.ts';
import { signRequest } from '../unit/local-cloud/permissions/sign-request.ts';
import type { World } from './world.ts';

export interface DoorRequest {
  /** What stands in the places of a route's names. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

export interface DoorAnswer {
  readonly status: number;
  /** Parsed; `undefined` where there is none. */
  readonly body: unknown;
  readonly cookie: string | undefined;
}

/** Asks the staff API over HTTP, signed as the local user `staff`. */
export async function askStaff(
  { stack }: World,
  route: StaffRoute,
  request: DoorRequest = {},
): Promise<DoorAnswer> {
  const { method, url, body } = httpOf(stack.staff.url, route, request);
  const query = Object.fromEntries(url.searchParams);
  const at = new Date(stack.clock.now());
  const headers = { ...(body !== undefined && { 'content-type': 'application/json' }) };
  const signing = { method, url, query, at, headers, ...(body !== undefined && { body }) };
  const { host: _, ...signed } = await signRequest(signing, stack.staff);
  return answerOf(
    await fetch(url, { method, headers: signed, ...(body !== undefined && { body }) }),
  );
}

/** Asks the public API over HTTP, as the page does: by the page's own address. */
export async function askPage(
  { stack }: World,
  route: CustomerRoute,
  { cookie, ...request }: DoorRequest & { readonly cookie?: string | undefined } = {},
): Promise<DoorAnswer> {
  const { method, url, body } = httpOf(stack.cloud.pageUrl, route, request);
  const headers = {
    origin: stack.cloud.pageUrl,
    ...(cookie !== undefined && { cookie }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  return answerOf(await fetch(url, { method, headers, ...(body !== undefined && { body }) }));
}

/** Signs in with the link that is mailed. @returns the cookie; `undefined` where no mail came. */
export async function signInByMail(world: World, email: string): Promise<string | undefined> {
  await askPage(world, 'POST /portal/login', { body: { email } });
  await world.settle();
  const mails = world.stack.cloud.mails().filter(({ to }) => to.includes(email));
  const links = mails.flatMap(({ text }) => /\/#\/sign-in\/(\S+)/.exec(text ?? '')?.[1] ?? []);
  const token = links.at(-1);
  if (token === undefined) return undefined;
  return (await askPage(world, 'POST /portal/session', { body: { token } })).cookie;
}

function httpOf(base: string, route: string, { path = {}, query = {}, body }: DoorRequest) {
  const [method = 'GET', template = ''] = route.split(' ');
  const filled = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const url = new URL(filled, base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { method, url, body: body === undefined ? undefined : JSON.stringify(body) };
}

async function answerOf(response: Response): Promise<DoorAnswer> {
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  return { status: response.status, body, cookie };
}
