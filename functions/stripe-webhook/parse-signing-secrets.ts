/**
 * The signing secrets in the secret's value, one a line: two while one is being rotated.
 * @throws {Error} where there is none, as in a stack that was deployed and not yet connected.
 */
export function parseSigningSecrets(value: string): readonly string[] {
  const secrets = value.split(/\s+/).filter((word) => word.startsWith('whsec_'));
  if (secrets.length > 0) return secrets;
  throw new Error(
    'The webhook secret holds no signing secret yet. Create the webhook endpoint at Stripe and ' +
      'put its signing secret (whsec_...) there, one a line.',
  );
}
