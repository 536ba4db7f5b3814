import * as z from 'zod/mini';

/** What `npm test` says at its end. */
export interface Tally {
  readonly passed: number;
  /** One line for each thing that failed. */
  readonly failures: readonly string[];
}

/** The part of vitest's JSON report that counts. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      /** Absolute path of the test file. */
      name: z.string(),
      status: z.string(),
      /** Why the file as a whole failed; empty where only its tests did. */
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

type FileResult = z.output<typeof reportSchema>['testResults'][number];

export interface Expectations {
  /** Absolute path of the project. */
  readonly root: string;
  /** Names of vitest's projects; each has its tests in `test/<name>/`. */
  readonly projects: readonly string[];
  /** Every test file there is, relative to the root. */
  readonly testFiles: readonly string[];
}

/**
 * Counts vitest's JSON report: whatever was not run, or not run to a good end, has failed.
 *
 * @param report the parsed report, or undefined where vitest wrote none.
 * @param exitCode vitest's own; null where it did not start or was killed.
 */
export function countTests(
  report: unknown,
  exitCode: number | null,
  expectations: Expectations,
): Tally {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) {
    return { passed: 0, failures: ['vitest wrote no report that can be read'] };
  }
  const files = parsed.data.testResults.map((file) => ({
    ...file,
    name: relativeTo(expectations.root, file.name),
  }));
  const failures = [
    ...files.flatMap(failuresOf),
    ...findFilesNotRun(files, expectations.testFiles),
    ...findEmptyProjects(files, expectations.projects),
  ];
  // Errors outside of any test (an unhandled rejection, say) show in the exit code alone.
  if (exitCode !== 0 && failures.length === 0) {
    failures.push(`vitest ended with ${exitCode ?? 'a signal'}, although every test passed`);
  }
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  return { passed: tests.filter(({ status }) => status === 'passed').length, failures };
}

/** Adds up the tallies of several checks. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** The closing line, which CI reads. */
export function closingLine({ passed, failures }: Tally): string {
  return `${passed} passed, ${failures.length} failed`;
}

function relativeTo(root: string, path: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function failuresOf({ name, status, message, assertionResults }: FileResult): string[] {
  const tests = assertionResults
    .filter((test) => test.status !== 'passed')
    .map((test) => `${name}: "${test.fullName}" ${describeStatus(test.status)}`);
  if (message !== '') return [...tests, `${name}: ${firstLine(message)}`];
  if (assertionResults.length === 0) return [`${name}: has no tests`];
  if (status !== 'passed' && tests.length === 0) {
    return [`${name}: failed outside of its tests`];
  }
  return tests;
}

function describeStatus(status: string): string {
  switch (status) {
    case 'failed':
      return 'failed';
    case 'todo':
      return 'is still to be written';
    default:
      return `was not run (${status})`;
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function findFilesNotRun(files: readonly FileResult[], testFiles: readonly string[]): string[] {
  const run = new Set(files.map(({ name }) => name));
  return testFiles
    .filter((file) => !run.has(file))
    .map((file) => `${file}: belongs to no project of vitest.config.ts, and was not run`);
}

function findEmptyProjects(files: readonly FileResult[], projects: readonly string[]): string[] {
  return projects
    .filter((project) => !files.some(({ name }) => name.startsWith(`test/${project}/`)))
    .map((project) => `test/${project}: the project ${project} has no tests`);
}
