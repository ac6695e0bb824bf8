import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A way to a server on this machine that can be cut and mended, as a network does. */
export interface CutOff {
  readonly port: number;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export async function cutOff(target: number): Promise<CutOff> {
  const sockets = new Set<Socket>();
  const pass = (near: Socket) => {
    const far = connect(target, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  let server: Server | null = null;
  const listen = async (port: number): Promise<number> => {
    server = createServer(pass).listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address ? address.port : port;
  };
  const port = await listen(0);
  return {
    port,
    async cut() {
      const closing = server;
      server = null;
      const closed = closing && once(closing, "close");
      closing?.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      if (server === null) await listen(port);
    },
  };
}
