package dev.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.export.Member;
import dev.sallyport.verifier.Verified.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that nobody should have made: a clear word, never a trace, in little memory. */
class HostilePackageTest {
    private static final int BOMB = 200 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private final GeneratedLog log = new GeneratedLog().append("acme", 5).round();

    private Map<Member, byte[]> good() {
        return log.members("acme", 0, 5, List.of(), List.of());
    }

    private Outcome of(byte[] archive) {
        return new Verified(folder, log.logKey()).of(archive);
    }

    private Outcome with(Member member, byte[] content) {
        Map<Member, byte[]> members = good();
        members.put(member, content);
        return of(Verified.zip(members));
    }

    private static void assertMalformed(Outcome outcome) {
        assertThat(outcome.out()).contains("PACKAGE_MALFORMED").doesNotContain("Exception", "\tat ");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isEqualTo(1);
    }

    /** Writes an archive by hand: other names, the same name again, more than is allowed. */
    private static byte[] archive(Map<Member, byte[]> members, String... more) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<Member, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey().fileName()));
                zip.write(member.getValue());
            }
            for (String name : more) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "/etc/passwd",
                "records.jsonl/",
                "C:\\x",
                "",
                "a",
                "RECORDS.JSONL",
                "x/records.jsonl"
            })
    void archive_withAnotherName_isRefused(String name) throws IOException {
        assertMalformed(of(archive(good(), name)));
    }

    @Test
    void archive_withANameTwice_isRefused() throws IOException {
        byte[] twice = archive(good(), "recordz.jsonl");
        String text = new String(twice, StandardCharsets.ISO_8859_1).replace("recordz.jsonl", "records.jsonl");
        assertMalformed(of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void archive_withManyMembers_isRefusedUnread() throws IOException {
        String[] names = new String[70_000];
        Arrays.setAll(names, i -> "m" + i);
        assertMalformed(of(archive(good(), names)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENTRIES", "RECORDS", "ROUND", "CONSISTENCY", "CHECKPOINT", "RANGE"})
    void member_thatIsABomb_isRefused(String member) {
        assertMalformed(with(Member.valueOf(member), new byte[BOMB]));
    }

    @Test
    void member_whoseSizeIsALie_isRefused() {
        byte[] archive = Verified.zip(good());
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(archive.length - 6);
        for (int size : new int[] {0, 1, 100_000, Integer.MAX_VALUE, -1, -2}) {
            byte[] lying = archive.clone();
            ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, size);
            assertMalformed(of(lying));
        }
    }

    @Test
    void archive_cutAnywhere_isRefused() {
        byte[] archive = Verified.zip(good());
        for (int length = 0; length < archive.length; length += 1 + length / 40) {
            assertMalformed(of(Arrays.copyOf(archive, length)));
        }
    }

    @Test
    void archive_withBytesChanged_isReadOrRefusedAndNeverBreaks() {
        byte[] archive = Verified.zip(good());
        var random = new Random(7);
        for (int i = 0; i < 1_500; i++) {
            byte[] changed = archive.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Outcome outcome = of(changed);
            assertThat(outcome.exit()).isBetween(0, 1);
            assertThat(outcome.out()).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void members_thatAreMissing_areNamed() {
        for (Member member : Member.values()) {
            Map<Member, byte[]> members = good();
            members.remove(member);
            Outcome outcome = of(Verified.zip(members));
            if (member.required()) {
                assertMalformed(outcome);
                assertThat(outcome.out()).contains(member.fileName());
            } else {
                assertThat(outcome.exit()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "{\"from\":0,\"tenant\":\"acme\",\"to\":9007199254740991,\"v\":1}",
                "{\"from\":0,\"tenant\":\"acme\",\"to\":99999999999999999999,\"v\":1}",
                "{\"from\":9007199254740991,\"tenant\":\"acme\",\"to\":9007199254740991,\"v\":1}",
                "{\"from\":0,\"tenant\":\"acme\",\"to\":6,\"v\":1}",
                "{\"from\":-1,\"tenant\":\"acme\",\"to\":5,\"v\":1}",
                "{\"from\":0,\"tenant\":\"acme\",\"to\":5,\"v\":1}\n"
            })
    void range_ofOtherFormsAndNumbers_isRefused(String text) {
        assertMalformed(with(Member.RANGE, text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}\n", "\n", "x", "{\"a\":1}\n", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n", "\u0000\n"})
    void lines_ofOtherForms_areRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (Member member : new Member[] {Member.ENTRIES, Member.ROUND, Member.CONSISTENCY}) {
            assertMalformed(with(member, bytes));
        }
        Outcome records = with(Member.RECORDS, bytes);
        assertThat(records.exit()).isEqualTo(1);
        assertThat(records.out()).doesNotContain("Exception");
        assertMalformed(with(Member.CHECKPOINT, bytes));
    }

    @Test
    void deepJson_isRefused() {
        byte[] deep = "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        assertMalformed(with(Member.CHECKPOINT, deep));
    }

    @Test
    void terminalControls_inWhatIsRead_areNotPrinted() {
        String range = "{\"from\":0,\"tenant\":\"\u202e\\u001b[2Jacme\",\"to\":5,\"v\":1}";
        Outcome outcome = with(Member.RANGE, range.getBytes(StandardCharsets.UTF_8));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).doesNotContain("\u001b", "\u202e");
    }
}
