/** Set by the proxy for the pages behind it: the project that the address or the cookie names, and the nonce of this answer's scripts. */
export const PROJECT_HEADER = "x-larder-project";
export const NONCE_HEADER = "x-nonce";
