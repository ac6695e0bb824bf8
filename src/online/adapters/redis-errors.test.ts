import { describe, expect, it } from "vitest";
import { LarderError } from "../../kit/index.ts";
import { redisUnavailable } from "./redis-errors.ts";

function reply(message: string): Error {
  return Object.assign(new Error(message), { name: "ReplyError", command: { name: "eval", args: ["a value that is nobody's business"] } });
}

describe("errors of Redis", () => {
  it.each<[Error, string, boolean]>([
    [reply("LOADING Redis is loading the dataset in memory"), "is loading its data", true],
    [reply("MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk."), "cannot save to disk", true],
    [reply("OOM command not allowed when used memory > 'maxmemory'."), "is out of memory", true],
    [reply("READONLY You can't write against a read only replica."), "takes no writes", true],
    [reply("BUSY Redis is busy running a script."), "cannot answer at the moment", true],
    [reply("NOAUTH HELLO must be called with the client already authenticated"), "refuses the sign-in", false],
    [reply("NOPERM this user has no permissions to run the 'eval' command"), "does not allow a command", false],
    [reply("CROSSSLOT Keys in request don't hash to the same slot"), "is a cluster", false],
    [reply("ERR something new"), "refused a command (ERR something new)", true],
    [new Error("Command timed out"), "does not answer", true],
    [new Error("connect ECONNREFUSED 127.0.0.1:6379"), "cannot be reached", true],
  ])("%s", (thrown, says, retryable) => {
    const error = redisUnavailable(thrown, "redis://there:6379");
    expect(error).toMatchObject({ code: "unavailable", retryable, message: expect.stringContaining(says) });
    expect(error.message).toContain("redis://there:6379");
    expect(error.cause).not.toHaveProperty("command");
  });

  it("keeps what is said already", () => {
    const said = new LarderError("failed_precondition", "closed");
    expect(redisUnavailable(said, "redis://there")).toBe(said);
  });
});
