/** The AWS account that the laptop plays: the one that the emulators assume too. */
export const account = {
  id: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
} as const;

/** `arn:aws:SERVICE:us-east-1:000000000000:RESOURCE` */
export function arnOf(service: string, resource: string): string {
  return `arn:${account.partition}:${service}:${account.region}:${account.id}:${resource}`;
}

/** What stands after the last colon: a queue's name, or a function's name. */
export function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
