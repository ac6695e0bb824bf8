import {
  createRuntime,
  migrateDatabase,
  openDatabase,
  openOfflineStore,
  readEnvironment,
  resolveVariables,
  tryLockExclusive,
  underFileLock,
} from "../runtime/index.ts";
import { cliContext } from "./context.ts";
import { runCli } from "./run-cli.ts";

/** The command line: `npx larder …`. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0); // piped into head
  throw error;
});

const machine = { openDatabase, openOfflineStore, migrateDatabase, resolveVariables, tryLockExclusive, underFileLock };

process.exitCode = await runCli(process.argv, () => {
  const environment = readEnvironment();
  // A command prints its result; the log is for what goes wrong.
  const logLevel = process.env.LARDER_LOG_LEVEL ? environment.logLevel : "error";
  const open = (databaseUrl: string | undefined) => createRuntime({ environment: { ...environment, databaseUrl, logLevel }, name: "cli", connectionsMax: 3 });
  return cliContext(environment, machine, open);
});
