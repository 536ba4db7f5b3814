import { invalidParameter } from './answer.ts';
import type { Params, ParamValue } from './parameters.ts';

/** A group of parameters while it is being put together. */
interface Node {
  readonly children: Map<string, Node | string>;
}

const newNode = (): Node => ({ children: new Map() });

/** Far deeper than any parameter of Stripe's. */
const deepestName = 16;

/** `items[0][price]`; anything else in brackets is a name as it stands, which nothing knows. */
const nested = /^[^[\]]+(?:\[[^[\]]*\])+$/;

/**
 * Reads `a=1&b[c]=2&d[0]=3&e[]=4` as Stripe does. A later value of the same name wins, except
 * in lists.
 *
 * @throws Refusal for a name with more brackets than any parameter has.
 */
export function readForm(form: string): Params {
  const root = newNode();
  for (const [name, value] of new URLSearchParams(form)) {
    place(root, pathOf(name), value);
  }
  return groupOf(root);
}

function pathOf(name: string): readonly string[] {
  if (!nested.test(name)) return [name];
  const path = name.slice(0, -1).split(/\]?\[/);
  if (path.length > deepestName) {
    const start = path[0] ?? '';
    throw invalidParameter(`A parameter has at most ${deepestName} levels: ${start}`, start);
  }
  return path;
}

function place(root: Node, path: readonly string[], value: string): void {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const key = step === '' && depth > 0 ? String(node.children.size) : step;
    if (depth === path.length - 1) {
      node.children.set(key, value);
      return;
    }
    const child = node.children.get(key);
    const next = child === undefined || typeof child === 'string' ? newNode() : child;
    node.children.set(key, next);
    node = next;
  }
}

function groupOf(node: Node): Params {
  return Object.fromEntries([...node.children].map(([key, child]) => [key, treeOf(child)]));
}

function treeOf(child: Node | string): ParamValue {
  if (typeof child === 'string') return child;
  const keys = [...child.children.keys()];
  const isList = keys.length > 0 && keys.every((key, index) => key === String(index));
  return isList ? [...child.children.values()].map(treeOf) : groupOf(child);
}

/**
 * The parameters of an SDK call as the engine takes them, without HTTP in between: numbers and
 * booleans become text, null becomes the empty value that unsets.
 *
 * @throws TypeError for a value that has no form encoding.
 */
export function paramsOf(input: object): Params {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, paramOf(value)]),
  );
}

function paramOf(value: unknown): ParamValue {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return '';
  if (Array.isArray(value)) return value.map(paramOf);
  if (typeof value === 'object') return paramsOf(value);
  throw new TypeError(`A parameter cannot be a ${typeof value}.`);
}
