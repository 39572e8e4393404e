import { builtinModules } from 'node:module';
import path from 'node:path/posix';
import { type Import, importsOf, isIdentifier, isMember, nodesOf, type Source, type SyntaxNode } from './parse.ts';
import { AREAS, type Area, COMPOSITION, DOORS, MAX_LINES, putsTogether, STARTED } from './rules.ts';

const RULES = 'test/support/architecture/rules.ts';

/** Every breach of the rules in these sources, one line each, saying what to edit. */
export function breaches(sources: readonly Source[]): string[] {
  return [...sources.flatMap(breachesOf), ...cyclesAmong(sources)];
}

function breachesOf(source: Source): string[] {
  const area = areaOf(source.file);
  if (area === undefined)
    return [`${source.file} lies in no known folder: move it, or add its folder to AREAS in ${RULES}.`];
  const long = breachOfLength(source);
  // A third of the tree, which need not be parsed: its imports are the compiler's and the linter's matter.
  if (mayDoAll(area)) return long;
  return [
    ...importsOf(source).flatMap((used) => breachOfImport(source.file, area, used) ?? []),
    ...long,
    ...breachesOfHabit(source, area),
  ];
}

function mayDoAll({ imports, packages, environment, prints, started }: Area): boolean {
  return imports === 'all' && packages === 'all' && environment === true && prints === true && started === true;
}

function breachOfLength({ file, text }: Source): string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > MAX_LINES ? [`${file} has ${lines} lines: split it, ${MAX_LINES} is the limit.`] : [];
}

/** The area a file belongs to: the longest folder name that fits. */
export function areaOf(file: string): Area | undefined {
  if (putsTogether(file)) return COMPOSITION;
  const fitting = AREAS.filter(({ folder }) => file.startsWith(`${folder}/`));
  return fitting.sort((a, b) => b.folder.length - a.folder.length)[0];
}

function breachOfImport(file: string, area: Area, { specifier, typeOnly }: Import): string | undefined {
  if (specifier.startsWith('#')) return breachOfDoor(file, area, specifier, typeOnly);
  if (specifier.startsWith('.')) return breachOfPath(file, area, path.join(path.dirname(file), specifier));
  return breachOfPackage(file, area, specifier, typeOnly);
}

function breachOfDoor(file: string, area: Area, door: string, typeOnly: boolean): string | undefined {
  const target = folderBehind(door);
  if (target === undefined)
    return `${file} imports ${door}: there is no such folder; use a name of package.json "imports".`;
  if (area.imports === 'all') return undefined;
  if (target === area.folder) {
    return `${file} imports its own folder through ${door}: name the file, as in './part.ts', or the folder imports itself in a circle.`;
  }
  if (area.imports.includes(target) || (typeOnly && area.types?.includes(target))) return undefined;
  if (area.types?.includes(target)) return `${file} imports more than types of ${target}: write \`import type\`.`;
  return `${file} imports ${door}: ${area.folder} may import ${listed(area.imports)}. Have it handed in by a composition root, or change AREAS in ${RULES}.`;
}

/** Behind `#bots` lies `bots`, behind `#console` `console/server`. */
function folderBehind(door: string): string | undefined {
  const folder = DOORS[door] ?? door.slice(1);
  return AREAS.some((area) => area.folder === folder) ? folder : undefined;
}

function breachOfPath(file: string, area: Area, target: string): string | undefined {
  const other = areaOf(target);
  const isStylesheet = /\.(css|svg)$/.test(target);
  if (isStylesheet || area.folder === 'test') return undefined;
  const isBeside = file.includes('/') && target.startsWith(`${path.dirname(file)}/`);
  if (area === COMPOSITION && (other === COMPOSITION || isBeside)) return undefined;
  if (area.imports === 'all' && (other?.folder === 'bin' || target.endsWith('/index.ts'))) return undefined;
  const isPartsDoor = other?.folder.startsWith(`${area.folder}/`) && target === `${other.folder}/index.ts`;
  if (isPartsDoor) return undefined;
  if (other !== area) return `${file} reaches into ${target}: a folder is entered only through its index.ts, as #name.`;
  return area.folder === 'bots' ? breachAmongBots(file, target) : undefined;
}

