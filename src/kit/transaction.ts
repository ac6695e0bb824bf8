declare const transactionBrand: unique symbol;

/** An open database transaction, opaque to everything but the adapters that made it. */
export interface Transaction {
  readonly [transactionBrand]: true;
}

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export interface Transactor {
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
