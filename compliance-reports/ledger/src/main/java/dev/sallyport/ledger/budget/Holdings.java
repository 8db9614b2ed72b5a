package dev.sallyport.ledger.budget;

import java.util.concurrent.ConcurrentHashMap;

/**
 * What a node holds under one generation. A new generation begins with nothing; what is still settled on the holdings
 * of an old one is of no account.
 *
 * @param generation the generation
 * @param allowances by what names them
 */
record Holdings(long generation, ConcurrentHashMap<Allowance.Key, Allowance> allowances) {
    Holdings(long generation) {
        this(generation, new ConcurrentHashMap<>());
    }
}
