import {
  batchSourceOf,
  type DataSource,
  type Definition,
  type DefinitionKind,
  definitionKey,
  type FeatureView,
  formatOfName,
  type Projection,
} from "../../domain/index.ts";
import { formatDuration } from "../../kit/index.ts";
import { expectCode } from "./expect-code.ts";
import { type CodeValue, codeText, RawCode } from "./typescript.ts";

/** Where another definition can be imported from. */
export interface Importable {
  readonly specifier: string; // "../entities/driver.ts"
  readonly exportName: string;
}

export interface CodeRequest {
  readonly definition: Definition;
  /** Throws where a definition cannot be referred to. */
  readonly importOf: (kind: DefinitionKind, name: string) => Importable;
  /** The path of a file source as this file writes it. */
  readonly pathOf: (path: string) => string;
}

const SUFFIX: Readonly<Record<DefinitionKind, string>> = { entity: "Entity", data_source: "Source", feature_view: "View", feature_service: "Service" };

/** `driver_stats` → `driverStatsView`: never a reserved word, and different for the four kinds. */
export function exportNameOf({ kind, name }: { readonly kind: DefinitionKind; readonly name: string }): string {
  return `${name.replace(/(?<=.)_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())}${SUFFIX[kind]}`;
}

/** One definition as a file of a feature repo, its imports first. Loaded from there it is the same definition again; the same one gives the same text. */
export function definitionCode(request: CodeRequest): string {
  const { definition } = request;
  const imports = importTable(request);
  const call = callOf(definition, request, imports);
  const body = `export const ${exportNameOf(definition)} = ${call};\n`;
  return `${imports.text()}\n${body}`;
}

interface ImportTable {
  /** A builder of the library. */
  larder(name: string): string;
  definition(kind: DefinitionKind, name: string): RawCode;
  text(): string;
}

function importTable({ definition, importOf }: CodeRequest): ImportTable {
  const builders = new Set<string>();
  const others = new Map<string, Importable & { readonly local: string }>();
  const taken = new Set([exportNameOf(definition)]);
  return {
    larder(name) {
      taken.add(name);
      builders.add(name);
      return name;
    },
    definition(kind, name) {
      const key = definitionKey({ kind, name });
      const known = others.get(key);
      if (known !== undefined) return new RawCode(known.local);
      const { specifier, exportName } = importOf(kind, name);
      const wanted = exportName === "default" ? exportNameOf({ kind, name }) : exportName;
      let local = wanted;
      for (let next = 2; taken.has(local); next += 1) local = `${wanted}${next}`;
      taken.add(local);
      others.set(key, { specifier, exportName, local });
      return new RawCode(local);
    },
    text() {
      const lines = [`import { ${[...builders].sort().join(", ")} } from "larder";`];
      const files = [...new Set([...others.values()].map(({ specifier }) => specifier))].sort();
      for (const file of files) {
        const names = [...others.values()]
          .filter(({ specifier }) => specifier === file)
          .map(({ exportName, local }) => (exportName === local ? local : `${exportName} as ${local}`));
        lines.push(`import { ${names.sort().join(", ")} } from ${JSON.stringify(file)};`);
      }
      return `${lines.join("\n")}\n`;
    },
  };
}

function callOf(definition: Definition, request: CodeRequest, imports: ImportTable): string {
  const { name, description, owner, tags } = definition;
  const texts = { description: description || undefined, owner: owner ?? undefined, tags: Object.keys(tags).length === 0 ? undefined : tags };
  switch (definition.kind) {
    case "entity": {
      const joinKeys = Object.fromEntries(definition.joinKeys.map((key) => [key.name, key.type]));
      return callText(imports.larder("entity"), { name, joinKeys, ...texts });
    }
    case "data_source":
      return sourceCall(definition, { name, ...texts }, request, imports);
    case "feature_view":
      return viewCall(definition, { name, ...texts }, imports);
    case "feature_service":
      return callText(imports.larder("featureService"), { name, features: definition.projections.map((one) => projectionCode(one, imports)), ...texts });
  }
}

type Options = Readonly<Record<string, CodeValue | undefined>>;

function callText(callee: string, options: Options): string {
  return `${callee}(${codeText(options, true)})`;
}

function viewCall(view: FeatureView, texts: Options, imports: ImportTable): string {
  const { name, ...rest } = texts;
  const schema = Object.fromEntries(
    view.features.map(({ name: feature, type, column, description, tags, expect }): [string, CodeValue] => {
      const more = {
        column: column === feature ? undefined : column,
        description: description || undefined,
        tags: Object.keys(tags).length === 0 ? undefined : tags,
        expect: expect === undefined ? undefined : expectCode(type, expect),
      };
      return [feature, Object.values(more).every((value) => value === undefined) ? type : { type, ...more }];
    }),
  );
  return callText(imports.larder(view.type === "batch" ? "featureView" : "streamFeatureView"), {
    name,
    entities: view.entities.map((entity) => imports.definition("entity", entity)),
    ttl: durationOf(view.ttlSeconds),
    schema: new RawCode(codeText(schema, true)),
    source: imports.definition("data_source", view.source),
    transform: view.transform === null ? undefined : new RawCode(`${imports.larder("sql")}\`${sqlText(view.transform)}\``),
    online: view.online ? undefined : false,
    team: view.team ?? undefined,
    schedule: view.schedule ?? undefined,
    freshness: durationOf(view.freshnessSeconds),
    ...rest,
  });
}

function durationOf(seconds: number | null): string | undefined {
  return seconds === null ? undefined : formatDuration(seconds);
}

/** What the tag reads back: backslashes stay as they are but before these two. */
function sqlText(sql: string): string {
  return sql.replace(/[`$]/g, "\\$&");
}

function projectionCode({ view, features, alias, joinKeyMap }: Projection, imports: ImportTable): RawCode {
  const picked = features === null ? "" : `.pick(${features.map((feature) => JSON.stringify(feature)).join(", ")})`;
  const roles = Object.keys(joinKeyMap).length === 0 ? "" : `, ${codeText(joinKeyMap)}`;
  const named = alias === null && roles === "" ? "" : `.as(${JSON.stringify(alias ?? view)}${roles})`;
  return new RawCode(`${imports.definition("feature_view", view).text}${picked}${named}`);
}

function sourceCall(source: DataSource, texts: Options, { pathOf }: CodeRequest, imports: ImportTable): string {
  const times = { timestampField: source.timestampField, createdTimestampColumn: source.createdTimestampColumn ?? undefined };
  const batch = batchSourceOf(source);
  switch (source.type) {
    case "file": {
      const path = pathOf(source.path);
      const format = formatOfName(path) === source.format ? undefined : source.format;
      return callText(imports.larder("fileSource"), { ...texts, path, format, ...times });
    }
    case "postgres":
      return callText(imports.larder("postgresSource"), {
        ...texts,
        table: source.table ?? undefined,
        query: source.query ?? undefined,
        connection: source.connection,
        ...times,
      });
    case "kafka": {
      const format = new RawCode(`${imports.larder("json")}(${codeText(source.format.fields)})`);
      const { bootstrapServers, topic } = source;
      return callText(imports.larder("kafkaSource"), {
        ...texts,
        bootstrapServers,
        topic,
        format,
        ...times,
        watermark: durationOf(source.watermarkSeconds),
        batchSource: batch === null ? undefined : imports.definition("data_source", batch.name),
      });
    }
    case "push":
      return callText(
        imports.larder("pushSource"),
        batch === null ? { ...texts, ...times } : { ...texts, batchSource: imports.definition("data_source", batch.name) },
      );
  }
}
