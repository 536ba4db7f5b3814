/** A text of a policy in which `*` and `?` stand for others. */
export interface Pattern {
  /** As it stands in the policy. */
  readonly text: string;
  matches(value: string): boolean;
}

/** An action such as `sqs:Send*`: its letters may be large or small. */
export function actionPattern(text: string): Pattern {
  return patternOf(text, [...text].map(wildcardOfText), 'i');
}

/** A value of a condition such as `StringLike`: `*` is any text, `?` any one character. */
export function textPattern(text: string): Pattern {
  return patternOf(text, [...text].map(wildcardOfText), '');
}

/**
 * An ARN. A `*` that ends a segment goes beyond its colon, one within a segment does not
 * (IAM: "IAM JSON policy elements: Resource").
 */
export function arnPattern(text: string): Pattern {
  const signs = [...text];
  const parts = signs.map((sign, at) => {
    const endsSegment = at === signs.length - 1 || signs[at + 1] === ':';
    if (sign === '*') return endsSegment ? '.*' : '[^:]*';
    return sign === '?' ? '[^:]' : escaped(sign);
  });
  return patternOf(text, parts, '');
}

/** An ARN in a condition: each of its six parts is compared by itself. */
export function arnConditionPattern(text: string): Pattern {
  const patterns = arnParts(text).map(textPattern);
  return {
    text,
    matches(value) {
      const parts = arnParts(value);
      return (
        parts.length === patterns.length &&
        parts.every((part, at) => patterns[at]?.matches(part) === true)
      );
    },
  };
}

/** `arn`, partition, service, region, account, and the rest with whatever colons it has. */
function arnParts(arn: string): readonly string[] {
  const [scheme = '', partition = '', service = '', region = '', accountId = '', ...rest] =
    arn.split(':');
  return [scheme, partition, service, region, accountId, rest.join(':')];
}

function wildcardOfText(sign: string): string {
  if (sign === '*') return '.*';
  return sign === '?' ? '.' : escaped(sign);
}

const escaped = (sign: string) => sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

function patternOf(text: string, parts: readonly string[], flags: string): Pattern {
  // Runs of `*` mean no more than one, and would make the expression slow.
  const expression = new RegExp(`^${parts.join('').replaceAll(/(\.\*)+/g, '.*')}$`, `su${flags}`);
  return { text, matches: (value) => expression.test(value) };
}
