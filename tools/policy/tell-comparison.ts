import { columns } from '../staff/layout.ts';
import type { Comparison, Row } from './compare-policies.ts';
import type { Estimate } from './figures/intervals.ts';

/** How many breaches of a policy are told one by one. */
const mostTold = 5;
/** With fewer failures than this the bootstrap promises more than it can keep. */
const fewFailures = 100;

/**
 * A comparison as a page of text. Every line with a figure says that it is simulated: lines are
 * quoted without the page that they stand on.
 * @param names Of the policies, as columns.
 * @param failures What was played, in words.
 */
export function tellComparison(
  comparison: Comparison,
  names: readonly string[],
  failures: string,
): string {
  const header = ['simulated', '', ...names, ...(names.length > 1 ? ['difference'] : [])];
  return [
    `Simulated: ${failures}. Nothing was charged.`,
    '',
    columns([header, ...comparison.rows.map(tellRow), tellBreaches(comparison, names)]),
    '',
    'Simulated figures; in brackets, what 95 of 100 hold between them: the luck of these failures,',
    'and what nobody knows of the model. What it takes for true, and from where: docs/try-a-policy.md.',
    ...warnings(comparison),
    ...listBreaches(comparison, names),
  ].join('\n');
}

function tellRow({ name, unit, of, difference }: Row): readonly string[] {
  const cells = of.map((estimate) => tellEstimate(estimate, unit, false));
  const more = difference === null ? [] : [tellEstimate(difference, unit, true)];
  return ['simulated', name, ...cells, ...more];
}

const tellBreaches = ({ breaches }: Comparison, names: readonly string[]): readonly string[] => [
  'simulated',
  "breaches of a card network's rule",
  ...breaches.map((each) => String(each.length)),
  ...(names.length > 1 ? [''] : []),
];

function tellEstimate(
  { value, low, high }: Estimate,
  unit: Row['unit'],
  isDifference: boolean,
): string {
  if (!Number.isFinite(value)) return '-';
  const sign = (number: number) => (isDifference && number > 0 ? '+' : '');
  const tell = (number: number) => `${sign(number)}${tellNumber(number, unit)}`;
  const percent = unit === 'share' ? (isDifference ? ' points' : ' %') : '';
  return `${tell(value)}${percent} (${tell(low)} to ${tell(high)})`;
}

function tellNumber(number: number, unit: Row['unit']): string {
  if (!Number.isFinite(number)) return '-';
  const scaled = unit === 'share' ? number * 100 : number;
  const text = scaled.toFixed(unit === 'number' ? 2 : 1);
  // Rounded to nothing, nothing has no sign.
  return Number(text) === 0 ? text.replace('-', '') : text;
}

function warnings({ failures, unexplained }: Comparison): readonly string[] {
  const few =
    failures < fewFailures
      ? [`Simulated from ${failures} failures only: too few for the brackets to be trusted.`]
      : [];
  const strange =
    unexplained > 0
      ? [
          `Simulated with ${unexplained} recorded histories that the model could not have had: they count as their closest.`,
        ]
      : [];
  return [...few, ...strange].flatMap((line) => ['', line]);
}

function listBreaches({ breaches }: Comparison, names: readonly string[]): readonly string[] {
  return breaches.flatMap((each, which) =>
    each.length === 0
      ? []
      : [
          '',
          `Simulated breaches under ${names[which]}; there must be none, so this is a fault of Backstop's:`,
          ...each.slice(0, mostTold).map(({ rule, what }) => `  simulated: ${rule}: ${what}`),
        ],
  );
}
