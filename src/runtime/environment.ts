import { homedir, userInfo } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { z } from "zod";
import { LarderError } from "../kit/index.ts";

const port = (standard: number) => z.coerce.number().int().min(1).max(65_535).default(standard);
const text = z.string().min(1).optional();

const schema = z.object({
  LARDER_HOME: z.string().min(1).default(".larder"),
  LARDER_PROJECT: text,
  LARDER_CONSOLE_PORT: port(3000),
  LARDER_SERVE_PORT: port(6566),
  LARDER_CONSOLE_URL: z.url({ protocol: /^https?$/, error: "write an address such as https://larder.example.com" }).optional(),
  LARDER_HOST: z.string().min(1).default("127.0.0.1"),
  LARDER_ALLOWED_HOSTS: z
    .string()
    .default("")
    .transform((names) =>
      names
        .split(",")
        .map((name) => name.trim().toLowerCase())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^[a-z0-9._-]+$/, "write host names without scheme or port, with commas between: larder.example.com,10.0.0.5"))),
  LARDER_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  LARDER_DUCKDB_MEMORY_MB: z.coerce.number().int().min(64).default(256),
  LARDER_DATA_ROOTS: text,
  DATABASE_URL: text,
  REDIS_URL: text,
});

/** Larder's settings from the environment, read once at the start of a process. */
export interface Environment {
  /** Data folder, absolute. */
  readonly home: string;
  readonly project: string | null;
  readonly consolePort: number;
  readonly servePort: number;
  /** Where people reach the console, without a slash at its end: alerts lead there. */
  readonly consoleUrl: string;
  /** The address that serve and console listen on. */
  readonly host: string;
  /** Further names under which serve and console are known, lower case. */
  readonly hosts: readonly string[];
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** What DuckDB may hold in memory before it spills, per process. */
  readonly duckdbMemoryMb: number;
  /** Folders whose files people may make sources of in the console, absolute: LARDER_DATA_ROOTS, else the working folder. */
  readonly dataRoots: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly userName: string;
  /** Resolves `${VAR}` of definitions and feature_store.yaml. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Throws invalid_argument naming the variable that is wrong. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new LarderError("invalid_argument", `The environment variable ${issue?.path.join(".")} is wrong: ${issue?.message}.`);
  }
  const { data } = parsed;
  const home = expandHome(data.LARDER_HOME);
  return {
    home,
    project: data.LARDER_PROJECT ?? null,
    consolePort: data.LARDER_CONSOLE_PORT,
    servePort: data.LARDER_SERVE_PORT,
    consoleUrl: (data.LARDER_CONSOLE_URL ?? `http://localhost:${data.LARDER_CONSOLE_PORT}`).replace(/\/+$/, ""),
    host: data.LARDER_HOST,
    hosts: data.LARDER_ALLOWED_HOSTS,
    logLevel: data.LARDER_LOG_LEVEL,
    duckdbMemoryMb: data.LARDER_DUCKDB_MEMORY_MB,
    dataRoots: (data.LARDER_DATA_ROOTS ?? process.cwd()).split(delimiter).filter(Boolean).map(expandHome),
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    userName: userName(),
    // Where the example's feed puts its files (see larder up): a command in another terminal finds them, too.
    variables: { LARDER_DEMO_DATA: join(home, "demo"), ...set },
  };
}

function expandHome(path: string): string {
  return resolve(path.replace(/^~(?=\/|$)/, homedir()));
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "owner"; // a container's user without an entry
  }
}
