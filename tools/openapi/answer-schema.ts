import * as z from 'zod/mini';

/** The answers by their names in the document. */
export const answerNames = z.registry<{ readonly id: string }>();

/** Arrays and fields that may be written, as schemas know them; ids are texts there. */
type Plain<View> = View extends string | number | boolean | null | undefined
  ? View
  : { -readonly [Field in keyof View]: Plain<View[Field]> };

/**
 * The schema of an answer under a name in the document. It does not compile where the type allows
 * an answer that the schema does not: `answer<CustomerView>()('CustomerView', schema)`.
 */
export const answer =
  <View>() =>
  <Schema extends z.ZodMiniType>(
    id: string,
    schema: Schema,
    ..._fits: Plain<View> extends z.input<Schema> ? [] : [problem: 'not every answer fits']
  ): Schema => {
    answerNames.add(schema, { id });
    return schema;
  };

// What several answers have in common.

/** ISO 8601, UTC. */
export const time = z.iso.datetime();
export const text = z.string();
export const maybeText = z.nullable(z.string());
export const maybeTime = z.nullable(time);
export const version = z.int().check(z.minimum(1));
/** Words that a code says, not a person. */
export const word = z.string();
/** Objects of our own records, which are shown as they stand. */
export const record = z.record(z.string(), z.unknown());

export const money = z.strictObject({ amount: z.int(), currency: z.string() });
answerNames.add(money, { id: 'Money' });
export const maybeMoney = z.nullable(money);
