import { createContext } from "../../../../_server/context.ts";
import { loadTrpc } from "../../../../_server/native.ts";

export async function GET(request: Request, { params }: { readonly params: Promise<{ readonly id: string }> }): Promise<Response> {
  const { handleDownload } = await loadTrpc();
  return handleDownload(request, (await params).id, createContext);
}
