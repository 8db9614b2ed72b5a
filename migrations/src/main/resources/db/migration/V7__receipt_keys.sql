-- The nodes' receipt keys, their public halves, and what the log key has certified of them. A node registers a period
-- of its key with a MAC that only those can make who hold the root key, so that whoever certifies can tell a node's
-- row from one that somebody else wrote. Rows are never taken away: receipts are checked years later.
CREATE TABLE receipt_keys (
    node          text COLLATE "C" NOT NULL CHECK (octet_length(node) BETWEEN 1 AND 255),
    key           bytea NOT NULL CHECK (octet_length(key) = 32),
    -- µs since the epoch, both included, as the certificate has them.
    not_before    bigint NOT NULL CHECK (not_before >= 0),
    not_after     bigint NOT NULL CHECK (not_after >= not_before),
    mac           bytea NOT NULL CHECK (octet_length(mac) = 32),
    registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    certificate   bytea,
    -- Whether the MAC was found wrong: the row stays as evidence and is not looked at again.
    refused       boolean NOT NULL DEFAULT false CHECK (NOT (refused AND certificate IS NOT NULL)),
    PRIMARY KEY (node, key, not_before)
);
CREATE INDEX receipt_keys_open ON receipt_keys (registered_at) WHERE certificate IS NULL AND NOT refused;

GRANT SELECT, INSERT, UPDATE (certificate, refused) ON receipt_keys TO flush_fn;
GRANT SELECT ON receipt_keys TO auditor;

-- Registers a period of a node's key; a period that is there already stays as it is.
CREATE FUNCTION receipt_key_register(p_node text, p_key bytea, p_not_before bigint, p_not_after bigint, p_mac bytea)
    RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    INSERT INTO receipt_keys (node, key, not_before, not_after, mac)
    VALUES (p_node, p_key, p_not_before, p_not_after, p_mac) ON CONFLICT DO NOTHING;
END;

-- The certificate of a period, null while there is none.
CREATE FUNCTION receipt_key_certificate(p_node text, p_key bytea, p_not_before bigint) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT k.certificate FROM receipt_keys k
    WHERE k.node = p_node AND k.key = p_key AND k.not_before = p_not_before;
END;

-- The periods that nobody has certified or refused yet, at most a hundred.
CREATE FUNCTION receipt_keys_uncertified()
    RETURNS TABLE (node text, key bytea, not_before bigint, not_after bigint, mac bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT k.node, k.key, k.not_before, k.not_after, k.mac FROM receipt_keys k
    WHERE k.certificate IS NULL AND NOT k.refused ORDER BY k.registered_at LIMIT 100;
END;

-- Stores the certificate of a period that has none; a null one refuses the period.
CREATE FUNCTION receipt_key_certify(p_node text, p_key bytea, p_not_before bigint, p_certificate bytea) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    UPDATE receipt_keys k SET certificate = p_certificate, refused = p_certificate IS NULL
    WHERE k.node = p_node AND k.key = p_key AND k.not_before = p_not_before
      AND k.certificate IS NULL AND NOT k.refused;
END;

REVOKE ALL ON FUNCTION receipt_key_register(text, bytea, bigint, bigint, bytea),
    receipt_key_certificate(text, bytea, bigint), receipt_keys_uncertified(),
    receipt_key_certify(text, bytea, bigint, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION receipt_key_register(text, bytea, bigint, bigint, bytea),
    receipt_key_certificate(text, bytea, bigint) TO ledger_writer;
GRANT EXECUTE ON FUNCTION receipt_keys_uncertified(), receipt_key_certify(text, bytea, bigint, bytea) TO sequencer;

ALTER FUNCTION receipt_key_register(text, bytea, bigint, bigint, bytea) OWNER TO flush_fn;
ALTER FUNCTION receipt_key_certificate(text, bytea, bigint) OWNER TO flush_fn;
ALTER FUNCTION receipt_keys_uncertified() OWNER TO flush_fn;
ALTER FUNCTION receipt_key_certify(text, bytea, bigint, bytea) OWNER TO flush_fn;
