package dev.sallyport.ledger;

import dev.sallyport.format.Principal;
import dev.sallyport.policy.TenantId;

/**
 * What makes refusals equal, so that one record a second stands for all of them.
 *
 * @param tenant whose records they are; {@link TenantId#PLATFORM} when nobody is known
 * @param principal the key, or the prefix of the address
 * @param reason the code and what else must not be thrown together
 */
public record GroupKey(TenantId tenant, Principal principal, String reason) {}
