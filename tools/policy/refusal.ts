/** What was asked for cannot be done, said in sentences that tell what to do. */
export class PolicyRefusal extends Error {
  override readonly name = 'PolicyRefusal';
}
