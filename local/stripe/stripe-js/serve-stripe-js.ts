import type { IncomingMessage, ServerResponse } from 'node:http';
import { documentOf } from '../../pages/document.ts';
import { html } from '../../pages/html.ts';
import { isRead, refuseMethod, sendHtml } from '../../pages/send-html.ts';
import { buildScripts, type Scripts } from './build-scripts.ts';
import { frameLook } from './frame-style.ts';
import { framePath, frameScriptPath, scriptPath } from './paths.ts';

/** Whether a page of another server on this machine may load it, as pages load Stripe's own. */
export const isStripeJs = (path: string) => [scriptPath, framePath, frameScriptPath].includes(path);

/**
 * Stripe.js, and the frame in which the fields are: the page of a business never sees what is
 * typed. The scripts are made when the first page asks for one.
 */
export function createStripeJs() {
  let made: Promise<Scripts> | undefined;
  const scripts = () => {
    made ??= buildScripts();
    return made;
  };
  return async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    if (!isRead(request)) return refuseMethod(response, 'GET');
    if (path === framePath) return sendHtml(response, 200, framePage, frameLook);
    const { stripeJs, frame } = await scripts();
    response.writeHead(200, {
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    });
    response.end(path === scriptPath ? stripeJs : frame);
  };
}

const framePage = documentOf(
  'Payment details',
  html`<script type="module" src="${frameScriptPath}"></script>`,
  frameLook,
);
