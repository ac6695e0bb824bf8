import { checkStageContract } from "../check-stage.contract.ts";
import { entityRowsContract } from "../entity-rows.contract.ts";
import { figuresByDayContract } from "../figures-by-day.contract.ts";
import { joinContract } from "../join.contract.ts";
import { type OpenOfflineStore, offlineStoreContract } from "../offline-store.contract.ts";
import { offlineStoreProperties } from "../properties.contract.ts";
import { windowContract } from "../window.contract.ts";
import { duckdbOfflineStore } from "./duckdb.ts";

const open: OpenOfflineStore = (options) => duckdbOfflineStore({ memoryLimitMb: 256, threads: 2, ...options });

offlineStoreContract("DuckDB", open);
checkStageContract("DuckDB", open);
figuresByDayContract("DuckDB", open);
joinContract("DuckDB", open);
entityRowsContract("DuckDB", open);
offlineStoreProperties("DuckDB", open);
windowContract("DuckDB", open);
