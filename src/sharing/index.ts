export type { BrokenLink } from "./audit-chain.ts";
export { policyAuthorizer } from "./policy-authorizer.ts";
