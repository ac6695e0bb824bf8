import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { Frame } from "../console/shell/frame.tsx";
import { Providers } from "../console/shell/providers.tsx";
import { frameData } from "./_server/frame-data.ts";
import { NONCE_HEADER, PROJECT_HEADER } from "./_server/request-headers.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { template: "%s · Larder", default: "Larder" },
  description: "The feature store's console",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fcfcfd" },
    { media: "(prefers-color-scheme: dark)", color: "#101013" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  await connection();
  const request = await headers();
  const { projects, cursor } = await frameData();
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={request.get(NONCE_HEADER) ?? undefined} nowMs={Date.now()} requestedProject={request.get(PROJECT_HEADER)} projects={projects}>
          <Frame cursor={cursor}>{children}</Frame>
        </Providers>
      </body>
    </html>
  );
}
