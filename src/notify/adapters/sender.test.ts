import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AlertMessage } from "../port.ts";
import { alertSender } from "./sender.ts";

/** A mail server that takes everything but what is from the address it dislikes; it keeps what it was sent. */
const mails: string[] = [];
const server = createServer((socket) => {
  let isBody = false;
  socket.write("220 test\r\n");
  socket.on("data", (chunk) => {
    const text = chunk.toString();
    if (isBody) {
      mails.push(text);
      isBody = !text.endsWith("\r\n.\r\n");
      if (!isBody) socket.write("250 taken\r\n");
    } else if (text.startsWith("DATA")) {
      isBody = true;
      socket.write("354 go on\r\n");
    } else if (text.includes("unwanted@")) socket.write("550 not you\r\n");
    else if (text.startsWith("QUIT")) socket.end("221 bye\r\n");
    else socket.write("250 fine\r\n");
  });
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => void server.close());

const message: AlertMessage = {
  event: "opened",
  project: "rides",
  incident: 1,
  severity: "critical",
  title: "driver_stats is late",
  text: "No worker was ever seen.",
  subject: "feature_view:driver_stats",
  check: "freshness",
  owner: "ada@example.com",
  team: "fleet",
  at: "2026-11-23T12:00:00Z",
  url: "http://localhost:3000/incidents/1",
};
const sender = alertSender({ resolve: (text) => text.replace("$" + "{MAIL_HOST}", "127.0.0.1"), timeoutMs: 3_000 });
const settings = (from: string) => {
  const { port } = server.address() as AddressInfo;
  return { type: "email", host: "$" + "{MAIL_HOST}", port, secure: false, user: null, password: null, from, to: ["team@example.com"] } as const;
};

it("mails what is wrong, whose it is and where to look, under a name that a second try has too", async () => {
  await sender.send(settings("larder@example.com"), { onceKey: "incident:1:opened:2", message });
  const mail = mails.join("");
  for (const part of ["[rides] Critical: driver_stats is late", "team fleet", "/incidents/1", "incident.1.opened.2@larder"]) expect(mail).toContain(part);
});

it("tells a refusal, which no second try helps, from a server that is away", async () => {
  const refused = sender.send(settings("unwanted@example.com"), { onceKey: "a", message });
  await expect(refused).rejects.toMatchObject({ code: "failed_precondition", retryable: false });
  const away = sender.send({ ...settings("larder@example.com"), port: 1 }, { onceKey: "b", message });
  await expect(away).rejects.toMatchObject({ code: "unavailable", retryable: true });
});

it("tells no password to a server beyond this machine that offers no encryption", async () => {
  const heard: string[] = [];
  const open = createServer((socket) => {
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      heard.push(chunk.toString());
      if (chunk.toString().startsWith("EHLO")) socket.write("250-test\r\n250 AUTH PLAIN LOGIN\r\n");
      else socket.write("502 what?\r\n");
    });
    socket.on("error", () => undefined);
  });
  open.listen(0, "127.0.0.1");
  await once(open, "listening");
  const { port } = open.address() as AddressInfo;
  const beyond = { ...settings("larder@example.com"), host: "0.0.0.0", port, user: "ada", password: "secret" }; // another name of this machine
  const refused = sender.send(beyond, { onceKey: "d", message });
  await expect(refused).rejects.toMatchObject({ code: "failed_precondition", message: expect.stringContaining("no encryption") });
  expect(heard.join("")).not.toContain("AUTH");
  open.close();
});

it("gives up on a server that answers, but never to the end", async () => {
  const slow = createServer((socket) => {
    const drip = setInterval(() => socket.write("220-wait\r\n"), 20);
    socket.on("close", () => clearInterval(drip)).on("error", () => undefined);
  });
  slow.listen(0, "127.0.0.1");
  await once(slow, "listening");
  const { port } = slow.address() as AddressInfo;
  const impatient = alertSender({ resolve: () => "127.0.0.1", timeoutMs: 200 });
  await expect(impatient.send({ ...settings("larder@example.com"), port }, { onceKey: "c", message })).rejects.toMatchObject({ code: "unavailable" });
  slow.close();
});
