import { expect, it } from 'vitest';
import { OptionRefusal, readOptions } from './options.ts';

const read = (line: string) => readOptions(line.split(' ').filter((word) => word !== ''));

it('reads how many seeds from where, or one seed', () => {
  expect(read('--seeds 300 --from 7')).toEqual({ from: 7, seeds: 300, story: false });
  expect(read('--seeds 5')).toEqual({ from: 1, seeds: 5, story: false });
  expect(read('--seed 42 --story')).toEqual({ from: 42, seeds: 1, story: true });
  expect(read('')).toEqual({ from: 1, seeds: 100, story: false });
  expect(read('--help')).toBeNull();
});

it.each([
  ['--seeds', '--seeds takes a whole number, not "".'],
  ['--seed x', '--seed takes a whole number, not "x".'],
  ['--from -3', '--from takes a whole number, not "-3".'],
  ['--fast', 'There is no option --fast: say --help to see those there are.'],
  ['--story', 'A story is told of one seed: say --seed S --story.'],
  ['--seed 1 --seeds 2', 'Say either --seed S or --seeds N with --from S, not both.'],
])('%s is refused with one sentence', (line, sentence) => {
  expect(() => read(line)).toThrow(new OptionRefusal(sentence));
});
