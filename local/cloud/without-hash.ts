/** CDK appends eight hexadecimal letters to the path of a construct. */
export const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');
