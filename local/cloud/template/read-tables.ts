import * as z from 'zod';
import type { Stack } from './stack.ts';

const ignored = z.optional(z.unknown());
const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const projection = z.object({
  ProjectionType: z.string(),
  NonKeyAttributes: z.optional(z.array(z.string())),
});
const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: projection,
  ProvisionedThroughput: ignored,
  OnDemandThroughput: ignored,
  WriteProvisionedThroughputSettings: ignored,
  WriteOnDemandThroughputSettings: ignored,
  ContributorInsightsSpecification: ignored,
});

const tableSchema = z.strictObject({
  TableName: z.optional(z.string()),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.optional(z.array(index)),
  LocalSecondaryIndexes: z.optional(z.array(index)),
  BillingMode: ignored,
  ContributorInsightsSpecification: ignored,
  DeletionProtectionEnabled: ignored,
  OnDemandThroughput: ignored,
  PointInTimeRecoverySpecification: ignored,
  ProvisionedThroughput: ignored,
  Replicas: ignored,
  SSESpecification: ignored,
  TableClass: ignored,
  Tags: ignored,
  // Items past their time stay: the emulator deletes nothing by itself, as AWS may take days.
  TimeToLiveSpecification: ignored,
  WriteOnDemandThroughputSettings: ignored,
  WriteProvisionedThroughputSettings: ignored,
});

export interface IndexPlan {
  readonly IndexName: string;
  readonly KeySchema: z.output<typeof keySchema>;
  readonly Projection: z.output<typeof projection>;
}

export interface TablePlan {
  readonly logicalId: string;
  readonly name: string;
  readonly KeySchema: z.output<typeof keySchema>;
  readonly AttributeDefinitions: z.output<typeof tableSchema>['AttributeDefinitions'];
  readonly GlobalSecondaryIndexes: readonly IndexPlan[];
  readonly LocalSecondaryIndexes: readonly IndexPlan[];
}

export function readTables(stack: Stack): readonly TablePlan[] {
  const resources = [
    ...stack.ofType('AWS::DynamoDB::Table'),
    ...stack.ofType('AWS::DynamoDB::GlobalTable'),
  ];
  return resources.map((resource) => {
    const table = stack.read(resource, tableSchema);
    return {
      logicalId: resource.logicalId,
      name: stack.nameOf(resource.logicalId, 'TableName'),
      KeySchema: table.KeySchema,
      AttributeDefinitions: table.AttributeDefinitions,
      GlobalSecondaryIndexes: (table.GlobalSecondaryIndexes ?? []).map(keysOfIndex),
      LocalSecondaryIndexes: (table.LocalSecondaryIndexes ?? []).map(keysOfIndex),
    };
  });
}

function keysOfIndex({ IndexName, KeySchema, Projection }: z.output<typeof index>): IndexPlan {
  return { IndexName, KeySchema, Projection };
}
