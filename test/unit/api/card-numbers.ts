import fc from 'fast-check';

/** Begins of numbers and their lengths, one of each network (ISO/IEC 7812, Stripe's test cards). */
const networks: readonly { readonly begins: string; readonly length: number }[] = [
  { begins: '4', length: 16 },
  { begins: '51', length: 16 },
  { begins: '2223', length: 16 },
  { begins: '34', length: 15 },
  { begins: '6011', length: 16 },
  { begins: '3530', length: 16 },
  { begins: '36', length: 14 },
  { begins: '62', length: 19 },
];

/** A number that could be a payment card's, its last digit by Luhn's rule. */
export const cardNumber: fc.Arbitrary<string> = fc
  .record({
    network: fc.constantFrom(...networks),
    digits: fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }),
  })
  .map(({ network: { begins, length }, digits }) => {
    const body = `${begins}${digits.join('')}`.slice(0, length - 1);
    return `${body}${checkDigit(body)}`;
  });

function checkDigit(body: string): number {
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + Math.floor(doubled / 10) + (doubled % 10);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
