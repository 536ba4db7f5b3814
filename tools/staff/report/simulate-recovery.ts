import { readCases } from '../../policy/cases/cases-file.ts';
import { comparePolicies } from '../../policy/compare-policies.ts';
import { readPolicy } from '../../policy/policy-file.ts';
import { tellComparison } from '../../policy/tell-comparison.ts';

/** One seed for every report, so that two people read the same. */
const seed = 1;

/**
 * What a policy would have recovered of these failures by the model of `npm run policy`; the word
 * simulated stands in every line with a figure.
 * @param policy The text of a policy's file, or of a whole `cdk.json`.
 * @param cases As `exportCases` writes them.
 * @throws {PolicyRefusal} for a policy that is none.
 */
export async function simulateRecovery(
  policy: string,
  name: string,
  cases: string,
): Promise<string> {
  const failures = readCases(cases, 'the observed failures');
  const policies = [readPolicy(policy, name)];
  const comparison = await comparePolicies({ failures, policies, seed });
  return tellComparison(comparison, [name], `${failures.length} observed failures, seed ${seed}`);
}
