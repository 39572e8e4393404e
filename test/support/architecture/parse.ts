import { parseSync } from 'vite';

/** A node of the syntax tree, as far as the checks look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [property: string]: unknown;
}

export interface Source {
  /** Relative to the checkout, with slashes. */
  readonly file: string;
  readonly text: string;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

const trees = new WeakMap<Source, readonly SyntaxNode[]>();

/** Every node of a file, parents before children, by the parser the web build uses. */
export function nodesOf(source: Source): readonly SyntaxNode[] {
  const known = trees.get(source);
  if (known !== undefined) return known;
  const { program, errors } = parseSync(source.file, source.text);
  if (errors.length > 0) throw new Error(`${source.file} cannot be parsed: ${errors[0]!.message}`);
  const nodes: SyntaxNode[] = [];
  collect(program, nodes);
  trees.set(source, nodes);
  return nodes;
}

/** Pushes, since nested generators hand each node up through every level above it: five times as slow. */
function collect(value: unknown, nodes: SyntaxNode[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) nodes.push(value);
  for (const child of Array.isArray(value) ? value : Object.values(value)) collect(child, nodes);
}

/** The text of a string literal, or of a template without gaps. */
export function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis']) || node['quasis'].length !== 1)
    return undefined;
  return node['quasis'][0].value.cooked;
}

export function isIdentifier(node: unknown, ...names: readonly string[]): boolean {
  return isNode(node) && node.type === 'Identifier' && names.includes(String(node['name']));
}

/** `object.property` in either spelling, with a plain name on the left. */
export function isMember(node: SyntaxNode, object: string, property?: string): boolean {
  if (node.type !== 'MemberExpression' || !isIdentifier(node['object'], object)) return false;
  if (property === undefined) return true;
  return isIdentifier(node['property'], property) || literal(node['property']) === property;
}

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Everything a file imports: statements, re-exports, `import()`, types in place, and scripts it starts by URL. */
export function importsOf(source: Source): Import[] {
  return nodesOf(source).flatMap((node) => importOf(node) ?? []);
}

function importOf(node: SyntaxNode): Import | undefined {
  const specifier = literal(node['source']);
  switch (node.type) {
    case 'ImportDeclaration':
      return {
        specifier: specifier!,
        typeOnly: node['importKind'] === 'type' || namesAreTypes(node['specifiers'], 'importKind'),
      };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      if (specifier === undefined) return undefined;
      return { specifier, typeOnly: node['exportKind'] === 'type' || namesAreTypes(node['specifiers'], 'exportKind') };
    }
    case 'ImportExpression':
      return specifier === undefined ? undefined : { specifier, typeOnly: false };
    case 'TSImportType':
      return { specifier: specifier!, typeOnly: true };
    case 'NewExpression':
      return scriptByUrl(node);
    default:
      return undefined;
  }
}

function namesAreTypes(names: unknown, kind: string): boolean {
  return Array.isArray(names) && names.length > 0 && names.every((name) => name[kind] === 'type');
}

/** `new URL('./child.ts', import.meta.url)`: how a child process or worker names its script. */
function scriptByUrl(node: SyntaxNode): Import | undefined {
  const [first] = Array.isArray(node['arguments']) ? node['arguments'] : [];
  const specifier = isIdentifier(node['callee'], 'URL') ? literal(first) : undefined;
  return specifier !== undefined && /\.m?[jt]sx?$/.test(specifier) ? { specifier, typeOnly: false } : undefined;
}
