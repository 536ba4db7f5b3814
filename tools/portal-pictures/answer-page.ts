import type { Route } from 'playwright-core';
import { writeConfig } from '../../lib/build-page.ts';
import type { Stage } from './stage.ts';
import type { Answer, PageState } from './states/page-state.ts';
import type { Reader } from './texts/readers.ts';

/** Where the page seems to be; nothing listens there, and a browser takes it for this machine. */
export const origin = 'http://localhost:7400';

/** Answers the page's requests as the state has it. One for each opening of a state. */
export function answerPage(
  stage: Stage,
  { own }: Reader,
  state: PageState,
): (route: Route) => Promise<void> {
  const asked = new Map<string, number>();
  const nextAnswer = (request: string): Answer | undefined => {
    const answers = state.answers[request] ?? [];
    const times = asked.get(request) ?? 0;
    asked.set(request, times + 1);
    return answers[Math.min(times, answers.length - 1)];
  };
  return async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    const file = stage.files.get(pathname === '/' ? '/index.html' : pathname);
    if (file === undefined) {
      return answerRequest(route, stage, nextAnswer(`${request.method()} ${pathname}`));
    }
    const isDocument = file.type === 'text/html';
    const config = {
      ...stage.config,
      business: { ...stage.config.business, ...state.business },
      bankInstructions: state.bankInstructions,
      texts: { en: own },
    };
    return route.fulfill({
      contentType: file.type,
      headers: { 'content-security-policy': stage.policy },
      body: isDocument ? writeConfig(file.body.toString(), config) : file.body,
    });
  };
}

/** A request that the state does not know fails, and the browser complains of it. */
async function answerRequest(
  route: Route,
  { madeByStripe }: Stage,
  answer: Answer | undefined,
): Promise<void> {
  switch (answer?.is) {
    case 'silence':
      return;
    case 'broken':
      return route.abort();
    case 'problem':
      return route.fulfill({
        status: answer.status,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: `urn:backstop:problem:${answer.name}` }),
      });
    case 'body':
      return answer.body === null
        ? route.fulfill({ status: 204 })
        : route.fulfill({ json: fillIn(answer.body, madeByStripe) });
    case undefined:
      return route.fulfill({ status: 501, body: 'The state has no answer to this.' });
  }
}

const fillIn = (body: object, made: Stage['madeByStripe']): object =>
  JSON.parse(
    Object.entries(made).reduce(
      (text, [word, value]) => text.replaceAll(word, value),
      JSON.stringify(body),
    ),
  );
