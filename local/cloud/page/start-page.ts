import type { IncomingMessage } from 'node:http';
import type { Activity } from '../activity.ts';
import type { HttpAnswer } from '../http/http-exchange.ts';
import { type Listener, listenOnLoopback } from '../http/loopback.ts';
import { type Pattern, textPattern } from '../permissions/pattern.ts';
import type { AddedHeader } from '../template/read-page-policies.ts';
import type { BehaviourPlan, PagePlan, SentHeader } from '../template/read-pages.ts';
import { TemplateError } from '../template/template.ts';
import { type ApiTarget, forwardToApi } from './forward-to-api.ts';
import { loadFiles, type PageFile } from './load-files.ts';
import { pageMessage } from './page-message.ts';

export interface PageParts {
  readonly activity: Activity;
  /** Origins of the internet by what stands in for them on this machine. */
  readonly standIns: Readonly<Record<string, string>>;
  apiUrl(logicalId: string): string;
  /** @returns `undefined` where there is no such secret, or it has no value. */
  secretValue(arn: string): string | undefined;
}

type Target =
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, PageFile> }
  | ({
      readonly kind: 'api';
    } & ApiTarget);

interface Behaviour {
  readonly pattern: Pattern;
  readonly methods: readonly string[];
  readonly target: Target;
  readonly responseHeaders: readonly AddedHeader[];
}

/**
 * Serves a distribution of CloudFront: its files, and what it passes on to an HTTP API.
 *
 * @throws PortInUseError, and TemplateError for a secret without a value.
 */
export async function startPage(plan: PagePlan, port: number, parts: PageParts): Promise<Listener> {
  const behaviours = await Promise.all(plan.behaviours.map((each) => prepare(each, plan, parts)));
  return listenOnLoopback(
    async (request, response) => {
      const ended = parts.activity.begin();
      try {
        const { status, headers, body } = await answerOf(request, plan.rootObject, behaviours);
        const all = Object.entries(headers).map(([name, value]) => [name, [value].flat()]);
        response.writeHead(status, Object.fromEntries(all));
        response.end(request.method === 'HEAD' ? undefined : body);
      } finally {
        ended();
      }
    },
    { port, purpose: "the customer's page", option: 'pagePort' },
  );
}

async function prepare(
  { pattern, methods, target, forwards, responseHeaders }: BehaviourPlan,
  { logicalId }: PagePlan,
  parts: PageParts,
): Promise<Behaviour> {
  const atHome = (text: string) => standIn(text, parts.standIns);
  const prepared: Target =
    target.kind === 'files'
      ? { kind: 'files', files: await loadFiles(target.files, atHome) }
      : {
          kind: 'api',
          url: parts.apiUrl(target.apiLogicalId),
          forwards,
          headers: Object.fromEntries(
            target.headers.map((header) => [header.name, sentValue(header, logicalId, parts)]),
          ),
        };
  return {
    pattern: textPattern(pattern),
    methods,
    target: prepared,
    responseHeaders: responseHeaders.map((each) => ({ ...each, value: atHome(each.value) })),
  };
}

/** The text with what stands in for each origin. */
const standIn = (text: string, standIns: PageParts['standIns']): string =>
  Object.entries(standIns).reduce(
    (changed, [origin, url]) => changed.replaceAll(origin, url),
    text,
  );

function sentValue(header: SentHeader, at: string, { secretValue }: PageParts): string {
  if ('value' in header) return header.value;
  const value = secretValue(header.secretArn);
  if (value !== undefined) return value;
  throw new TemplateError(
    `${at} sends the secret "${header.secretArn}" in ${header.name}, and the secret has no value.`,
  );
}

async function answerOf(
  request: IncomingMessage,
  rootObject: string | undefined,
  behaviours: readonly Behaviour[],
): Promise<HttpAnswer> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const behaviour = behaviours.find(({ pattern }) => pattern.matches(path));
  if (behaviour === undefined || !behaviour.methods.includes(request.method ?? 'GET')) {
    return pageMessage(403, 'The page does not take requests of this method.');
  }
  const { target, responseHeaders } = behaviour;
  const answer =
    target.kind === 'api'
      ? await forwardToApi(request, target)
      : fileAt(target.files, path === '/' && rootObject !== undefined ? `/${rootObject}` : path);
  return { ...answer, headers: withAdded(answer.headers, responseHeaders) };
}

/** A bucket that does not let anybody list it has no "not found": it refuses instead. */
function fileAt(files: ReadonlyMap<string, PageFile>, path: string): HttpAnswer {
  const file = files.get(path);
  return file === undefined ? pageMessage(403, 'Access Denied') : { status: 200, ...file };
}

function withAdded(
  headers: HttpAnswer['headers'],
  added: readonly AddedHeader[],
): HttpAnswer['headers'] {
  const wanted = added.filter(({ name, overrides }) => overrides || headers[name] === undefined);
  return { ...headers, ...Object.fromEntries(wanted.map(({ name, value }) => [name, value])) };
}
