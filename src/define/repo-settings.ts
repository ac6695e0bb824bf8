import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument } from "yaml";
import { isName, NAME_RULE, type OfflineStoreType, type OnlineStoreType, type Problem, type ProjectSettings } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { suggestion } from "./suggest.ts";

export const SETTINGS_FILE = "feature_store.yaml";

const ONLINE_TYPES: readonly OnlineStoreType[] = ["sqlite", "redis", "postgres"];
const OFFLINE_TYPES: readonly OfflineStoreType[] = ["file", "postgres"];

/** What feature_store.yaml says. */
export interface RepoSettings {
  /** Empty where the file does not say it rightly; then `problems` tells. */
  readonly project: string;
  readonly settings: ProjectSettings;
  /** The registry's PostgreSQL as written, or null: the environment decides. */
  readonly registry: string | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads DIR/feature_store.yaml alone, without its definitions. `${VAR}` stays as written.
 * Throws invalid_definition when there is no such folder or file; what is wrong inside it comes back as problems.
 */
export async function readRepoSettings(dir: string): Promise<RepoSettings> {
  const text = await readSettingsFile(dir);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Problem[] = [];
  const note = (severity: Problem["severity"], message: string, offset?: number | null) =>
    void problems.push({ severity, file: SETTINGS_FILE, line: typeof offset === "number" ? lines.linePos(offset).line : null, message });
  for (const error of document.errors) note("error", error.message, error.pos[0]);
  const top = readMap(document.contents, "", ["project", "registry", "provider", "online_store", "offline_store"], note);
  const online = readMap(top.get("online_store")?.value, "online_store", ["type", "connection_string"], note);
  const offline = readMap(top.get("offline_store")?.value, "offline_store", ["type"], note);
  return {
    project: readProject(top, document, note),
    settings: {
      onlineStore: {
        type: readChoice(online.get("type"), "online_store.type", ONLINE_TYPES, note) ?? "sqlite",
        connectionString: readText(online.get("connection_string"), "online_store.connection_string", note),
      },
      offlineStore: { type: readChoice(offline.get("type"), "offline_store.type", OFFLINE_TYPES, note) ?? "file" },
    },
    registry: readRegistry(top, note),
    problems,
  };
}

/** The project that DIR/feature_store.yaml names. Throws invalid_definition where it does not. */
export async function readProjectName(dir: string): Promise<string> {
  const { project, problems } = await readRepoSettings(dir);
  if (project !== "") return project;
  const [first] = problems;
  const place = `${join(dir, SETTINGS_FILE)}${typeof first?.line === "number" ? `:${first.line}` : ""}`;
  throw new LarderError("invalid_definition", `${place}: ${first?.message ?? "it names no project"}.`, {
    hint: "Write project: my_project into it, or say --project.",
  });
}

async function readSettingsFile(dir: string): Promise<string> {
  try {
    return await readFile(join(dir, SETTINGS_FILE), "utf8");
  } catch (cause) {
    const folder = await stat(dir).catch(() => null);
    const message = folder?.isDirectory() ? `There is no ${SETTINGS_FILE} in ${dir}.` : `${dir} is not a folder.`;
    throw new LarderError("invalid_definition", message, { hint: "Name a feature repo by --repo DIR, or make one: larder init DIR.", cause });
  }
}

type Note = (severity: Problem["severity"], message: string, offset?: number | null) => void;
type Entries = ReadonlyMap<string, Pair>;

/** The entries of a mapping by key; unknown keys are noted, with their line. `name`: where the mapping stands, empty at the top. */
function readMap(node: unknown, name: string, known: readonly string[], note: Note): Entries {
  const entries = new Map<string, Pair>();
  if (node === undefined || node === null || (isScalar(node) && node.value === null)) return entries;
  if (!isMap(node)) {
    note(
      "error",
      name === "" ? "must hold keys and values, such as project: my_project" : `${name} must hold keys and values, such as type: ${known[0]}`,
      offsetOf(node),
    );
    return entries;
  }
  for (const pair of node.items) {
    const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
    if (known.includes(key)) entries.set(key, pair);
    else note("error", `unknown key ${name === "" ? key : `${name}.${key}`}${suggestion(key, known)}`, offsetOf(pair.key));
  }
  return entries;
}

function readText(pair: Pair | undefined, name: string, note: Note): string | null {
  const value = isScalar(pair?.value) ? pair.value.value : null;
  if (pair === undefined || (value === null && isScalar(pair.value))) return null;
  if (typeof value === "string" && value !== "") return value;
  note("error", `${name} must be a text`, offsetOf(pair.key));
  return null;
}

function readChoice<T extends string>(pair: Pair | undefined, name: string, choices: readonly T[], note: Note): T | null {
  const text = readText(pair, name, note);
  const choice = choices.find((known) => known === text) ?? null;
  if (text !== null && choice === null) note("error", `${name}: there is no "${text}"${suggestion(text, choices)}`, offsetOf(pair?.key));
  return choice;
}

function readProject(top: Entries, document: Document, note: Note): string {
  const project = readText(top.get("project"), "project", note);
  if (project === null) {
    if (document.errors.length === 0 && top.get("project") === undefined) note("error", "project is missing: write project: my_project", 0);
    return "";
  }
  if (isName(project)) return project;
  note("error", `the project name "${project}" is not allowed: names are ${NAME_RULE}`, offsetOf(top.get("project")?.key));
  return "";
}

/** Larder's registry is a PostgreSQL; a file, as other feature stores have it, is said to be of no use. */
function readRegistry(top: Entries, note: Note): string | null {
  const provider = readText(top.get("provider"), "provider", note);
  if (provider !== null && provider !== "local") note("error", `provider: there is no "${provider}"; leave the line out`, offsetOf(top.get("provider")?.key));
  const registry = readText(top.get("registry"), "registry", note);
  if (registry === null || /^(postgres(ql)?:\/\/|\$\{)/.test(registry)) return registry;
  note(
    "warning",
    `registry: "${registry}" is not used: the registry is in PostgreSQL (postgresql://…, or DATABASE_URL, or the one that comes along)`,
    offsetOf(top.get("registry")?.key),
  );
  return null;
}

function offsetOf(node: unknown): number | null {
  const range = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range; // every node of a parsed document has one
  return range?.[0] ?? null;
}
