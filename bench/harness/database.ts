import pg from "pg";
import { silentLogger } from "../../src/kit/index.ts";
import { openDatabase } from "../../src/runtime/index.ts";
import type { LarderHome } from "./larder-home.ts";

/** A connection of its own to the database of a Larder. */
export async function withClient<T>({ env }: LarderHome, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const database = await openDatabase({ home: env.LARDER_HOME ?? "", databaseUrl: env.DATABASE_URL, logger: silentLogger });
  const client = new pg.Client({ connectionString: database.url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
    await database.stop();
  }
}
