import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const json: z.ZodType<Json> = z.json();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Condition: z.optional(z.string()),
      Properties: z.optional(jsonObject),
    }),
  ),
  Conditions: z.optional(jsonObject),
  Parameters: z.optional(z.record(z.string(), z.object({ Default: z.optional(json) }))),
  Outputs: z.optional(jsonObject),
});

export type Template = z.output<typeof templateSchema>;
export type TemplateResource = Template['Resources'][string];

/** A template that the laptop cannot run; the message names the part that is not known. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

export interface Assembly {
  readonly template: Template;
  /** Folder of each code asset by the key that the template gives it in the bucket. */
  readonly assetFolders: ReadonlyMap<string, string>;
}

/**
 * Reads what `cdk synth` wrote: the stack's template and where its assets lie.
 *
 * @throws TemplateError when there is no such stack in the folder.
 */
export async function readAssembly(directory: string, stackName: string): Promise<Assembly> {
  const template = templateSchema.parse(
    await readJson(directory, `${stackName}.template.json`, stackName),
  );
  const assets = assetsSchema.parse(
    await readJson(directory, `${stackName}.assets.json`, stackName),
  );
  const assetFolders = new Map<string, string>();
  for (const file of Object.values(assets.files)) {
    for (const destination of Object.values(file.destinations)) {
      assetFolders.set(destination.objectKey, join(directory, file.source.path));
    }
  }
  return { template, assetFolders };
}

async function readJson(directory: string, file: string, stackName: string): Promise<unknown> {
  const path = join(directory, file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new TemplateError(
      `There is no ${file} in ${directory}. Synthesize the stack "${stackName}" first (npm run synth).`,
      { cause },
    );
  }
  return JSON.parse(text);
}
