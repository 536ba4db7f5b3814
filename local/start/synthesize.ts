import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { StartRefusal } from './options.ts';
import { projectFile, readContext } from './project.ts';

/**
 * Synthesizes the stack into a folder, as `cdk synth` does, but without its start-up time.
 * @param configuration The value of the CDK context key `backstop`; the rest of the context is
 *   the project's own, so that the template is the one that would be deployed.
 * @throws {StartRefusal} with what the stack says, where the configuration is wrong.
 */
export async function synthesize(directory: string, configuration: object): Promise<void> {
  const context = { ...(await readContext()), backstop: configuration };
  const program = [projectFile('tools/run.mjs'), projectFile('bin/backstop.ts')];
  const child = spawn(process.execPath, program, {
    env: {
      PATH: process.env.PATH,
      CDK_OUTDIR: directory,
      // CloudFormation's own checks of the template: `cdk synth` runs them before a deploy.
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new StartRefusal(`The stack cannot be synthesized:\n${said.trim()}`);
}
