import type { Actor } from "../domain/index.ts";
import type { Logger } from "../kit/index.ts";
import type { MaterializeDeps } from "../materialize/index.ts";
import type { ServeDeps } from "../serve/index.ts";
import type { TrainingDeps } from "../training/index.ts";
import type { HttpMetrics } from "./metrics.ts";

export interface HttpDeps {
  readonly serve: ServeDeps;
  readonly materialize: MaterializeDeps;
  readonly training: TrainingDeps;
  /** Resolves when the database answers. */
  readonly pingDatabase: () => Promise<void>;
  readonly metrics: HttpMetrics;
  readonly logger: Logger;
  /** Who acts, as long as nobody signs in. */
  readonly actor: Actor;
  /** The project of a request that names none. */
  readonly defaultProject: string | null;
  /** The address listened on, and further names under which this server is known: what Host and Origin may say. */
  readonly listenHost: string;
  readonly hosts: readonly string[];
  readonly bodyBytesMax: number;
}

/** Where a set of routes hangs: the listed one at the root, and the same again under /p/<project>. */
export interface RouteOptions {
  readonly isListed: boolean;
}
