import { createJudge } from './judge/create-judge.ts';
import { help, OptionRefusal, type Options, readOptions } from './options.ts';
import { runSeeds } from './run-seeds.ts';
import { reportOf, type SeedReport } from './seed-report.ts';
import { showProgress } from './show-progress.ts';
import { shrink } from './shrink.ts';
import { tellCoverage } from './tell-coverage.ts';
import { tellBreach, tellStory } from './tell-story.ts';
import { addCounts, type Counts } from './world/coverage.ts';
import { runSeed } from './world/run-seed.ts';

/** How many failing seeds are told in full; the others by their number and rule. */
const mostTold = 3;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    console.log(help);
    return 0;
  }
  return options.story ? tellOne(options.from) : runAll(options);
}

async function tellOne(seed: number): Promise<number> {
  const result = await runSeed(seed, { createJudge, isTold: true });
  console.log(tellStory(result));
  console.log(`Trace ${result.hash}`);
  return result.breaches.length === 0 ? 0 : 1;
}

async function runAll({ from, seeds }: Options): Promise<number> {
  const counts: Counts = {};
  const failed: SeedReport[] = [];
  const progress = showProgress(seeds, Date.now);
  let done = 0;
  await runSeeds(
    Array.from({ length: seeds }, (_, at) => from + at),
    (report) => {
      done += 1;
      addCounts(counts, report.counts);
      if (report.breach !== null) {
        failed.push(report);
        progress.say(tellFailure(report));
      }
      progress.tick(done, failed.length);
    },
  );
  progress.end();
  console.log(tellCoverage(counts));
  failed.sort((a, b) => a.seed - b.seed);
  for (const { seed } of failed.slice(0, mostTold)) console.log(`\n${await explain(seed)}`);
  for (const report of failed.slice(mostTold)) console.log(tellFailure(report));
  console.log(`${done} seeds, ${failed.length} with a breach.`);
  return failed.length === 0 ? 0 : 1;
}

const tellFailure = ({ seed, breach }: SeedReport): string =>
  `Seed ${seed}: rule ${breach?.rule}: ${breach?.what}`;

/** The shortest story that leads to the seed's breach. */
async function explain(seed: number): Promise<string> {
  const failed = await runSeed(seed, { createJudge });
  if (reportOf(failed).breach === null) {
    throw new Error(
      `Seed ${seed} ended otherwise when it was run again: the trace is not its own.`,
    );
  }
  const { result, reduction } = await shrink(failed, { createJudge });
  return tellBreach(result, reduction);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof OptionRefusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
