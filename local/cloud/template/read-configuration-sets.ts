import * as z from 'zod';
import type { Stack } from './stack.ts';
import { TemplateError } from './template.ts';

const ignored = z.optional(z.unknown());

const configurationSetSchema = z.strictObject({
  Name: z.optional(z.string()),
  DeliveryOptions: ignored,
  ReputationOptions: ignored,
  SendingOptions: ignored,
  SuppressionOptions: ignored,
  Tags: ignored,
  VdmOptions: ignored,
});

const eventDestinationSchema = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.optional(z.string()),
    Enabled: z.optional(z.boolean()),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.strictObject({ EventBusArn: z.string() }),
  }),
});

export interface ConfigurationSetPlan {
  readonly name: string;
  /** One list for each event destination: the event types it takes, in lower case. */
  readonly eventDestinations: readonly (readonly string[])[];
}

export function readConfigurationSets(stack: Stack): readonly ConfigurationSetPlan[] {
  const destinations = stack
    .ofType('AWS::SES::ConfigurationSetEventDestination')
    .map((resource) => stack.read(resource, eventDestinationSchema));
  const sets = stack.ofType('AWS::SES::ConfigurationSet').map((resource) => {
    stack.read(resource, configurationSetSchema);
    return stack.nameOf(resource.logicalId, 'Name');
  });
  for (const { ConfigurationSetName } of destinations) {
    if (!sets.includes(ConfigurationSetName)) {
      throw new TemplateError(
        `The template has no SES configuration set "${ConfigurationSetName}".`,
      );
    }
  }
  return sets.map((name) => ({
    name,
    eventDestinations: destinations
      .filter((destination) => destination.ConfigurationSetName === name)
      // An event destination that does not say so is switched off.
      .filter((destination) => destination.EventDestination.Enabled === true)
      .map(({ EventDestination }) =>
        EventDestination.MatchingEventTypes.map((type) => type.toLowerCase()),
      ),
  }));
}
