import { createContext } from "../../../_server/context.ts";
import { loadTrpc } from "../../../_server/native.ts";

async function handler(request: Request): Promise<Response> {
  const { handleRequest } = await loadTrpc();
  return handleRequest(request, { endpoint: "/api/trpc", createContext });
}

export { handler as GET, handler as POST };
