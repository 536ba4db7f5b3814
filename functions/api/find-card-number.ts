/**
 * Whether the text holds what may be the number of a payment card: 13 to 19 digits, perhaps in
 * groups, that begin as an issuer's numbers do, have that network's length and pass the Luhn check
 * (ISO/IEC 7812-1). Other long numbers (telephones, tax ids, ids) pass one of these at most. What
 * stands before or behind it makes it no other number: people write `... 4242 12/30 123`.
 */
export function holdsCardNumber(text: string): boolean {
  for (const [run] of text.matchAll(digitGroups)) {
    const groups = run.split(/[ -]/);
    if (groups.some((_group, first) => beginsWithCardNumber(groups.slice(first, first + 19))))
      return true;
  }
  return false;
}

/** Whether the first groups of these are one, however many there are behind. */
function beginsWithCardNumber(groups: readonly string[]): boolean {
  let digits = '';
  for (const group of groups) {
    digits += group;
    if (digits.length > 19) return false;
    if (digits.length >= 13 && isIssued(digits) && passesLuhn(digits)) return true;
  }
  return false;
}

/** A plus sign begins a telephone number (E.164, at most 15 digits), never a card's. */
const digitGroups = /(?<![\d+])\d+(?:[ -]\d+)*/g;

const issued: readonly { readonly begins: RegExp; readonly lengths: readonly number[] }[] = [
  { begins: /^4/, lengths: [13, 16, 19] },
  { begins: /^(5[1-5]|2(22[1-9]|2[3-9]|[3-6]|7[01]|720))/, lengths: [16] },
  { begins: /^3[47]/, lengths: [15] },
  { begins: /^(6011|64[4-9]|65|81|62)/, lengths: [16, 17, 18, 19] },
  { begins: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { begins: /^3(0[0-5]|[689])/, lengths: [14, 16, 19] },
  { begins: /^(5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [13, 14, 15, 16, 17, 18, 19] },
];

const isIssued = (digits: string): boolean =>
  issued.some(({ begins, lengths }) => begins.test(digits) && lengths.includes(digits.length));

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, position) => {
    const value = Number(digit) * (position % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
