import { type Authorizer, decideAccess, permissionDenied } from "../domain/index.ts";

/** Asks the one policy function; throws permission_denied with its reason. */
export function policyAuthorizer(): Authorizer {
  return {
    async authorize(question) {
      const decision = decideAccess(question);
      if (!decision.allowed) throw permissionDenied(decision.reason);
    },
  };
}
