/** Which way a language is written. */
export type Direction = 'ltr' | 'rtl';

/** The names that stand in braces in a sentence. */
type Placeholder<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** A file of sentences, ready to be said: those with names in braces want the values for them. */
export type Spoken<Sentences> = {
  readonly [Key in keyof Sentences]: Sentences[Key] extends string
    ? [Placeholder<Sentences[Key]>] extends [never]
      ? string
      : (values: Readonly<Record<Placeholder<Sentences[Key]>, string>>) => string
    : Spoken<Sentences[Key]>;
};

/** The sentences of a locale: the same places as in English, each with the same names in braces. */
export type LocaleFile<Sentences> = {
  readonly [Key in keyof Sentences]: Sentences[Key] extends string
    ? string
    : LocaleFile<Sentences[Key]>;
};

/**
 * Makes a file of sentences ready to be said.
 * @param direction Of the language that they are in.
 */
export function speak<Sentences>(
  file: LocaleFile<Sentences>,
  direction: Direction,
): Spoken<Sentences> {
  const spoken = Object.entries(file).map(([key, value]) => [
    key,
    typeof value === 'string'
      ? speakSentence(value, direction)
      : speak(value as LocaleFile<object>, direction),
  ]);
  // Of the same places as the file; a test compares the names in braces.
  return Object.fromEntries(spoken) as Spoken<Sentences>;
}

const speakSentence = (sentence: string, direction: Direction) =>
  sentence.includes('{')
    ? (values: Readonly<Record<string, string>>) =>
        sentence.replace(/\{(\w+)\}/g, (_all, name: string) =>
          isolate(plainText(values[name] ?? ''), direction),
        )
    : sentence;

/**
 * Characters that turn the order of what follows (Unicode Standard Annex 9, explicit formatting):
 * in a name they would turn the sentence around it, too.
 */
const overrides = /[\u202a-\u202e]/g;
const isolates = /[\u2066-\u2069]/g;

/** What somebody typed, as a part of one line: without what breaks lines or turns their order. */
export function plainText(typed: string): string {
  const plain = typed.replaceAll(overrides, '').replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  // A sentence of ours that stands in another one has isolates that end where they should.
  return isClosed(plain) ? plain : plain.replaceAll(isolates, '');
}

/** Whether each isolate ends in the text, and none outside of it. */
function isClosed(text: string): boolean {
  let open = 0;
  for (const [isolate] of text.matchAll(isolates)) {
    open += isolate === '\u2069' ? -1 : 1;
    if (open < 0) return false;
  }
  return open === 0;
}

const writtenFromTheRight = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]/;

/**
 * Keeps a value together where it runs against its sentence, as an amount does in Hebrew: without
 * the two characters a browser lays its parts out as parts of the sentence (Unicode Standard
 * Annex 9, isolates).
 */
const isolate = (value: string, direction: Direction): string =>
  direction === 'rtl' || writtenFromTheRight.test(value) ? `\u2068${value}\u2069` : value;
