import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Console, startConsole } from '../console/start-console.ts';
import { readIfThere } from '../read-if-there.ts';
import { connectStripe } from './connect-stripe.ts';
import { demoConfiguration } from './demo-configuration.ts';
import {
  assignDemoSecondary,
  createDemoCustomer,
  type DemoCustomer,
  demoCustomerSchema,
  renewInSandbox,
} from './demo-customer.ts';
import { createDemoLink } from './demo-link.ts';
import { runJourney } from './journey.ts';
import { type LocalStack, startLocalStack } from './local-stack.ts';
import { narrate } from './narrate.ts';
import { connectOperator, type Operator, operatorAccess } from './operator.ts';
import { consolePort, type StartOptions } from './options.ts';
import { removeRun, writeRun } from './run-file.ts';
import { say, sayLine, sayWhatRuns, sayWhereToLook } from './say.ts';
import { openSynthesizedStack } from './synthesized-stack.ts';

/**
 * The whole of Backstop on this machine, and one renewal from failure to mail.
 *
 * @throws {StartRefusal | PortInUseError} where it cannot start.
 * @throws {StoryEnded} where the renewal does not come to its end.
 */
export async function runDemo(options: StartOptions): Promise<void> {
  const synthesized = await openSynthesizedStack(configurationFor(options), {
    begins: () => say('Backstop, whole on this machine: synthesizing the stack ...'),
    isReused: () => say('Backstop, whole on this machine: the stack is as it was last time.'),
  });
  try {
    const beganAt = performance.now();
    const stack = await startLocalStack({ ...options, assemblyDirectory: synthesized.directory });
    sayWhatRuns(stack, performance.now() - beganAt);
    const operator = connectOperator(operatorAccess(stack.cloud));
    let page: Console | undefined;
    try {
      // A run that ends by itself has nobody who watches it.
      if (!options.once) page = await startConsole(stack, consolePort(options.port));
      await show(options, { stack, operator, consoleUrl: page?.url });
    } finally {
      await page?.stop();
      operator.close();
      await stack.stop();
    }
  } finally {
    await synthesized.remove();
  }
}

/** In Stripe's sandbox the page has the key of that account. */
const configurationFor = ({ sandbox }: StartOptions): object =>
  sandbox === undefined
    ? demoConfiguration
    : {
        ...demoConfiguration,
        page: { ...demoConfiguration.page, stripePublishableKey: sandbox.publishableKey },
      };

interface Running {
  readonly stack: LocalStack;
  readonly operator: Operator;
  /** Absent in a run that ends by itself. */
  readonly consoleUrl: string | undefined;
}

async function show(
  options: StartOptions,
  { stack, operator, consoleUrl }: Running,
): Promise<void> {
  const { cloud, stripe } = stack;
  const demo = await openDemo(options, stack, operator);
  if (options.stop !== undefined) cloud.stopPart(options.stop);
  await runJourney({ stack, operator, demo, tell: sayLine, renew: () => renew(stack, demo) });
  say('');
  say('The journey ended as it should: paid once, by the backup, and the customer knows.');
  if (consoleUrl === undefined) return;
  const port = Number(new URL(cloud.pageUrl).port);
  const { staff, backend } = stack;
  const access = { operatorAccess: operatorAccess(cloud), staff, backend };
  await writeRun(port, { stripeUrl: stripe?.url, ...access, demo });
  const link = await createDemoLink(stack, operator, demo);
  sayWhereToLook(stack, { port, consoleUrl, link });
  const ended = narrate(stack);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  ended();
  await removeRun(port);
}

async function renew(stack: LocalStack, demo: DemoCustomer): Promise<string> {
  if (stack.stripe !== undefined) return stack.stripe.control.renewNow(demo.subscription).id;
  return renewInSandbox(connectStripe(stack.apiKey, stack.apiBase), demo);
}

/** The demo's customer: of an earlier run with the same data, or a new one. */
async function openDemo(
  { data }: StartOptions,
  stack: LocalStack,
  operator: Operator,
): Promise<DemoCustomer> {
  const file = data === undefined ? undefined : join(data, 'demo.json');
  const known = file === undefined ? null : await readDemo(file);
  const demo = known ?? (await createDemoCustomer(connectStripe(stack.apiKey, stack.apiBase)));
  if (known === null) {
    const stripe = { apiKey: stack.apiKey, apiBase: stack.apiBase };
    await assignDemoSecondary(operator, stripe, demo, stack.clock.now());
    if (file !== undefined) await writeFile(file, `${JSON.stringify(demo, null, 2)}\n`);
  }
  sayLine({ what: 'customer', id: demo.customer, text: `${demo.name} <${demo.email}>` });
  sayLine({ what: 'primary', id: demo.primary, text: 'the bank will decline it' });
  sayLine({ what: 'secondary', id: demo.secondary, text: 'a backup with consent on record' });
  return demo;
}

async function readDemo(file: string): Promise<DemoCustomer | null> {
  const text = await readIfThere(file);
  return text === undefined ? null : demoCustomerSchema.parse(JSON.parse(text));
}
