import { App } from 'aws-cdk-lib/core';
import { BackstopStack } from '../lib/backstop-stack.ts';
import { readConfiguration } from '../lib/configuration.ts';

const app = new App({ autoSynth: false });
// The CLI sets these two when it finds credentials; without them the template fits any account.
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const reading = readConfiguration(app.node.tryGetContext('backstop'), { account });

if (reading.valid) {
  new BackstopStack(app, 'Backstop', {
    configuration: reading.configuration,
    ...(account !== undefined && region !== undefined && { env: { account, region } }),
  });
  app.synth();
} else {
  process.stderr.write(`${reading.problems.join('\n')}\n`);
  process.exitCode = 1;
}
