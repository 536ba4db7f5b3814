import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the `stripe` package says of one property. */
export interface SdkProperty {
  readonly type: string;
  readonly optional: boolean;
  /** Where the names in `type` are to be looked up. */
  readonly scope: Scope;
}

interface Scope {
  readonly file: string;
  /** The names around, outermost first: `['Charge', 'Outcome']`. */
  readonly names: readonly string[];
}

export type SdkInterface = ReadonlyMap<string, SdkProperty>;

interface Declarations {
  /** By their full names: `Charge.Outcome`. */
  readonly interfaces: ReadonlyMap<string, SdkInterface>;
  readonly aliases: ReadonlyMap<string, string>;
  /** The file that each imported name comes from. */
  readonly imports: ReadonlyMap<string, string>;
}

const typesRoot = dirname(fileURLToPath(import.meta.resolve('stripe')));
const parsed = new Map<string, Declarations>();

function declarationsOf(file: string): Declarations {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const declarations = parse(file);
  parsed.set(file, declarations);
  return declarations;
}

/** Reads one of the package's declaration files, which are generated and all look alike. */
function parse(file: string): Declarations {
  const source = readFileSync(join(typesRoot, file), 'utf8').replaceAll(/\/\*\*.*?\*\//gs, '');
  const interfaces = new Map<string, Map<string, SdkProperty>>();
  const aliases = new Map<string, string>();
  const imports = new Map<string, string>();
  const open: { name: string | undefined; properties?: Map<string, SdkProperty> }[] = [];
  const names = () => open.flatMap(({ name }) => (name === undefined ? [] : [name]));
  for (const line of source.split('\n')) {
    const [, imported = '', from = ''] = /^import \{ (.*) \} from '(.*)';$/.exec(line) ?? [];
    for (const each of imported.split(', ')) {
      if (each !== '') imports.set(each, join(dirname(file), from.replace(/\.js$/, '.d.ts')));
    }
    const [, block, name] =
      /^\s*(?:export )?(?:declare )?(interface|namespace) (\w+)/.exec(line) ?? [];
    const [, key, mark, type] = /^\s+(\w+)(\?)?: (.*)$/.exec(line) ?? [];
    const [, alias, meaning] = /^\s*(?:export )?type (\w+) = (.*);$/.exec(line) ?? [];
    if (block !== undefined && name !== undefined) {
      const full = [...names(), name].join('.');
      const properties = interfaces.get(full) ?? new Map<string, SdkProperty>();
      if (block === 'interface') interfaces.set(full, properties);
      open.push({ name, ...(block === 'interface' ? { properties } : {}) });
    } else if (/^\s*\};?$/.test(line) || /^\s*\} .*;$/.test(line)) {
      open.pop();
    } else if (line.trimEnd().endsWith('{')) {
      if (key !== undefined) {
        open.at(-1)?.properties?.set(key, {
          type: '{}',
          optional: mark === '?',
          scope: { file, names: [] },
        });
      }
      open.push({ name: undefined });
    } else if (key !== undefined && type !== undefined) {
      const scope = { file, names: names() };
      const property = { type: type.replace(/;$/, ''), optional: mark === '?', scope };
      open.at(-1)?.properties?.set(key, property);
    } else if (alias !== undefined && meaning !== undefined) {
      aliases.set([...names(), alias].join('.'), meaning);
    }
  }
  return { interfaces, aliases, imports };
}

/** The interface of an object by its name in the file that declares it. */
export function sdkInterface(file: string, name: string): SdkInterface {
  const found = declarationsOf(join('resources', file)).interfaces.get(name);
  if (found === undefined) throw new Error(`The stripe package has no ${name} in ${file}.`);
  return found;
}

/** The parts of a union at its top level. */
function partsOf(type: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of type) {
    if ('<({'.includes(character)) depth += 1;
    if ('>)}'.includes(character)) depth -= 1;
    if (character === '|' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  return [...parts, part.trim()];
}

export function isNullable({ type }: SdkProperty): boolean {
  return partsOf(type).includes('null');
}

/** The interfaces that a property's value, or each of its elements, can have. */
export function interfacesWithin({ type, scope }: SdkProperty): readonly SdkInterface[] {
  return partsOf(type).flatMap((part) => {
    const [, element] = /^(?:Array|ReadonlyArray)<(.*)>$/.exec(part) ?? [];
    if (element !== undefined) return interfacesWithin({ type: element, scope, optional: false });
    return lookUp(part, scope);
  });
}

/** The element type of an `ApiList`. */
export function listedWithin({ type, scope }: SdkProperty): SdkProperty | undefined {
  const [, element] = /^ApiList<(.*)>$/.exec(partsOf(type)[0] ?? '') ?? [];
  return element === undefined ? undefined : { type: element, scope, optional: false };
}

function lookUp(name: string, { file, names }: Scope): readonly SdkInterface[] {
  const { interfaces, aliases, imports } = declarationsOf(file);
  for (let depth = names.length; depth >= 0; depth -= 1) {
    const full = [...names.slice(0, depth), name].join('.');
    const found = interfaces.get(full);
    if (found !== undefined) return [found];
    const alias = aliases.get(full);
    if (alias !== undefined) {
      return interfacesWithin({
        type: alias,
        scope: { file, names: names.slice(0, depth) },
        optional: false,
      });
    }
  }
  const [first = ''] = name.split('.');
  const elsewhere = imports.get(first);
  return elsewhere === undefined ? [] : lookUp(name, { file: elsewhere, names: [] });
}
