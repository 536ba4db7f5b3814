import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { FrameLocator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openWorld, type World } from '../unit/local-stripe/world.ts';
import type { OpenPage } from './open-page.ts';

/** A page of a business, with the policy that a card page has to have, and Stripe.js in it. */
export interface CardPage {
  readonly world: World;
  readonly page: Page;
  /** The fields. */
  readonly fields: FrameLocator;
  /** The bank's page. */
  readonly bank: FrameLocator;
  complaints(): readonly string[];
  /** Calls a function of card-page.js and gives what it answers; what it asks for may come later. */
  call(name: string, ...given: readonly unknown[]): Promise<unknown>;
}

/** Opens it in that tab, of a fresh local Stripe. */
export async function openCardPage(
  { page, complaints }: OpenPage,
  given: (world: World) => Promise<object>,
): Promise<CardPage> {
  const world = await openWorld();
  const own = await servePage(world.local.url);
  await page.goto(own);
  const call: CardPage['call'] = (name, ...values) =>
    page.evaluate(`window.card.${name}(...${JSON.stringify(values)})`);
  const src = `${world.local.url}${await scriptPath()}`;
  const opened = await call('open', {
    src,
    key: world.local.publishableKey,
    ...(await given(world)),
  });
  if (opened !== 'ready') throw new Error(`No fields: ${JSON.stringify(opened)}`);
  const fields = page.frameLocator('iframe[title="Secure payment input frame"]');
  return { world, page, complaints, call, fields, bank: page.frameLocator('[title="3D Secure"]') };
}

/** The address that `@stripe/stripe-js` loads, of which it tells nobody, on the local Stripe. */
async function scriptPath(): Promise<string> {
  const source = await script;
  const train = /RELEASE_TRAIN = ["'](\w+)["']/.exec(source)?.[1];
  if (train === undefined) throw new Error('The loader names no version of Stripe.js.');
  return `/${train}/stripe.js`;
}

const script = bundle();

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('card-page.js', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** The policy of docs.stripe.com/security/guide, with the local Stripe in Stripe's place. */
const policyWith = (stripe: string) =>
  [
    "default-src 'none'",
    `script-src 'self' ${stripe}`,
    `frame-src ${stripe}`,
    `connect-src 'self' ${stripe}`,
    "img-src 'self' data:",
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const document = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Card</title><link rel="icon" href="data:,"></head>
<body><main><h1>Card</h1><div id="card"></div><button>After</button></main><script src="/page.js"></script></body></html>`;

async function servePage(stripe: string): Promise<string> {
  const source = await script;
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      'content-security-policy': policyWith(stripe),
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'referrer-policy': 'no-referrer',
    });
    response.end(isScript ? source : document);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The page has no port.');
  return `http://127.0.0.1:${address.port}/`;
}
