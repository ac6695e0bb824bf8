import { expect, test } from "vitest";
import { refuseMetadata } from "./refuse-metadata.ts";

test.each([
  "http://169.254.169.254/latest/meta-data",
  "http://2852039166/", // the same as one number
  "http://[fe80::1]/",
  "http://[fd00:ec2::254]/",
  "http://[::ffff:169.254.169.254]/",
  "http://100.100.100.200/",
])("no alert goes to %s", async (url) => {
  await expect(refuseMetadata(url)).rejects.toMatchObject({ code: "failed_precondition" });
});

test.each(["http://127.0.0.1:9/hook", "http://localhost:9/hook", "http://[::1]/", "http://10.0.0.5/", "https://192.168.1.2/"])(
  "one may go to %s",
  async (url) => {
    await refuseMetadata(url);
  },
);

test("a name that nobody knows may be known later", async () => {
  await expect(refuseMetadata("http://nowhere.invalid/")).rejects.toMatchObject({ code: "unavailable", retryable: true });
});
