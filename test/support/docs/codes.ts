import { isIdentifier, isNode, literal, nodesOf, type Source, type SyntaxNode } from '../architecture/parse.ts';

/** A code as the source uses it. `kind` is the error's class, or `question` for what a person is asked without an error. */
export interface UsedCode {
  readonly code: string;
  readonly kind: string;
  readonly file: string;
}

/** Where each error class takes its code. */
const CLASSES: Readonly<Record<string, { readonly kind: string; readonly argument: number }>> = {
  BusinessException: { kind: 'business', argument: 0 },
  SystemException: { kind: 'system', argument: 0 },
  SessionLost: { kind: 'session-lost', argument: 0 },
  Throttled: { kind: 'throttled', argument: 0 },
  Defect: { kind: 'defect', argument: 0 },
  InvalidInput: { kind: 'input', argument: 0 },
  ConfigError: { kind: 'input', argument: 0 },
  Refusal: { kind: 'request', argument: 1 },
};

const CODE = /^[a-z]+(-[a-z0-9]+)*$/;

/** Every code a source gives out: as an error's argument, or as a `code`, a rule's name or a reason in the open. */
export function codesIn(source: Source): UsedCode[] {
  return nodesOf(source).flatMap((node) => {
    const used = codesOf(node);
    return used === undefined ? [] : used.codes.map((code) => ({ code, kind: used.kind, file: source.file }));
  });
}

function codesOf(node: SyntaxNode): { kind: string; codes: string[] } | undefined {
  switch (node.type) {
    case 'NewExpression':
      return ofError(node);
    case 'CallExpression':
      return isIdentifier(node['callee'], 'fault')
        ? { kind: 'request', codes: wordsIn(argument(node, 0)) }
        : ofSuper(node);
    case 'Property':
      return isIdentifier(node['key'], 'code', 'refused')
        ? { kind: 'question', codes: wordsIn(node['value']) }
        : undefined;
    case 'VariableDeclarator':
      return isIdentifier(node['id'], 'code') ? { kind: 'question', codes: wordsIn(node['init']) } : undefined;
    case 'Identifier':
    case 'TSPropertySignature':
      return ofType(node);
    default:
      return undefined;
  }
}

/** `code: 'keyed-twice' | 'read-back-differs'`, as a parameter or a property. */
function ofType(node: SyntaxNode): { kind: string; codes: string[] } | undefined {
  const annotation = node['typeAnnotation'];
  if (!isIdentifier(node['key'] ?? node, 'code') || !isNode(annotation)) return undefined;
  return { kind: 'question', codes: wordsIn(annotation['typeAnnotation']) };
}

function ofError(node: SyntaxNode): { kind: string; codes: string[] } | undefined {
  const callee = node['callee'];
  const name = isNode(callee) && callee.type === 'Identifier' ? String(callee['name']) : '';
  const known = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
  return known && { kind: known.kind, codes: wordsIn(argument(node, known.argument)) };
}

/** `super('bad-settings', …)` in a class that gives its errors one code. */
function ofSuper(node: SyntaxNode): { kind: string; codes: string[] } | undefined {
  const callee = node['callee'];
  if (!isNode(callee) || callee.type !== 'Super') return undefined;
  return { kind: 'input', codes: wordsIn(argument(node, 0)).filter((word) => word.includes('-')) };
}

function argument(node: SyntaxNode, position: number): unknown {
  return Array.isArray(node['arguments']) ? node['arguments'][position] : undefined;
}

/** The code words an expression can come to: a literal, a template with `*` for each gap, the ends of `a ? b : c` and `a ?? b`, or a union of such types. */
function wordsIn(node: unknown): string[] {
  const word = literal(node);
  if (word !== undefined) return CODE.test(word) ? [word] : [];
  if (!isNode(node)) return [];
  if (node.type === 'TemplateLiteral') return [withGaps(node)].filter((word) => CODE.test(word.replaceAll('*', 'x')));
  if (node.type === 'ConditionalExpression') return [...wordsIn(node['consequent']), ...wordsIn(node['alternate'])];
  if (node.type === 'LogicalExpression') return [...wordsIn(node['left']), ...wordsIn(node['right'])];
  if (node.type === 'TSLiteralType') return wordsIn(node['literal']);
  return node.type === 'TSUnionType' && Array.isArray(node['types']) ? node['types'].flatMap(wordsIn) : [];
}

function withGaps(template: SyntaxNode): string {
  const texts = template['quasis'] as readonly { readonly value: { readonly cooked: string } }[];
  return texts.map(({ value }) => value.cooked).join('*');
}

/** Whether a documented code is what the source uses; `unknown-*` stands for all that fit. */
export function isUse(code: string, used: string): boolean {
  return new RegExp(`^${used.replaceAll('*', '[a-z-]+')}$`).test(code);
}

/** The rows of docs/errors.md: code, class, what to do. */
export function documentedCodes(markdown: string): { code: string; kind: string; remedy: string }[] {
  return markdown.split('\n').flatMap((line) => {
    const row = /^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/.exec(line);
    return row === null ? [] : [{ code: row[1]!, kind: row[2]!.trim(), remedy: row[3]!.trim() }];
  });
}
