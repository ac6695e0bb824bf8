import { createContext } from "../../_server/context.ts";
import { OWN_NAMES, refusal } from "../../_server/known-host.ts";
import { loadTrpc } from "../../_server/native.ts";

/** Takes a file of entity rows as it streams in. It passes by the proxy, which would hold it in memory, so it checks itself who asks. */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request;
  const names = { host: headers.get("host"), origin: headers.get("origin"), site: headers.get("sec-fetch-site"), isVisit: false };
  const reason = refusal(names, OWN_NAMES);
  if (reason !== null) return Response.json({ error: { code: "permission_denied", message: reason, hint: null, retryable: false } }, { status: 403 });
  const { handleUpload } = await loadTrpc();
  return handleUpload(request, createContext);
}
