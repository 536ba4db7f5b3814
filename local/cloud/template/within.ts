import * as z from 'zod';

/** A number of the template within AWS's limits for it; CloudFormation refuses another at deploy. */
export const within = ({ from, to }: { readonly from: number; readonly to: number }) =>
  z
    .number()
    .check(
      z.refine(
        (value) => Number.isInteger(value) && value >= from && value <= to,
        `AWS takes a whole number from ${from} to ${to}.`,
      ),
    );
