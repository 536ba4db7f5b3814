import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileLayout } from './compile-layout.ts';

const file = (name: string) =>
  fileURLToPath(new URL(`../../functions/mail/${name}`, import.meta.url));

writeFileSync(file('layout.ts'), await compileLayout(readFileSync(file('layout.mjml'), 'utf8')));
