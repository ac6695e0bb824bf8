import { type NextRequest, NextResponse } from "next/server";
import { OWN_NAMES, refusal } from "./app/_server/known-host.ts";
import { NONCE_HEADER, PROJECT_HEADER } from "./app/_server/request-headers.ts";

const PROJECT_COOKIE = "larder-project";
const YEAR_SECONDS = 31_536_000;
const IS_DEV = process.env.NODE_ENV === "development";

/** In front of every page and call: checks who asks, names the project, and fixes what the answer's page may load and run. */
export function proxy(request: NextRequest): NextResponse {
  const { headers, method, nextUrl } = request;
  const isApi = nextUrl.pathname.startsWith("/api/");
  const isVisit = !isApi && (method === "GET" || method === "HEAD");
  const reason = refusal({ host: headers.get("host"), origin: headers.get("origin"), site: headers.get("sec-fetch-site"), isVisit }, OWN_NAMES);
  if (reason !== null) return secured(NextResponse.json({ error: { code: "permission_denied", message: reason } }, { status: 403 }));
  if (isApi) return secured(NextResponse.next());

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentPolicy(nonce);
  const inner = new Headers(headers);
  inner.set(NONCE_HEADER, nonce);
  inner.set("content-security-policy", policy);
  inner.delete(PROJECT_HEADER);
  const named = nextUrl.searchParams.get("project");
  const project = named ?? request.cookies.get(PROJECT_COOKIE)?.value;
  if (project) inner.set(PROJECT_HEADER, project);
  const response = NextResponse.next({ request: { headers: inner } });
  response.headers.set("content-security-policy", policy);
  if (named) response.cookies.set(PROJECT_COOKIE, named, { path: "/", sameSite: "lax", maxAge: YEAR_SECONDS });
  return secured(response);
}

/** Nothing from elsewhere, no script but ours; styles are inline because charts and menus place things by style attributes. */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${IS_DEV ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function secured(response: NextResponse): NextResponse {
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("x-frame-options", "DENY");
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("cross-origin-resource-policy", "same-origin");
  return response;
}

// Uploads check who asks by themselves: what passes here is held in memory, and cut short.
export const config = { matcher: ["/((?!_next/static|_next/image|icon.svg|logo.svg|api/uploads).*)"] };
