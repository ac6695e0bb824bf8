// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { ReactNode } from "react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { aView } from "../../testing/builders.ts";
import { drawnSize } from "../../testing/drawn-size.ts";
import type { AppRouter } from "../../trpc/index.ts";
import { makeQueryClient } from "../shell/query-client.ts";
import { TRPCProvider } from "../shell/trpc.ts";
import { NowProvider } from "../ui/now.tsx";
import { TooltipProvider } from "../ui/tooltip.tsx";
import { ChangePlan } from "./change-plan.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { EntityForm } from "./entity-form.tsx";
import type { EditPlan } from "./use-edit.ts";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));
beforeAll(() => drawnSize({ width: 700, height: 400 }));
afterEach(cleanup);

const NOTHING: EditPlan = { change: null, reached: [], problems: [], dependants: [], conflict: null };
const ADDED: EditPlan = { ...NOTHING, change: { kind: "entity", name: "driver", action: "add", fields: [], affects: [] } };

type Procedures = Readonly<Record<string, () => unknown>>;
type Sent = { readonly path: string; readonly input: unknown };

/** Draws with everything that a page has around it; calls are answered by `procedures`, and what was sent is given back. */
function show(element: ReactNode, procedures: Procedures): readonly Sent[] {
  const sent: Sent[] = [];
  const link: TRPCLink<AppRouter> =
    () =>
    ({ op: { path, input } }) =>
      observable((observer) => {
        sent.push({ path, input });
        const answer = procedures[path];
        if (answer === undefined) return observer.error(TRPCClientError.from(new Error(`${path} is not answered here`)));
        observer.next({ result: { type: "data", data: answer() } });
        observer.complete();
      });
  const queryClient = makeQueryClient();
  render(
    <NowProvider initial={Date.now()}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={createTRPCClient<AppRouter>({ links: [link] })} queryClient={queryClient}>
          <TooltipProvider>{element}</TooltipProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </NowProvider>,
  );
  return sent;
}

describe("the entity form", () => {
  it("says what is missing at its field, and sends nothing until it is whole", async () => {
    const user = userEvent.setup();
    const sent = show(<EntityForm initial={null} />, { "definition.preview": () => ADDED });
    await user.click(screen.getByRole("button", { name: "Create" }));
    expect((await screen.findAllByText("Give it a name.")).length).toBe(2); // of the entity, and of its join key
    expect(screen.getByLabelText("Name").getAttribute("aria-invalid")).toBe("true");
    expect(sent).toEqual([]);
  });

  it("shows what saving does, then saves exactly that, with the state that it started from", async () => {
    const user = userEvent.setup();
    const sent = show(<EntityForm initial={null} />, { "definition.preview": () => ADDED, "definition.save": () => ({ plan: ADDED, revision: 2 }) });
    await user.type(screen.getByLabelText("Name"), "driver");
    await user.type(screen.getByLabelText("Name of join key 1"), "driver_id");
    await user.click(screen.getByRole("button", { name: "Add a tag" }));
    await user.type(screen.getByLabelText("Key of tag 1"), "tier");
    await user.type(screen.getByLabelText("Value of tag 1"), "gold");
    expect(await screen.findByText("It is added to the registry.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Create" }));
    const joinKeys = [{ name: "driver_id", type: "int64" }];
    const definition = { kind: "entity", name: "driver", description: "", owner: null, tags: { tier: "gold" }, joinKeys };
    await expect.poll(() => sent.find(({ path }) => path === "definition.save")?.input).toEqual({ action: "save", definition, base: null });
  });

  it("is not saved while there is a problem", async () => {
    const user = userEvent.setup();
    const problems = [{ severity: "error", file: null, line: null, message: "the name is taken" }] as const;
    show(<EntityForm initial={null} />, { "definition.preview": () => ({ ...ADDED, problems }) });
    await user.type(screen.getByLabelText("Name"), "driver");
    await user.type(screen.getByLabelText("Name of join key 1"), "driver_id");
    expect(await screen.findByText("the name is taken")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Create" }).hasAttribute("disabled")).toBe(true);
  });
});

describe("what saving does", () => {
  it("is told field by field, with new versions and who is hit", () => {
    const fields = [
      { field: "ttlSeconds", before: null, after: "60" },
      { field: "features.conv_rate.type", before: "float32", after: "float64" },
    ];
    const change = { kind: "feature_view", name: "v", action: "new_version", fields, affects: ["feature_service:activity"] } as const;
    show(<ChangePlan plan={{ ...NOTHING, change, reached: [{ ...change, name: "w", affects: [] }] }} />, {});
    expect(screen.getByText("A new version")).toBeTruthy();
    const differences = within(screen.getByRole("list", { name: "Differences" })).getAllByRole("listitem");
    expect(differences.map(({ textContent }) => textContent)).toEqual(["ttlSecondsnone becomes →60", "features.conv_rate.typefloat32 becomes →float64"]);
    expect(screen.getByRole("link", { name: "activity" }).getAttribute("href")).toBe("/services/activity");
    expect(screen.getByRole("link", { name: "w" }).getAttribute("href")).toBe("/views/w");
  });
});

describe("a conflict", () => {
  it("shows both versions, names what both changed, and does what is chosen", async () => {
    const user = userEvent.setup();
    const chosen: string[] = [];
    const theirs = [{ field: "ttlSeconds", before: null, after: "60" }];
    const yours = [
      { field: "ttlSeconds", before: null, after: "90" },
      { field: "description", before: "", after: "mine" },
    ];
    const at = new Date();
    const current = { definition: aView({ ttlSeconds: 60 }), origin: null, managedBy: "console", createdAt: at, updatedAt: at };
    const handlers = { onTheirs: () => chosen.push("theirs"), onMine: () => chosen.push("mine"), onClose: () => chosen.push("close") };
    show(<ConflictDialog name="driver_stats" conflict={{ current, theirs, yours }} {...handlers} />, {});
    expect(screen.getByRole("dialog", { name: "Someone else changed driver_stats" })).toBeTruthy();
    expect(screen.getByText(/You both changed/).textContent).toContain("ttlSeconds");
    await user.click(screen.getByRole("button", { name: "Put mine on top" }));
    await user.click(screen.getByRole("button", { name: "Take theirs" }));
    await user.keyboard("{Escape}");
    expect(chosen).toEqual(["mine", "theirs", "close"]);
  });
});
