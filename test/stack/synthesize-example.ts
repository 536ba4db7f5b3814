import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib/core';
import * as z from 'zod/mini';
import { BackstopStack } from '../../lib/backstop-stack.ts';
import { type Configuration, readConfiguration } from '../../lib/configuration.ts';

const cdkJson = z
  .object({ context: z.looseObject({ backstop: z.record(z.string(), z.unknown()) }) })
  .parse(JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')));

/** The context of cdk.json, as the CLI hands it to the app. */
export const context = cdkJson.context;

/** The configuration that cdk.json carries as an example. */
export const example = cdkJson.context.backstop;

export function exampleConfiguration(): Configuration {
  const reading = readConfiguration(example, { account: undefined });
  if (!reading.valid) throw new Error(reading.problems.join('\n'));
  return reading.configuration;
}

/**
 * A new app with the context of cdk.json; call `remove` when done with its `cdk.out`.
 *
 * @param options.validate whether CDK checks the template against CloudFormation's schemas, which
 *   takes a second: one test does.
 */
export function createApp(options: { validate: boolean } = { validate: false }): {
  app: App;
  outdir: string;
  remove(): void;
} {
  const outdir = mkdtempSync(join(tmpdir(), 'backstop-stack-test-'));
  const app = new App({
    context,
    outdir,
    autoSynth: false,
    analyticsReporting: false,
    builtinCloudFormationValidation: options.validate,
  });
  return { app, outdir, remove: () => rmSync(outdir, { recursive: true }) };
}

const violation = z.object({
  ruleName: z.string(),
  violatingConstructs: z.array(z.object({ constructPath: z.string() })),
});
const validationReport = z.object({
  pluginReports: z.array(z.object({ violations: z.array(violation) })),
});

/** Synthesizes with the plugins of `createPlugins` and CDK's own; answers what they found wrong. */
export function findViolations(
  populate: (app: App) => void,
  createPlugins: (app: App) => IPolicyValidationPlugin[],
): { rule: string; paths: string[] }[] {
  const { app, outdir, remove } = createApp({ validate: true });
  try {
    populate(app);
    Validations.of(app).addPlugins(...createPlugins(app));
    try {
      app.synth();
    } catch (error) {
      // Violations end the synthesis, and stand in the report.
      if (!(error instanceof Error) || error.name !== 'ValidationFailed') throw error;
    }
    const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
    return validationReport
      .parse(JSON.parse(report))
      .pluginReports.flatMap(({ violations }) => violations)
      .map(({ ruleName, violatingConstructs }) => ({
        rule: ruleName,
        paths: violatingConstructs.map(({ constructPath }) => constructPath),
      }));
  } finally {
    remove();
  }
}

let synthesized: Template | undefined;

/** The template of the example configuration, synthesized once for the files of one process. */
export function synthesizeExample(): Template {
  synthesized ??= synthesizeAnew();
  return synthesized;
}

function synthesizeAnew(): Template {
  const { app, remove } = createApp();
  try {
    const stack = new BackstopStack(app, 'Backstop', { configuration: exampleConfiguration() });
    return Template.fromStack(stack);
  } finally {
    remove();
  }
}
