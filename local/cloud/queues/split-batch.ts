/**
 * Parts of a batch that each fit into one event: Lambda makes a batch no larger than its payload
 * limit, whatever the batch size ("Lambda event source mappings", "Batching behavior").
 *
 * @param bytesOf The size of one record in the event.
 */
export function splitBatch<Record>(
  records: readonly Record[],
  limitBytes: number,
  bytesOf: (record: Record) => number,
): readonly (readonly Record[])[] {
  const parts: Record[][] = [];
  let bytes = 0;
  for (const record of records) {
    const size = bytesOf(record);
    const last = parts.at(-1);
    if (last === undefined || bytes + size > limitBytes) {
      parts.push([record]);
      bytes = size;
    } else {
      last.push(record);
      bytes += size;
    }
  }
  return parts;
}
