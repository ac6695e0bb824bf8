import { deflateSync, inflateSync } from "node:zlib";
import type { Prisma } from "../../../prisma/generated/client.ts";
import type { Bins, Moments, Profile, ProfileSample } from "../../domain/index.ts";

/** A profile without its sample, which is kept beside it. */
export function keptProfile({ rows, nulls, counts, moments }: Omit<Profile, "sample" | "bins">) {
  return { rows, nulls, counts, moments };
}

interface KeptProfile {
  readonly rows: number;
  readonly nulls: number;
  readonly counts: readonly number[];
  readonly moments: Moments | null;
}

/** Documents that only this adapter writes. */
export function readProfile(json: Prisma.JsonValue): KeptProfile {
  return json as unknown as KeptProfile;
}

export function readBaselineProfiles(
  features: readonly { readonly feature: string; readonly profile: Prisma.JsonValue; readonly sample?: Uint8Array | null }[],
): ReadonlyMap<string, Profile> {
  return new Map(
    features.map(({ feature, profile, sample }) => {
      const kept = withNul(profile) as KeptProfile & { readonly bins: Bins };
      return [feature, { ...kept, sample: sample ? unpackSample(sample) : null }];
    }),
  );
}

export function toJson(value: object): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}

/** The database takes no NUL in text: its picture and a 0 stand for it, two pictures for the picture itself. */
const [NUL, PICTURE] = ["\0", "\u2400"];

export function textSafe(value: object): Prisma.InputJsonValue {
  return changeTexts(value, (text) => text.replaceAll(PICTURE, PICTURE + PICTURE).replaceAll(NUL, `${PICTURE}0`)) as Prisma.InputJsonValue;
}

function withNul(profile: Prisma.JsonValue): unknown {
  return changeTexts(profile, (text) => text.replace(/\u2400([\u24000])/g, (_pair, second: string) => (second === "0" ? NUL : PICTURE)));
}

function changeTexts(value: unknown, change: (text: string) => string): unknown {
  return JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "string" ? change(inner) : inner)));
}

/** Values, then priorities, as little-endian doubles, deflated. */
export function packSample({ values, priorities }: ProfileSample): Uint8Array<ArrayBuffer> {
  const both = new Float64Array(values.length * 2);
  both.set(values);
  both.set(priorities, values.length);
  return new Uint8Array(deflateSync(new Uint8Array(both.buffer), { level: 1 }));
}

function unpackSample(bytes: Uint8Array): ProfileSample {
  const plain = new Uint8Array(inflateSync(bytes)); // a copy of its own, so that doubles lie aligned
  const both = new Float64Array(plain.buffer, 0, plain.byteLength / 8);
  return { values: both.slice(0, both.length / 2), priorities: both.slice(both.length / 2) };
}
