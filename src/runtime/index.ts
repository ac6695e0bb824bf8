export { type CreateRuntimeOptions, createRuntime } from "./create-runtime.ts";
export { type Environment, readEnvironment } from "./environment.ts";
export type { Runtime } from "./runtime.ts";
