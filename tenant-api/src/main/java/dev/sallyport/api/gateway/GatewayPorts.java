package dev.sallyport.api.gateway;

import dev.sallyport.api.http.Bodies;
import dev.sallyport.api.identity.Identity;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.RecordWriter;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * All that the gateway asks of the rest of the server.
 *
 * @param bodies reads requests' bodies
 * @param aside runs what long bodies take, so that no other call waits for it
 * @param identity who calls
 * @param catalogue which models they may call
 * @param policies under which policy
 * @param state what makes those three forget
 * @param reservations budgets
 * @param pseudonyms names of subjects in records
 * @param handles names of subjects in budgets
 * @param worker where models run
 * @param records where records become durable
 * @param mint begins records
 * @param clock the time that decisions go by: the database's
 */
public record GatewayPorts(
        Bodies bodies,
        Executor aside,
        Identity identity,
        Catalogue catalogue,
        Policies policies,
        TenantState state,
        Reservations reservations,
        Pseudonyms pseudonyms,
        Handles handles,
        Worker worker,
        RecordWriter records,
        RecordMint mint,
        InstantSource clock) {}
