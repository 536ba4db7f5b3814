import type { PageConfig } from './page-config.ts';

/** @throws {Error} where the page was built but not configured. */
export function readPageConfig(): PageConfig {
  const text = document.getElementById('page-config')?.textContent ?? '{}';
  // Written by the deployment from the same type.
  const config = JSON.parse(text) as Partial<PageConfig>;
  const { business, stripe, bankInstructions = null, texts = {} } = config;
  if (business === undefined || stripe === undefined) {
    throw new Error('The page has no configuration: deploy it with the stack, or run npm start.');
  }
  return { business, stripe, bankInstructions, texts };
}
