import { inWords } from '../../words/tasks.ts';

/** How a value is entered. */
export type Control =
  | {
      readonly kind: 'text';
      readonly format: string | undefined;
      readonly maxLength: number | undefined;
      readonly pattern: string | undefined;
    }
  | { readonly kind: 'number'; readonly integer: boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  | { readonly kind: 'rows'; readonly columns: readonly Field[]; readonly tuple: boolean }
  | { readonly kind: 'list'; readonly of: Control }
  | { readonly kind: 'json' };

export interface Option {
  readonly label: string;
  readonly value: unknown;
}

/** One value of the form, as the JSON Schema of a question describes it. */
export interface Field {
  readonly name: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly control: Control;
  /** The paper may lack it: absence is an answer of its own. */
  readonly nullable: boolean;
  readonly required: boolean;
}

type Schema = Readonly<Record<string, unknown>>;

/** The fields of an object schema, in its order. What the schema says beyond this is checked where the answer is stored. */
export function fieldsOf(form: object | null): readonly Field[] {
  const root = asSchema(form);
  const required = new Set(asList(root['required']));
  return Object.entries(asSchema(root['properties'])).map(([name, schema]) =>
    fieldOf(name, asSchema(schema), required.has(name), root),
  );
}

function fieldOf(name: string, given: Schema, required: boolean, root: Schema): Field {
  const { schema, nullable } = withoutNull(resolved(given, root), root);
  const title = text(given['title']) ?? text(schema['title']) ?? inWords(name);
  const description = text(given['description']) ?? text(schema['description']);
  return { name, title, description, control: controlOf(schema, root), nullable, required };
}

function controlOf(schema: Schema, root: Schema): Control {
  const options = optionsOf(schema);
  if (options !== undefined) return { kind: 'choice', options };
  switch (schema['type']) {
    case 'string':
      return {
        kind: 'text',
        format: text(schema['format']),
        maxLength: number(schema['maxLength']),
        pattern: text(schema['pattern']),
      };
    case 'number':
    case 'integer':
      return { kind: 'number', integer: schema['type'] === 'integer' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return arrayControl(schema, root);
    default:
      return { kind: 'json' };
  }
}

function arrayControl(schema: Schema, root: Schema): Control {
  const item = resolved(asSchema(schema['items']), root);
  const columns =
    Object.keys(asSchema(item['properties'])).length > 0
      ? fieldsOf({ ...item, $defs: root['$defs'] })
      : tupleColumns(item, root);
  if (columns !== undefined) return { kind: 'rows', columns, tuple: item['type'] === 'array' };
  const of = controlOf(item, root);
  return of.kind === 'text' || of.kind === 'number' ? { kind: 'list', of } : { kind: 'json' };
}

function tupleColumns(item: Schema, root: Schema): readonly Field[] | undefined {
  const parts = asList(item['prefixItems']);
  if (item['type'] !== 'array' || parts.length === 0) return undefined;
  return parts.map((part, i) => ({
    ...fieldOf(String(i), asSchema(part), true, root),
    title: text(asSchema(part)['title']) ?? `Part ${i + 1}`,
  }));
}

function optionsOf(schema: Schema): readonly Option[] | undefined {
  if ('const' in schema) return [option(schema['const'])];
  if (Array.isArray(schema['enum'])) return schema['enum'].filter((value) => value !== null).map(option);
  const branches = asList(schema['anyOf'] ?? schema['oneOf']).map(asSchema);
  const constants = branches.flatMap((branch) =>
    'const' in branch ? [{ ...option(branch['const']), label: text(branch['title']) ?? String(branch['const']) }] : [],
  );
  return constants.length > 0 && constants.length === branches.length ? constants : undefined;
}

function option(value: unknown): Option {
  return { value, label: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** `null` among the types or branches means: the value may be absent. */
function withoutNull(schema: Schema, root: Schema): { schema: Schema; nullable: boolean } {
  if (Array.isArray(schema['type'])) {
    const types = schema['type'].filter((type) => type !== 'null');
    const rest = { ...schema, type: types.length === 1 ? types[0] : types };
    return { schema: rest, nullable: types.length < schema['type'].length };
  }
  const branches = asList(schema['anyOf'] ?? schema['oneOf']).map((branch) => resolved(asSchema(branch), root));
  const values = branches.filter((branch) => branch['type'] !== 'null');
  if (values.length === branches.length)
    return { schema, nullable: Array.isArray(schema['enum']) && schema['enum'].includes(null) };
  const { anyOf, oneOf, ...rest } = schema;
  return { schema: values.length === 1 ? { ...rest, ...values[0] } : { ...rest, anyOf: values }, nullable: true };
}

function resolved(schema: Schema, root: Schema): Schema {
  const name = text(schema['$ref'])?.replace(/^#\/\$defs\//, '');
  return name === undefined ? schema : { ...asSchema(asSchema(root['$defs'])[name]), ...schema, $ref: undefined };
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