/** A bot knows its own folder, the applications and what bots share; an application itself and what applications share. bots/index.ts lists all. */
function breachAmongBots(file: string, target: string): string | undefined {
  const home = homeOf(file);
  const there = homeOf(target);
  if (home === there || home === 'bots') return undefined;
  const isShared = there.startsWith('bots/apps/') || (there === 'bots' && target !== 'bots/index.ts');
  if (isShared && !home.startsWith('bots/apps/')) return undefined;
  if (home.startsWith('bots/apps/') && path.dirname(target) === 'bots/apps') return undefined;
  return `${file} reaches into ${target}: a bot may use its own folder and bots/apps, an application itself and what lies beside it in bots/apps.`;
}

function homeOf(file: string): string {
  const [, first = '', second = '', third] = file.split('/');
  if (first === 'apps') return third === undefined ? 'bots' : `bots/apps/${second}`;
  return second === '' ? 'bots' : `bots/${first}`;
}

function breachOfPackage(file: string, area: Area, specifier: string, typeOnly: boolean): string | undefined {
  const bare = specifier.replace(/^node:/, '');
  if (specifier.startsWith('node:')) return undefined;
  if (builtinModules.includes(bare)) return `${file} imports '${specifier}': write 'node:${bare}'.`;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (area.packages === 'all' || area.packages.includes(name)) return undefined;
  if (area.packageTypes?.includes(name)) {
    return typeOnly ? undefined : `${file} imports more than types of ${name}: write \`import type\`.`;
  }
  return `${file} imports the package ${name}: ${area.folder} may use ${listed(area.packages)}. Ask the folder that has it, or change AREAS in ${RULES}.`;
}

function breachesOfHabit(source: Source, area: Area): string[] {
  const found: string[] = [];
  const nodes = nodesOf(source);
  if (!area.environment && nodes.some(readsEnvironment)) {
    found.push(
      `${source.file} reads the environment: take the value as an argument; config/ is where settings are read.`,
    );
  }
  if (!area.prints && nodes.some((node) => isMember(node, 'console'))) {
    found.push(`${source.file} prints to the console: take a Logger from core, or return what is to be said.`);
  }
  if (!area.started && !STARTED.includes(source.file) && nodes.some(doesSomethingOnLoad)) {
    found.push(
      `${source.file} does something as soon as it is imported: put it into a function, or list the file as STARTED in ${RULES}.`,
    );
  }
  return found;
}

/** A statement on a file's top level that declares nothing. */
function doesSomethingOnLoad(node: SyntaxNode): boolean {
  if (node.type !== 'Program' || !Array.isArray(node['body'])) return false;
  return node['body'].some(({ type }) => !/^(Import|Export|Variable|Function|Class|TS)/.test(type));
}

function readsEnvironment(node: SyntaxNode): boolean {
  if (isMember(node, 'process', 'env')) return true;
  const importsIt = node.type === 'ImportSpecifier' && isIdentifier(node['imported'], 'env');
  const picksIt = node.type === 'VariableDeclarator' && isIdentifier(node['init'], 'process');
  return importsIt || picksIt;
}

/** Folders that import each other in a circle, by what they really import (types too). */
function cyclesAmong(sources: readonly Source[]): string[] {
  const edges = new Map<string, Set<string>>();
  for (const source of sources) {
    const area = areaOf(source.file);
    if (area === undefined || area.imports === 'all') continue;
    const targets = edges.get(area.folder) ?? new Set();
    for (const { specifier } of importsOf(source)) {
      const target = specifier.startsWith('#') ? folderBehind(specifier) : undefined;
      if (target !== undefined && target !== area.folder) targets.add(target);
    }
    edges.set(area.folder, targets);
  }
  const circles = [...edges.keys()].flatMap((folder) => circleThrough(folder, edges) ?? []);
  return circles.map((circle) => `Folders import each other in a circle: ${circle}. Move what both need into core.`);
}

/** The shortest way from a folder back to itself, told once, from its first name in the alphabet. */
function circleThrough(start: string, edges: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const ways = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const next of edges.get(way.at(-1)!) ?? []) {
      if (next === start) return way.every((folder) => start <= folder) ? [...way, start].join(' → ') : undefined;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : `only ${names.join(', ')}`;
}
