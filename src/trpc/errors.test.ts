import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ERROR_CODES, LarderError } from "../kit/index.ts";
import { errorInfo, toTrpcError } from "./errors.ts";

describe("errors on their way to a browser", () => {
  it.each(ERROR_CODES)("maps %s once, with message and hint", (code) => {
    const error = toTrpcError(new LarderError(code, "It went wrong.", { hint: "Do this." }));
    expect(error.code).not.toBe("PARSE_ERROR");
    expect(errorInfo(error)).toEqual({ code, message: "It went wrong.", hint: "Do this.", retryable: code === "unavailable" });
  });

  it("unwraps what tRPC wrapped", () => {
    const wrapped = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: new LarderError("not_found", "There is no view x.") });
    expect(toTrpcError(wrapped).code).toBe("NOT_FOUND");
    expect(errorInfo(toTrpcError(wrapped)).message).toBe("There is no view x.");
  });

  it("lets nothing of a driver through", () => {
    const error = toTrpcError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: new Error("select secret from person") }));
    expect(error.code).toBe("INTERNAL_SERVER_ERROR");
    expect(errorInfo(error)).toMatchObject({ code: "internal", retryable: false });
    expect(JSON.stringify(errorInfo(error))).not.toContain("secret");
  });

  it("names the field that a schema refused", () => {
    const refused = z.object({ page: z.number().min(1) }).safeParse({ page: 0 });
    const info = errorInfo(toTrpcError(new TRPCError({ code: "BAD_REQUEST", cause: refused.error })));
    expect(info.code).toBe("invalid_argument");
    expect(info.message).toMatch(/^page: /);
  });

  it("knows an address without a procedure", () => {
    expect(errorInfo(new TRPCError({ code: "NOT_FOUND", message: 'No procedure found on path "x"' }))).toMatchObject({ code: "not_found" });
  });
});
