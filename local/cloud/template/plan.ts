import { type ApiPlan, readApis } from './read-apis.ts';
import { type ConfigurationSetPlan, readConfigurationSets } from './read-configuration-sets.ts';
import {
  type EventSourcePlan,
  type FunctionPlan,
  readEventSources,
  readFunctions,
} from './read-functions.ts';
import { type QueuePlan, readQueues } from './read-queues.ts';
import { type RulePlan, readRules } from './read-rules.ts';
import { readSecrets, type SecretPlan } from './read-secrets.ts';
import { readTables, type TablePlan } from './read-tables.ts';
import type { Stack } from './stack.ts';

/** All that the local cloud runs, as plain data. */
export interface CloudPlan {
  readonly tables: readonly TablePlan[];
  readonly queues: readonly QueuePlan[];
  readonly functions: readonly FunctionPlan[];
  readonly eventSources: readonly EventSourcePlan[];
  readonly apis: readonly ApiPlan[];
  readonly rules: readonly RulePlan[];
  readonly secrets: readonly SecretPlan[];
  readonly configurationSets: readonly ConfigurationSetPlan[];
}

/** @throws TemplateError for whatever the local cloud cannot run. */
export function planCloud(stack: Stack, assetFolders: ReadonlyMap<string, string>): CloudPlan {
  const queues = readQueues(stack);
  const functions = readFunctions(stack, assetFolders);
  return {
    tables: readTables(stack),
    queues,
    functions,
    eventSources: readEventSources(stack, { queues, functions }),
    apis: readApis(stack, functions),
    rules: readRules(stack, { queues, functions }),
    secrets: readSecrets(stack),
    configurationSets: readConfigurationSets(stack),
  };
}
