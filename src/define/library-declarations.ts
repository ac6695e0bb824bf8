import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/*
 * The types of `import … from "larder"` as one file, so that an editor knows them in a repo far from any checkout.
 * Each source file is turned into declarations by itself; what the library's exports need of them is gathered, the rest left out.
 */

/** A source file's declarations: what it declares, and where the other names in it come from. */
interface DeclarationFile {
  readonly url: string;
  readonly declared: ReadonlyMap<string, ts.Statement>;
  /** Name here → file and name there; for imports and re-exports alike. */
  readonly from: ReadonlyMap<string, { readonly url: string; readonly name: string }>;
  readonly exported: readonly string[];
  readonly source: ts.SourceFile;
}

const ENTRY = new URL("./larder.ts", import.meta.url).href;

/** The text of larder.d.ts. */
export function libraryDeclarations(): string {
  const files = new Map<string, DeclarationFile>();
  const wanted = new Map<string, string>();
  const open = (url: string): DeclarationFile => {
    const file = files.get(url) ?? readDeclarations(url);
    files.set(url, file);
    return file;
  };
  const take = (url: string, name: string): void => {
    const file = open(url);
    const statement = file.declared.get(name);
    const elsewhere = file.from.get(name);
    if (statement === undefined) {
      if (elsewhere !== undefined) take(elsewhere.url, elsewhere.name);
      return; // a name of the language's own library
    }
    const text = textOf(statement, file.source);
    if (wanted.get(name) === text) return;
    if (wanted.has(name)) throw new Error(`two declarations of the library are called ${name}`);
    wanted.set(name, text);
    for (const reference of referencesIn(statement)) take(url, reference);
  };
  const entry = open(ENTRY);
  for (const name of entry.exported) take(ENTRY, name);
  const body = [...wanted.values(), `export { ${[...entry.exported].sort().join(", ")} };`].join("\n\n");
  return `// The types of larder for your editor, written by \`larder init\`.\ndeclare module "larder" {\n${body.replace(/^(?=.)/gm, "  ")}\n}\n`;
}

function readDeclarations(url: string): DeclarationFile {
  const path = fileURLToPath(url);
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, isolatedDeclarations: true };
  const { outputText } = ts.transpileDeclaration(readFileSync(path, "utf8"), { fileName: path, compilerOptions: options });
  const source = ts.createSourceFile(path.replace(/\.ts$/, ".d.ts"), outputText, ts.ScriptTarget.ESNext, true);
  const declared = new Map<string, ts.Statement>();
  const from = new Map<string, { url: string; name: string }>();
  const exported: string[] = [];
  for (const statement of source.statements) {
    for (const name of declaredNames(statement)) declared.set(name, statement);
    for (const { name, target, specifier } of links(statement)) {
      if (specifier?.startsWith(".")) from.set(name, { url: new URL(specifier, url).href, name: target });
      if (ts.isExportDeclaration(statement)) exported.push(name);
    }
  }
  return { url, declared, from, exported, source };
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

interface Link {
  readonly name: string;
  readonly target: string;
  readonly specifier: string | null;
}

/** The names that an import brings in or an export hands on. */
function links(statement: ts.Statement): readonly Link[] {
  const isLink = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
  const named = !isLink ? undefined : ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
  if (!isLink || named === undefined || !(ts.isNamedImports(named) || ts.isNamedExports(named))) return [];
  const specifier = statement.moduleSpecifier !== undefined && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : null;
  return named.elements.map(({ name, propertyName }) => ({ name: name.text, target: (propertyName ?? name).text, specifier }));
}

/** The names that a declaration is made of. */
function referencesIn(statement: ts.Statement): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.push(node.typeName.getText());
    else if (ts.isTypeQueryNode(node)) names.push(node.exprName.getText());
    else if (ts.isExpressionWithTypeArguments(node) || ts.isComputedPropertyName(node)) names.push(node.expression.getText());
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

/** A declaration with its documentation, without the words that have no place inside `declare module`. */
function textOf(statement: ts.Statement, source: ts.SourceFile): string {
  const comments = (ts.getLeadingCommentRanges(source.text, statement.getFullStart()) ?? []).map(({ pos, end }) => source.text.slice(pos, end));
  const documentation = comments.filter((comment) => comment.startsWith("/**")).slice(-1);
  return [...documentation, statement.getText().replace(/^(export |declare )+/, "")].join("\n");
}
