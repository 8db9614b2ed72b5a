package dev.sallyport.format;

/**
 * The state under which a call was decided: policies, keys, grants, suspensions and consents. Each change raises
 * its epoch, so a record with lower epochs than a change's cannot lie behind it in the ledger.
 *
 * @param platform the platform's epoch
 * @param tenant the tenant's epoch
 */
public record Epochs(long platform, long tenant) {}
