"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "../../trpc/index.ts";
import { NowProvider } from "../ui/now.tsx";
import { TooltipProvider } from "../ui/tooltip.tsx";
import { ProjectProvider } from "./project.tsx";
import { makeQueryClient } from "./query-client.ts";
import { type Outputs, TRPCProvider } from "./trpc.ts";

const URL_OF_API = "/api/trpc";

interface ProvidersProps {
  readonly nonce: string | undefined;
  readonly nowMs: number;
  /** The project that the address or the reader's cookie names; null: none. */
  readonly requestedProject: string | null;
  readonly projects: Outputs["project"]["list"] | null;
  readonly children: ReactNode;
}

/** What every component may count on: data, theme, clock, project, address. */
export function Providers({ nonce, nowMs, requestedProject, projects, children }: ProvidersProps) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(() => makeTrpcClient(requestedProject));
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <NowProvider initial={nowMs}>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
            <ProjectProvider known={projects}>
              <NuqsAdapter>
                <TooltipProvider delayDuration={250} skipDelayDuration={150}>
                  {children}
                </TooltipProvider>
              </NuqsAdapter>
            </ProjectProvider>
          </TRPCProvider>
        </QueryClientProvider>
      </NowProvider>
    </ThemeProvider>
  );
}

/** Answers of one batch stream in as each is ready, so a slow store holds back nothing else. */
function makeTrpcClient(project: string | null) {
  const named = project === null ? {} : { "larder-project": project };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === "subscription",
        true: httpSubscriptionLink({ url: URL_OF_API, transformer: superjson, connectionParams: project === null ? {} : { project } }),
        false: httpBatchStreamLink({ url: URL_OF_API, transformer: superjson, headers: named }),
      }),
    ],
  });
}
