import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readRepoSettings } from "../define/index.ts";
import { LarderError } from "../kit/index.ts";
import type { Environment, Runtime } from "../runtime/index.ts";
import type { Machine } from "./machine.ts";
import { type Output, processOutput } from "./output.ts";

/** How the process can end; thrown to leave a command with another code than 0 after its result was printed. */
export class Exit extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** A wrong command line that Commander cannot see, such as two options that exclude each other: exit code 2. */
export class UsageError extends Error {
  readonly error: LarderError;
  constructor(message: string, hint: string) {
    super(message);
    this.error = new LarderError("invalid_argument", message, { hint });
  }
}

export const EXIT = { ok: 0, failed: 1, usage: 2, wouldChange: 3, cancelled: 4 } as const;

/** Options that every command has. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly project?: string;
  readonly repo?: string;
}

export interface CliContext {
  readonly environment: Environment;
  readonly machine: Machine;
  /** Opens database and stores at the first call; closed when the command ends. The registry that the repo at hand names wins over DATABASE_URL. */
  runtime(options: GlobalOptions): Promise<Runtime>;
  output(options: GlobalOptions): Output;
  /** The PostgreSQL that the repo at hand or the environment names; undefined: the embedded one. */
  databaseUrl(options: GlobalOptions): Promise<string | undefined>;
  /** The project that the options, the repo at hand, LARDER_PROJECT or the registry name, in this order. Throws invalid_argument listing the choices. */
  project(options: GlobalOptions): Promise<string>;
  dispose(): Promise<void>;
}

export function cliContext(environment: Environment, machine: Machine, open: (databaseUrl: string | undefined) => Promise<Runtime>): CliContext {
  let opened: Promise<Runtime> | null = null;
  const databaseUrl = async ({ repo }: GlobalOptions) => {
    const folder = repoAtHand(repo);
    const registry = folder === null ? null : (await readRepoSettings(folder)).registry;
    return registry === null ? environment.databaseUrl : machine.resolveVariables(registry, environment.variables, "registry in feature_store.yaml");
  };
  const runtime = (options: GlobalOptions) => {
    opened ??= databaseUrl(options).then(open);
    return opened;
  };
  return {
    environment,
    machine,
    runtime,
    databaseUrl,
    output: (options) => processOutput(options.json === true),
    async project(options) {
      if (options.project) return options.project;
      const repo = repoAtHand(options.repo);
      if (repo) return (await readRepoSettings(repo)).project;
      if (environment.project) return environment.project;
      const names = (await (await runtime(options)).registry.listProjects()).map(({ name }) => name);
      const [only] = names;
      if (only !== undefined && names.length === 1) return only;
      if (only === undefined) {
        throw new LarderError("failed_precondition", "There is no project yet.", { hint: "Apply a feature repo first: larder apply --repo DIR." });
      }
      throw new LarderError("invalid_argument", "Which project?", { hint: `Say --project with one of: ${names.join(", ")}.` });
    },
    async dispose() {
      await (await opened?.catch(() => undefined))?.dispose();
    },
  };
}

/** The folder of --repo, or the current one when it holds a feature_store.yaml. */
export function repoAtHand(repo: string | undefined): string | null {
  if (repo !== undefined) return resolve(repo);
  return existsSync(join(process.cwd(), "feature_store.yaml")) ? process.cwd() : null;
}

/** The repo to plan or apply. Throws invalid_argument where there is none. */
export function requireRepo(repo: string | undefined): string {
  const found = repoAtHand(repo);
  if (found) return found;
  throw new LarderError("invalid_argument", "There is no feature_store.yaml in this folder.", {
    hint: "Say --repo DIR, or make a new repo with larder init DIR.",
  });
}
