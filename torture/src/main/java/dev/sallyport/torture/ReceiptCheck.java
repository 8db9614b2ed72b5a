package dev.sallyport.torture;

import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptKeys;
import dev.sallyport.format.receipt.ReceiptVerdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every answer came with a receipt that verifies for its record, by a key that the log has certified. */
final class ReceiptCheck implements Books.Check {
    private final Database database;
    private final Violations violations;
    private final Map<String, String> digests = new HashMap<>();
    private final List<Answers.Answer> answers;

    ReceiptCheck(Database database, List<Answers.Answer> answers, Violations violations) {
        this.database = database;
        this.answers = List.copyOf(answers);
        this.violations = violations;
    }

    @Override
    public void see(Books.Entry entry) {
        digests.put(entry.record().id(), entry.digest());
    }

    @Override
    public void end() {
        ReceiptKeys keys = keys();
        answers.parallelStream().forEach(answer -> {
            String digest = digests.get(answer.record());
            if (digest != null) {
                violations.looked("receipts", 1);
                verify(answer, digest, keys);
            }
        });
    }

    private void verify(Answers.Answer answer, String digest, ReceiptKeys keys) {
        if (answer.receipt() == null) {
            violations.add("receipts", "the answer " + answer.record() + " came without one");
            return;
        }
        ReceiptVerdict verdict = Receipt.verify(answer.receipt(), Hash.parse(digest), keys);
        if (!(verdict instanceof ReceiptVerdict.Valid)) {
            violations.add("receipts", "that of " + answer.record() + " does not verify: " + verdict);
        }
    }

    private ReceiptKeys keys() {
        List<byte[]> certificates = new ArrayList<>();
        try (Connection auditor = database.auditor();
                Statement statement = auditor.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT certificate FROM receipt_keys WHERE certificate IS NOT NULL")) {
            while (row.next()) {
                certificates.add(row.getBytes(1));
            }
            List<VerifierKey> logKeys = LogWatch.keys(auditor);
            return ReceiptKeys.of(certificates, logKeys);
        } catch (SQLException e) {
            throw new CouldNotRun("the receipt keys cannot be read: " + e.getMessage(), e);
        }
    }
}
