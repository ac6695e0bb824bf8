import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { LarderError } from "../../kit/index.ts";

const run = promisify(execFile);

/** The account PostgreSQL runs under. It refuses to be root, so that root lends it the user `postgres`. */
export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Null unless this process is root; else the user `postgres`, made where it is missing. Throws failed_precondition where that cannot be done. */
export async function postgresAccount(): Promise<PostgresAccount | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await lookUp();
  if (known) return known;
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  } catch (error) {
    const made = await lookUp(); // two starts at once: the other one made it
    if (made) return made;
    throw new LarderError("failed_precondition", "PostgreSQL does not run as root, and the user `postgres` could not be made for it.", {
      hint: "Start Larder as an ordinary user, add a system user named postgres, or set DATABASE_URL to a PostgreSQL of your own.",
      cause: error,
    });
  }
  const made = await lookUp();
  if (made) return made;
  throw new LarderError("failed_precondition", "The user `postgres` was added, but the system does not know it.", {
    hint: "Check /etc/nsswitch.conf, or set DATABASE_URL.",
  });
}

async function lookUp(): Promise<PostgresAccount | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** The nearest parent folder of `path` (or `path` itself) that the account may not enter, or null when the way is free. */
export function blockedFolder(path: string, account: PostgresAccount): string | null {
  for (let folder = path; ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001;
      if ((stat.mode & bit) === 0) return folder;
    }
    if (folder === dirname(folder)) return null;
  }
}
