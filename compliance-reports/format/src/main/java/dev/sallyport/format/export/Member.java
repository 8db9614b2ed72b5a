package dev.sallyport.format.export;

import java.util.Optional;

/** A member of the package, in the order in which they stand in it. */
public enum Member {
    /** The tenant's checkpoint. */
    CHECKPOINT("checkpoint.json", true, 1 << 20),
    /** Which range it is. */
    RANGE("range.json", true, 1 << 14),
    /** The envelopes. */
    ENTRIES("entries.jsonl", true, 256),
    /** The records. */
    RECORDS("records.jsonl", true, 1 << 24),
    /** All leaves of the round. */
    ROUND("round.jsonl", false, 512),
    /** Proofs that older trees continue. */
    CONSISTENCY("consistency.jsonl", false, 1 << 14),
    /** Certificates of receipt keys. */
    RECEIPT_KEYS("receipt-keys.jsonl", false, 1 << 14);

    private final String fileName;
    private final boolean required;
    private final int mostBytes;

    Member(String fileName, boolean required, int mostBytes) {
        this.fileName = fileName;
        this.required = required;
        this.mostBytes = mostBytes;
    }

    /** Returns its name in the archive. */
    public String fileName() {
        return fileName;
    }

    /** Tells whether every package has it. */
    public boolean required() {
        return required;
    }

    /** Returns the most bytes of the member if it is one JSON text, of a line without its newline if it has lines. */
    public int mostBytes() {
        return mostBytes;
    }

    /** Returns the member of a name. */
    public static Optional<Member> of(String fileName) {
        for (Member member : values()) {
            if (member.fileName.equals(fileName)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }
}
