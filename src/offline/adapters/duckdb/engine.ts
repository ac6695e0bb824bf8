import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { LarderError } from "../../../kit/index.ts";
import { quoteTextList } from "./quote.ts";
import { type ErrorContext, isOutOfMemory, translateError } from "./translate-error.ts";

export interface EngineOptions {
  /** What the engine may hold in memory before it spills. */
  readonly memoryLimitMb: number;
  readonly threads: number;
  /** Where it spills to, and where passing files are kept. */
  readonly tempDirectory: string;
}

/** A connection of one operation. Errors are LarderErrors; `context` says what to blame. */
export interface Session {
  readonly connection: DuckDBConnection;
  run(sql: string, context?: ErrorContext): Promise<void>;
  /** Small answers as rows of the engine's values; whole numbers of 64 bits are bigints. */
  rows(sql: string, context?: ErrorContext): Promise<DuckDBValue[][]>;
}

/** Files that SQL written by users may touch; it can reach nothing else. */
export interface Sandbox {
  readonly files: readonly string[];
}

export interface UseOptions {
  readonly signal?: AbortSignal | undefined;
  readonly sandbox?: Sandbox | undefined;
  /** Large work gets an instance of its own, whose memory goes back to the system with it. */
  readonly isLarge?: boolean;
}

export interface Engine {
  readonly options: EngineOptions;
  /** Runs `work` on a connection of its own, interrupted when the signal aborts; once more, with one thread, when memory runs out. */
  use<T>(work: (session: Session) => Promise<T>, options?: UseOptions): Promise<T>;
  dispose(): Promise<void>;
}

export function duckdbEngine(options: EngineOptions): Engine {
  const shared = lazyInstance(() => open(options));
  // No file at all may be touched here, so one instance serves all calls of that kind.
  const closed = lazyInstance(() => openSandbox(options, { files: [] }));
  const once = async <T>(work: (session: Session) => Promise<T>, { signal, sandbox, isLarge }: UseOptions): Promise<T> => {
    if (isLarge || (sandbox !== undefined && sandbox.files.length > 0))
      return onOwnInstance({ ...options, memoryLimitMb: options.memoryLimitMb * LARGE_SHARE }, work, { signal, sandbox });
    const { instance } = await (sandbox === undefined ? shared : closed).get();
    return onConnection(instance, signal, work);
  };
  return {
    options,
    async use(work, use = {}) {
      try {
        return await once(work, use);
      } catch (error) {
        if (!isOutOfMemory(error) || options.threads === 1) throw error;
        return onOwnInstance({ ...options, threads: 1 }, work, use);
      }
    },
    async dispose() {
      await Promise.all([shared.close(), closed.close()]);
      await rm(options.tempDirectory, { recursive: true, force: true });
    },
  };
}

/** The allocator holds on to freed pages for a while, on top of what the engine counts; this leaves them room. */
const LARGE_SHARE = 0.8;

async function onOwnInstance<T>(options: EngineOptions, work: (session: Session) => Promise<T>, { signal, sandbox }: UseOptions): Promise<T> {
  const own = await (sandbox === undefined ? open(ownFolder(options, "work")) : openSandbox(options, sandbox));
  return onConnection(own.instance, signal, work).finally(own.close);
}

function ownFolder(options: EngineOptions, name: string): EngineOptions {
  return { ...options, tempDirectory: join(options.tempDirectory, `${name}-${randomUUID()}`) };
}

interface OpenInstance {
  readonly instance: DuckDBInstance;
  close(): Promise<void>;
}

/** Opens at the first use; a failed opening is tried again at the next. */
function lazyInstance(openNow: () => Promise<OpenInstance>): { get(): Promise<OpenInstance>; close(): Promise<void> } {
  let opening: Promise<OpenInstance> | null = null;
  return {
    get() {
      opening ??= openNow().catch((error) => {
        opening = null;
        throw error;
      });
      return opening;
    },
    async close() {
      const opened = await opening?.catch(() => null);
      opening = null;
      await opened?.close();
    },
  };
}

/** What locks an instance down cannot be undone, so SQL written by users gets one of its own. */
async function openSandbox(options: EngineOptions, { files }: Sandbox): Promise<OpenInstance> {
  const opened = await open(ownFolder(options, "sandbox"));
  await runAll(opened, [`SET allowed_paths = ${quoteTextList(files)}`, "SET enable_external_access = false", "SET lock_configuration = true"]);
  return opened;
}

async function open({ memoryLimitMb, threads, tempDirectory }: EngineOptions): Promise<OpenInstance> {
  await mkdir(tempDirectory, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${Math.floor(memoryLimitMb)}MB`,
    threads: String(threads),
    temp_directory: tempDirectory,
    autoinstall_known_extensions: "false",
    allocator_flush_threshold: "16MB", // give freed memory back sooner than by default
    allocator_bulk_deallocation_flush_threshold: "32MB",
    allocator_background_threads: "true",
  });
  const opened: OpenInstance = {
    instance,
    async close() {
      instance.closeSync();
      await rm(tempDirectory, { recursive: true, force: true });
    },
  };
  // Built in, but loaded at first use, which is too late once an instance is locked.
  await runAll(opened, ["LOAD icu", "LOAD json", "LOAD parquet", "SET GLOBAL TimeZone = 'UTC'"]);
  return opened;
}

async function runAll(opened: OpenInstance, statements: readonly string[]): Promise<void> {
  try {
    await onConnection(opened.instance, undefined, async (session) => {
      for (const sql of statements) await session.run(sql);
    });
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function onConnection<T>(instance: DuckDBInstance, signal: AbortSignal | undefined, work: (session: Session) => Promise<T>): Promise<T> {
  if (signal?.aborted) throw cancelled();
  const connection = await instance.connect();
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  try {
    return await work(sessionOf(connection, signal));
  } catch (error) {
    throw translateError(error, null);
  } finally {
    signal?.removeEventListener("abort", interrupt);
    connection.closeSync();
  }
}

function sessionOf(connection: DuckDBConnection, signal: AbortSignal | undefined): Session {
  const guarded = async <T>(context: ErrorContext | undefined, work: () => Promise<T>): Promise<T> => {
    if (signal?.aborted) throw cancelled(); // an interrupt between two statements would be lost
    try {
      return await work();
    } catch (error) {
      throw translateError(error, context ?? null);
    }
  };
  return {
    connection,
    run: (sql, context) => guarded(context, async () => void (await connection.run(sql))),
    rows: (sql, context) => guarded(context, async () => (await connection.runAndReadAll(sql)).getRows()),
  };
}

function cancelled(): LarderError {
  return new LarderError("cancelled", "The work on the offline store was cancelled.");
}
