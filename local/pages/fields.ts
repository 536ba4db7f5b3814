/** The fields of a form, which a person may have left empty. */
export class Fields {
  readonly #given: URLSearchParams;
  constructor(body: string) {
    this.#given = new URLSearchParams(body);
  }

  text(name: string): string | undefined {
    const value = this.#given.get(name)?.trim();
    return value === '' ? undefined : value;
  }

  /** @throws RangeError naming the field when it is empty. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new RangeError(`Fill in "${name}".`);
    return value;
  }

  /** @throws RangeError when it is no number. */
  number(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!Number.isFinite(number)) throw new RangeError(`"${name}" takes a number, not "${value}".`);
    return number;
  }

  /** @throws RangeError when it is none of the words. */
  oneOf<const W extends string>(name: string, words: readonly W[]): W {
    const value = this.required(name);
    const word = words.find((known) => known === value);
    if (word === undefined) throw new RangeError(`"${name}" is one of ${words.join(', ')}.`);
    return word;
  }
}
