import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { LarderError } from "../../kit/index.ts";
import { openResult, saveUpload } from "../../training/index.ts";
import type { TrpcContext } from "../context.ts";
import { errorInfo, toTrpcError } from "../errors.ts";
import { requestedProject } from "../init.ts";

/*
 * Files do not fit into procedures: they stream. The same context, the same verbs, and errors in the same form.
 */

type CreateContext = (project: string | null) => Promise<TrpcContext>;

/** Takes a file of entity rows: the body is the file, the header `larder-file-name` its name (URI-encoded). */
export function handleUpload(request: Request, createContext: CreateContext): Promise<Response> {
  return answering(async () => {
    const ctx = await createContext(request.headers.get("larder-project"));
    const { name: project } = await requestedProject(ctx);
    const fileName = fileNameOf(request.headers.get("larder-file-name"));
    if (request.body === null) throw new LarderError("invalid_argument", `${fileName} is empty.`);
    const content = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]);
    return Response.json(await saveUpload(ctx.runtime, { actor: ctx.actor, project, fileName, content }).then(({ upload }) => upload));
  });
}

/** Gives what a run made: `?format=parquet` or `csv`. */
export function handleDownload(request: Request, run: string, createContext: CreateContext): Promise<Response> {
  return answering(async () => {
    const ctx = await createContext(request.headers.get("larder-project"));
    const format = new URL(request.url).searchParams.get("format") === "csv" ? "csv" : "parquet";
    const result = await openResult(ctx.runtime, { actor: ctx.actor, project: null, run, format });
    const content = createReadStream(result.path);
    content.once("close", () => void result.dispose());
    const headers = {
      "content-type": result.contentType,
      "content-length": String(result.bytes),
      "content-disposition": `attachment; filename="${result.fileName}"`,
      "cache-control": "no-store",
    };
    return new Response(Readable.toWeb(content) as ReadableStream, { headers });
  });
}

async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    const error = toTrpcError(thrown);
    return Response.json({ error: errorInfo(error) }, { status: getHTTPStatusCodeFromError(error), headers: { "cache-control": "no-store" } });
  }
}

function fileNameOf(header: string | null): string {
  try {
    const name = decodeURIComponent(header ?? "");
    if (name !== "") return name.slice(-200);
  } catch {
    // falls through to what a missing one gets
  }
  throw new LarderError("invalid_argument", "The file has no name: send it as the header larder-file-name.");
}
