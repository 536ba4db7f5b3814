/** The id of an audit entry of a change, by the place of the entry among the change's. */
export const entryIdOf = (change: number, place: number): string => `customer-${change}-${place}`;
