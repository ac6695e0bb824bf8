// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AppRouter } from "../../trpc/index.ts";
import { makeQueryClient } from "../shell/query-client.ts";
import { TRPCProvider } from "../shell/trpc.ts";
import { NewTrainingSetPage } from "./new-training-set.tsx";

const went: string[] = [];
vi.mock("next/navigation", () => ({ useRouter: () => ({ push: (path: string) => went.push(path) }) }));
vi.mock("../shell/frame-actions.ts", () => ({ useFrame: () => ({ openPalette: () => {}, openSidebar: () => {} }) }));
afterEach(cleanup);

const entry = (name: string) => ({ name, kind: "feature_service", view: null, type: null, description: "" });

/** Draws the page; calls are answered by path, and what was sent is given back. */
function show(answers: Readonly<Record<string, () => unknown>>): { readonly path: string; readonly input: unknown }[] {
  const sent: { readonly path: string; readonly input: unknown }[] = [];
  const link: TRPCLink<AppRouter> =
    () =>
    ({ op: { path, input } }) =>
      observable((observer) => {
        sent.push({ path, input });
        try {
          observer.next({ result: { type: "data", data: answers[path]?.() } });
          observer.complete();
        } catch (error) {
          observer.error(error as TRPCClientError<AppRouter>);
        }
      });
  const queryClient = makeQueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={createTRPCClient<AppRouter>({ links: [link] })} queryClient={queryClient}>
        <NewTrainingSetPage />
      </TRPCProvider>
    </QueryClientProvider>,
  );
  return sent;
}

const catalog = () => ({ rows: [entry("orders"), entry("driver_activity")], total: 2, page: 1, pageSize: 100 });
const views = [{ view: "driver_stats", joinKeyMap: {}, rows: 4, matched: 3, expired: 0, notFound: 1 }];

async function fill(user: ReturnType<typeof userEvent.setup>): Promise<void> {
  await user.click(screen.getByRole("radio", { name: "A source" }));
  await screen.findAllByRole("option", { name: "orders" });
  await user.selectOptions(screen.getByLabelText("Source"), "orders");
  await user.click(screen.getByRole("radio", { name: "A service" }));
  await user.selectOptions(screen.getByLabelText("Feature service"), "driver_activity");
}

describe("the form of a new training set", () => {
  it("waits until rows and features are chosen, shows what will match, then saves and runs exactly that", async () => {
    const user = userEvent.setup();
    const sent = show({
      "catalog.list": catalog,
      "trainingSet.preview": () => ({ rows: 4, outputs: ["a"], views }),
      "trainingSet.create": () => ({ name: "may" }),
      "trainingSet.start": () => ({ run: "R1", joined: false }),
    });
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Look at a sample" }).disabled).toBe(true);
    await fill(user);
    await user.click(screen.getByRole("button", { name: "Look at a sample" }));
    expect((await screen.findByRole("list", { name: "Matches by view" })).textContent).toContain("75 % matched");
    await user.type(screen.getByLabelText("Name"), "may");
    await user.click(screen.getByRole("button", { name: "Save and run" }));
    await vi.waitFor(() => expect(went).toEqual(["/training-sets/may"]));
    const spec = { entityRows: { kind: "source", source: "orders", start: null, end: null, limit: 10_000 }, service: "driver_activity", features: null };
    expect(sent.find(({ path }) => path === "trainingSet.create")?.input).toMatchObject({ name: "may", spec });
  });

  it("says why it was refused, and keeps what was filled in", async () => {
    const user = userEvent.setup();
    const refused = () => {
      const larder = { code: "already_exists", message: "There is a training set may already.", hint: null, retryable: false };
      throw TRPCClientError.from({ error: { code: -32_603, message: larder.message, data: { larder } } } as never);
    };
    show({ "catalog.list": catalog, "trainingSet.create": refused });
    await fill(user);
    await user.type(screen.getByLabelText("Name"), "may");
    await user.click(screen.getByRole("button", { name: "Save and run" }));
    expect((await screen.findByRole("alert")).textContent).toContain("There is a training set may already.");
    expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("may");
  });
});
