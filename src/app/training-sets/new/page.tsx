import type { Metadata } from "next";
import { connection } from "next/server";
import { NewTrainingSetClient } from "./client.tsx";

export const metadata: Metadata = { title: "New training set" };

export default async function Page() {
  await connection();
  return <NewTrainingSetClient />;
}
