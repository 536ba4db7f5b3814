import { createAuthority } from '../permissions/authority.ts';
import { checkWhatLambdaNeeds } from '../permissions/what-lambda-needs.ts';
import { type ApiPlan, readApis } from './read-apis.ts';
import { type ConfigurationSetPlan, readConfigurationSets } from './read-configuration-sets.ts';
import {
  type EventSourcePlan,
  type FunctionPlan,
  readEventSources,
  readFunctions,
} from './read-functions.ts';
import { type ManagedPolicyPlan, readManagedPolicies } from './read-managed-policies.ts';
import { type PagePlan, readPages } from './read-pages.ts';
import { type QueuePlan, readQueues } from './read-queues.ts';
import { type ResourcePolicies, readResourcePolicies } from './read-resource-policies.ts';
import { readRoles } from './read-roles.ts';
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
  readonly pages: readonly PagePlan[];
  readonly rules: readonly RulePlan[];
  readonly secrets: readonly SecretPlan[];
  readonly configurationSets: readonly ConfigurationSetPlan[];
  readonly resourcePolicies: ResourcePolicies;
  /** What users of the account may be given. */
  readonly managedPolicies: readonly ManagedPolicyPlan[];
}

/** @throws TemplateError for whatever the local cloud cannot run. */
export function planCloud(stack: Stack, assetFolders: ReadonlyMap<string, string>): CloudPlan {
  const queues = readQueues(stack);
  const functions = readFunctions(stack, assetFolders, readRoles(stack));
  const eventSources = readEventSources(stack, { queues, functions });
  const resourcePolicies = readResourcePolicies(stack, { queues, functions });
  const apis = readApis(stack, functions);
  checkWhatLambdaNeeds(functions, eventSources, createAuthority(resourcePolicies));
  return {
    tables: readTables(stack),
    queues,
    functions,
    eventSources,
    apis,
    pages: readPages(stack, apis, assetFolders),
    rules: readRules(stack, { queues, functions }),
    secrets: readSecrets(stack),
    configurationSets: readConfigurationSets(stack),
    resourcePolicies,
    managedPolicies: readManagedPolicies(stack),
  };
}
