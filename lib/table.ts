import {
  AttributeType,
  BillingMode,
  type GlobalSecondaryIndexProps,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment } from '../functions/environment.ts';
import type { RoomFunction } from './room-function.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * All sparse indexes are there from the first deploy, because CloudFormation adds only one index
 * in an update. An item without the partition attribute costs the index nothing.
 */
const indexes: readonly GlobalSecondaryIndexProps[] = [
  {
    indexName: 'due',
    partitionKey: text('dueShard'),
    sortKey: text('dueAt'),
    projectionType: ProjectionType.KEYS_ONLY,
  },
  {
    indexName: 'remind',
    partitionKey: text('remindShard'),
    sortKey: text('remindAt'),
    projectionType: ProjectionType.KEYS_ONLY,
  },
  {
    indexName: 'open',
    partitionKey: text('openShard'),
    sortKey: text('openedAt'),
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ['state', 'amountDue'],
  },
];

/** The one table: what Backstop intends, and what it did. */
export class BackstopTable extends Construct {
  readonly resource: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new Table(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // The key that AWS manages in this account, and not DynamoDB's own: each use of it stands
      // in CloudTrail, for names and mail addresses are in here. A key of one's own would cost
      // a dollar a month and one more way to lose everything.
      encryption: TableEncryption.AWS_MANAGED,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: 'expiresAt',
    });
    for (const index of indexes) this.resource.addGlobalSecondaryIndex(index);
  }

  /** Reads and writes single items; a write is one conditional `PutItem`. */
  grantGetAndPut(user: RoomFunction): void {
    this.#grant(user, ['dynamodb:GetItem', 'dynamodb:PutItem'], this.resource.tableArn);
  }

  /** Reads a part of one partition: all that the page shows of a customer, in one request. */
  grantQuery(user: RoomFunction): void {
    this.#grant(user, ['dynamodb:Query'], this.resource.tableArn);
  }

  /** Finds what stands in a sparse index: what is due, or the cases that are open. */
  grantQueryIndex(user: RoomFunction, index: 'due' | 'open' | 'remind'): void {
    this.#grant(user, ['dynamodb:Query'], `${this.resource.tableArn}/index/${index}`);
  }

  #grant(user: RoomFunction, actions: string[], resource: string): void {
    user.allow({ actions, resources: [resource] });
    user.setEnvironment(environment.tableName, this.resource.tableName);
  }
}
