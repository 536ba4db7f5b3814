import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fields } from '../../pages/fields.ts';
import { actionsPath } from '../../pages/forms.ts';
import { createNewsBox, type News } from '../../pages/news.ts';
import { isRead, refuseMethod, sendHtml } from '../../pages/send-html.ts';
import { fitsPattern, idIn } from '../engine/protocol/path-pattern.ts';
import { readBody } from '../read-body.ts';
import type { Action, ActionParts } from './actions/action.ts';
import { chargeActionList } from './actions/charges.ts';
import { clockActions } from './actions/clock.ts';
import { eventActions } from './actions/events.ts';
import { methodActions } from './actions/methods.ts';
import { subscriptionActions } from './actions/subscriptions.ts';
import { troubleActions } from './actions/troubles.ts';
import { renderPage } from './render-page.ts';
import type { View } from './view.ts';

const allActions: readonly Action[] = [
  ...clockActions,
  ...methodActions,
  ...subscriptionActions,
  ...chargeActionList,
  ...eventActions,
  ...troubleActions,
];

/** The page and its forms; a form answers with the way back to where it stood. */
export interface ControlPage {
  show(request: IncomingMessage, response: ServerResponse, url: URL): void;
  act(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
}

export function createControlPage(
  parts: ActionParts & { readonly look: () => Omit<View, 'news'> },
): ControlPage {
  const news = createNewsBox();
  return {
    show(request, response, url) {
      if (!isRead(request)) return refuseMethod(response, 'GET');
      parts.account.runDue();
      const said = news.find(url.searchParams.get('news'));
      sendHtml(response, 200, renderPage({ ...parts.look(), news: said }));
    },
    async act(request, response, path) {
      // A picture or a link of a page elsewhere can only GET, and names no origin.
      if (request.method !== 'POST') return refuseMethod(response, 'POST');
      const item = await carryOut(parts, path, new Fields(await readBody(request)));
      const place = encodeURIComponent(item.place);
      response.writeHead(303, { location: `/?news=${news.keep(item)}#${place}` }).end();
    },
  };
}

/** Does what a form asks; what cannot be is said on the page, in the place of the form. */
async function carryOut(parts: ActionParts, path: string, fields: Fields): Promise<News> {
  const name = path.slice(actionsPath.length);
  const action = allActions.find((each) => fitsPattern(each.path, name));
  if (action === undefined) {
    return { place: 'clock', text: `There is nothing to do at ${path}.`, isRefusal: true };
  }
  const id = idIn(action.path, name);
  try {
    return { ...(await action.run(parts, fields, id)), isRefusal: false };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { place: action.place ?? id, text: error.message, isRefusal: true };
  }
}
