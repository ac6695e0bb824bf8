import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { LarderError } from "../kit/index.ts";
import type { Project } from "../registry/index.ts";
import type { TrpcContext } from "./context.ts";
import { errorInfo, toTrpcError } from "./errors.ts";

const t = initTRPC.context<TrpcContext>().create({
  transformer: superjson,
  sse: { ping: { enabled: true, intervalMs: 2_000 }, client: { reconnectAfterInactivityMs: 6_000 }, maxDurationMs: 300_000 },
  errorFormatter: ({ shape, error }) => {
    const larder = errorInfo(toTrpcError(error));
    return { ...shape, message: larder.message, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, larder } };
  },
});

export const { router, createCallerFactory } = t;

/** Every procedure starts here: whatever it throws is mapped once, and what is not ours goes to the log whole. */
export const procedure = t.procedure.use(async ({ next, path, ctx }) => {
  const result = await next();
  if (result.ok) return result;
  const error = toTrpcError(result.error);
  if (error.code === "INTERNAL_SERVER_ERROR") ctx.runtime.logger.error({ path, error: causeOf(error) }, "a procedure failed");
  return { ...result, error };
});

/** A procedure about one project: the one asked for, the default one, or the only one there is. */
export const projectProcedure = procedure.use(async ({ next, ctx }) => {
  return next({ ctx: { ...ctx, project: await requestedProject(ctx) } });
});

export async function requestedProject(ctx: TrpcContext): Promise<Project> {
  const name = ctx.requestedProject ?? ctx.runtime.defaultProject ?? (await onlyProject(ctx));
  const project = await ctx.runtime.registry.findProject(name);
  if (!project) throw new LarderError("not_found", `There is no project ${name}.`, { hint: "Choose another project, or apply a feature repo to it." });
  return project;
}

export type ProjectContext = TrpcContext & { readonly project: Project };

async function onlyProject({ runtime }: TrpcContext): Promise<string> {
  const projects = await runtime.registry.listProjects();
  const [first] = projects;
  if (!first) throw new LarderError("failed_precondition", "Nothing is applied yet.", { hint: "Apply a feature repo: larder apply --repo DIR" });
  if (projects.length > 1) {
    throw new LarderError("invalid_argument", `Say which project: ${projects.map(({ name }) => name).join(", ")}.`, {
      hint: "Choose one at the top of the sidebar.",
    });
  }
  return first.name;
}

function causeOf(error: Error): unknown {
  const { cause } = error;
  return cause instanceof Error ? (cause.cause ?? cause) : (cause ?? error);
}
