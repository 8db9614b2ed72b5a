package dev.sallyport.format.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.Dsse;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.Hostile;
import dev.sallyport.format.LogVectors;
import dev.sallyport.format.TestKeys;
import dev.sallyport.format.log.LogSigner;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.ReceiptVerdict.BadSignature;
import dev.sallyport.format.receipt.ReceiptVerdict.Malformed;
import dev.sallyport.format.receipt.ReceiptVerdict.NoCertificate;
import dev.sallyport.format.receipt.ReceiptVerdict.OtherRecord;
import dev.sallyport.format.receipt.ReceiptVerdict.OutsideValidity;
import dev.sallyport.format.receipt.ReceiptVerdict.Valid;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReceiptTest {
    private static final LogVectors LOG = LogVectors.all().at("log");
    private static final LogVectors VECTORS = LogVectors.all().at("receipt");
    private static final VerifierKey LOG_KEY = VerifierKey.parse(LOG.at("vkeys").text("log"));

    private final byte[] certificate = utf8(VECTORS.text("certificate"));
    private final KeyCertificate certified =
            ((CertificateVerdict.Valid) KeyCertificate.verify(certificate, List.of(LOG_KEY))).certificate();
    private final LogSigner log =
            new LogSigner(LOG_KEY.name(), TestKeys.of(LOG.at("seeds").text("log"), LOG_KEY.key()));
    private final KeyPair node = TestKeys.of(VECTORS.text("seed"), certified.key());
    private final ReceiptSigner signer = ReceiptSigner.of(VECTORS.text("node"), node);
    private final ReceiptKeys keys = ReceiptKeys.of(List.of(certificate), List.of(LOG_KEY));
    private final long at = VECTORS.number("at");

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Hash> records(int count) {
        var records = new ArrayList<Hash>();
        for (int i = 0; i < count; i++) {
            records.add(Hash.leaf(utf8("record " + i)));
        }
        return records;
    }

    @Test
    void receipts_areTheVectorsAndHold() {
        for (LogVectors flush : VECTORS.list("flushes")) {
            List<Hash> records =
                    flush.texts("records").stream().map(Hash::parse).toList();
            List<Receipt> receipts = signer.receipts(records, at);
            assertThat(receipts).extracting(Receipt::encode).isEqualTo(flush.texts("receipts"));
            for (int i = 0; i < records.size(); i++) {
                assertThat(Receipt.verify(receipts.get(i).encode(), records.get(i), keys))
                        .isEqualTo(new Valid(receipts.get(i), certified));
            }
        }
    }

    @Test
    void certificate_isTheVector() {
        assertThat(KeyCertificate.keyId(certified.key())).isEqualTo(VECTORS.text("keyId"));
        assertThat(certified.sign(List.of(log))).isEqualTo(certificate);
        assertThat(Dsse.parse(certificate).payload()).isEqualTo(utf8(VECTORS.text("certified")));
    }

    @Test
    void certificate_ofTwoKeysOfTheLog_holdsForWhoeverTrustsOneOfThem() {
        LogSigner next = new LogSigner(LOG_KEY.name(), TestKeys.fresh());
        byte[] both = certified.sign(List.of(log, next));
        for (VerifierKey trusted : List.of(LOG_KEY, next.verifier())) {
            assertThat(KeyCertificate.verify(both, List.of(trusted)))
                    .isEqualTo(new CertificateVerdict.Valid(certified));
        }
        LogSigner other = new LogSigner("other.example", TestKeys.fresh());
        assertThatThrownBy(() -> certified.sign(List.of(log, other))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> certified.sign(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.sign("a", new byte[1]).with(log.sign("a", new byte[2])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void receipts_ofFlushesOfManySizes_hold() {
        for (int size : new int[] {1, 2, 3, 7, 8, 9, 63, 64, 65}) {
            List<Hash> records = records(size);
            List<Receipt> receipts = signer.receipts(records, at);
            for (int i = 0; i < size; i++) {
                String text = receipts.get(i).encode();
                assertThat(Receipt.parse(text)).isEqualTo(receipts.get(i));
                assertThat(Receipt.verify(text, records.get(i), keys)).isInstanceOf(Valid.class);
                assertThat(Receipt.verify(text, records(size + 1).getLast(), keys))
                        .isEqualTo(new OtherRecord(records.get(i)));
            }
        }
    }

    @Test
    void receipt_withAnyBitChanged_isRefused() {
        for (int size : new int[] {1, 2, 5}) {
            Hash record = records(size).getLast();
            String text = signer.receipts(records(size), at).getLast().encode();
            byte[] characters = utf8(text);
            for (int bit = 0; bit < characters.length * 8; bit++) {
                String changed = new String(Hostile.flip(characters, bit), StandardCharsets.ISO_8859_1);
                assertThat(Receipt.verify(changed, record, keys)).isNotInstanceOf(Valid.class);
            }
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(3));
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                String changed =
                        "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(Hostile.flip(bytes, bit));
                assertThat(Receipt.verify(changed, record, keys)).isNotInstanceOf(Valid.class);
            }
        }
    }

    @Test
    void receipt_forAnotherRecordOfItsFlush_isRefused() {
        List<Receipt> receipts = signer.receipts(records(4), at);
        Receipt one = receipts.get(1);
        var swapped = new Receipt(records(4).get(2), one.statement(), one.keyId(), one.place(), one.signature());
        assertThat(Receipt.verify(swapped.encode(), records(4).get(2), keys)).isEqualTo(new BadSignature(certified));
    }

    @Test
    void receipt_outsideTheKeysValidity_isRefused() {
        Hash record = records(1).getFirst();
        for (long moment : new long[] {certified.notBefore(), certified.notAfter()}) {
            assertThat(Receipt.verify(receipt(moment), record, keys)).isInstanceOf(Valid.class);
        }
        for (long moment : new long[] {0, certified.notBefore() - 1, certified.notAfter() + 1}) {
            assertThat(Receipt.verify(receipt(moment), record, keys)).isEqualTo(new OutsideValidity(moment, certified));
        }
    }

    private String receipt(long moment) {
        return signer.receipts(records(1), moment).getFirst().encode();
    }

    @Test
    void key_certifiedAgain_coversBothTimes() {
        var renewed = new KeyCertificate(
                certified.log(), certified.node(), certified.key(), certified.notAfter() + 1, certified.notAfter() + 9);
        ReceiptKeys both = ReceiptKeys.of(List.of(certificate, renewed.sign(List.of(log))), List.of(LOG_KEY));
        assertThat(Receipt.verify(receipt(certified.notAfter() + 5), records(1).getFirst(), both))
                .isInstanceOf(Valid.class);
        assertThat(Receipt.verify(receipt(at), records(1).getFirst(), both)).isInstanceOf(Valid.class);
        assertThat(both.refused()).isEmpty();
    }

    @Test
    void receipt_ofAnUncertifiedKeyOrNode_isRefused() {
        Hash record = records(1).getFirst();
        var stranger = ReceiptSigner.of(certified.node(), TestKeys.fresh());
        String strangers = stranger.receipts(records(1), at).getFirst().encode();
        assertThat(Receipt.verify(strangers, record, keys)).isInstanceOf(NoCertificate.class);
        var elsewhere = ReceiptSigner.of("node-2", node);
        String moved = elsewhere.receipts(records(1), at).getFirst().encode();
        assertThat(Receipt.verify(moved, record, keys)).isInstanceOf(NoCertificate.class);
        var own = new KeyCertificate(certified.log(), certified.node(), stranger.publicKey(), 0, at);
        byte[] selfMade = own.sign(List.of(new LogSigner(certified.log(), TestKeys.fresh())));
        ReceiptKeys forged = ReceiptKeys.of(List.of(selfMade), List.of(LOG_KEY));
        assertThat(forged.refused()).containsExactly(new CertificateVerdict.NotSigned(certified.log()));
        assertThat(Receipt.verify(strangers, record, forged)).isInstanceOf(NoCertificate.class);
    }

    @Test
    void certificate_withAnyBitChanged_certifiesNothingElse() {
        byte[] payload = Dsse.parse(certificate).payload();
        String text = new String(certificate, StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(payload);
        for (int bit = 0; bit < payload.length * 8; bit++) {
            String other = Base64.getEncoder().encodeToString(Hostile.flip(payload, bit));
            assertThat(KeyCertificate.verify(utf8(text.replace(encoded, other)), List.of(LOG_KEY)))
                    .isNotInstanceOf(CertificateVerdict.Valid.class);
        }
        // The document around it may be laid out in other ways, and its keyid is a hint.
        for (int bit = 0; bit < certificate.length * 8; bit++) {
            if (KeyCertificate.verify(Hostile.flip(certificate, bit), List.of(LOG_KEY))
                    instanceof CertificateVerdict.Valid(KeyCertificate same)) {
                assertThat(same).isEqualTo(certified);
            }
        }
    }

    @Test
    void certificate_ofAnotherLogOrType_isRefused() {
        var witness = VerifierKey.parse(LOG.at("vkeys").text("witness"));
        assertThat(KeyCertificate.verify(certificate, List.of(witness)))
                .isEqualTo(new CertificateVerdict.NotSigned(certified.log()));
        assertThat(KeyCertificate.verify(certificate, List.of(new VerifierKey("witness.example", LOG_KEY.key()))))
                .isEqualTo(new CertificateVerdict.NotSigned(certified.log()));
        byte[] payload = Dsse.parse(certificate).payload();
        assertThat(KeyCertificate.verify(log.sign("application/other", payload).encode(), List.of(LOG_KEY)))
                .isInstanceOf(CertificateVerdict.NotSigned.class);
        var other = new LogSigner("other.example", TestKeys.fresh());
        assertThatThrownBy(() -> certified.sign(List.of(other))).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<String> receipts() {
        return Hostile.around(signer.receipts(records(5), at).get(3).encode());
    }

    @Property
    void verify_ofAnyText_answers(@ForAll("receipts") String text) {
        Hash record = records(5).get(3);
        ReceiptVerdict verdict = Receipt.verify(text, record, keys);
        if (verdict instanceof Valid(Receipt receipt, KeyCertificate by)) {
            assertThat(text).isEqualTo(receipt.encode());
        } else if (verdict instanceof Malformed(String why)) {
            assertThat(why).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<byte[]> binaries() {
        String text = signer.receipts(records(5), at).get(3).encode();
        return Hostile.around(Base64.getUrlDecoder().decode(text.substring(3)));
    }

    @Property
    void receipt_ofAnyBytes_isReadExactlyOrRefused(@ForAll("binaries") byte[] bytes) {
        String text = "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            assertThat(Receipt.parse(text).encode()).isEqualTo(text);
        } catch (FormatException refused) {
            assertThat(refused).hasMessageContaining("receipt");
        }
    }

    @Provide
    Arbitrary<byte[]> certificates() {
        return Hostile.around(certificate);
    }

    @Property
    void certificate_ofAnyBytes_isAnswered(@ForAll("certificates") byte[] bytes) {
        if (KeyCertificate.verify(bytes, List.of(LOG_KEY)) instanceof CertificateVerdict.Valid(KeyCertificate same)) {
            assertThat(same).isEqualTo(certified);
        }
    }

    @Test
    void flush_outOfBounds_isNotSigned() {
        assertThatThrownBy(() -> signer.receipts(List.of(), at)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signer.receipts(Collections.nCopies(65_537, Hash.EMPTY_TREE), at))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signer.receipts(records(1), -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(signer.receipts(Collections.nCopies(65_536, Hash.EMPTY_TREE), at)
                        .getLast()
                        .place()
                        .path())
                .hasSize(16);
        for (String name : new String[] {"", "n".repeat(256), "\ud800"}) {
            assertThatThrownBy(() -> ReceiptSigner.of(name, node)).isInstanceOf(IllegalArgumentException.class);
        }
        var longest = ReceiptSigner.of("n".repeat(255), node);
        Receipt receipt = longest.receipts(Collections.nCopies(65_536, Hash.EMPTY_TREE), at)
                .getLast();
        assertThat(Receipt.parse(receipt.encode())).isEqualTo(receipt);
    }
}
