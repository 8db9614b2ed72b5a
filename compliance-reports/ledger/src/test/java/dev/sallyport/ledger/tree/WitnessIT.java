package dev.sallyport.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.format.Ed25519;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.SignedNote;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class WitnessIT {
    private static final String NAME = "witness.example/w";

    @TempDir
    private Path folder;

    private TreeFixture fixture;
    private SequencerTransaction running;

    @BeforeEach
    void open() {
        fixture = new TreeFixture();
        running = fixture.begin();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Witness witness(Optional<WitnessSettings.Remote> remote) {
        var witness = new Witness(
                new WitnessSettings(folder.resolve("apart/checkpoints"), Duration.ofMillis(1), remote), fixture.log);
        witness.start();
        return witness;
    }

    private Checkpoint round() throws Exception {
        fixture.commit("acme", 1);
        fixture.sequence(running);
        return Checkpoint.parse(SignedNote.parse(note()).text());
    }

    private byte[] note() {
        return fixture.log.checkpoint().orElseThrow();
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            Thread.sleep(20);
        }
    }

    @Test
    void checkpoints_areKeptInAFile_thatIsTakenUpAgain() throws Exception {
        Checkpoint second;
        try (Witness witness = witness(Optional.empty())) {
            Checkpoint first = round();
            witness.signed(note());
            until(() -> witness.last().equals(Optional.of(first)));
            second = round();
            witness.signed(note());
            until(() -> witness.last().equals(Optional.of(second)));
        }
        Path file = folder.resolve("apart/checkpoints");
        Files.writeString(file, "{\"checkpoint\":\"cut", StandardOpenOption.APPEND);
        try (Witness witness = witness(Optional.empty())) {
            assertThat(witness.last()).contains(second);
            Checkpoint third = round();
            witness.signed(note());
            until(() -> witness.last().equals(Optional.of(third)));
        }
        assertThat(Files.readAllLines(file)).hasSize(4);
    }

    /** Nodes that share their folder write to one file; one of them may have seen more. */
    @Test
    void nodes_withOneFile_goOnWhereTheOtherWas() throws Exception {
        try (Witness one = witness(Optional.empty());
                Witness other = witness(Optional.empty())) {
            Checkpoint first = round();
            byte[] old = note();
            Checkpoint second = round();
            one.signed(note());
            until(() -> one.last().equals(Optional.of(second)));
            other.signed(old);
            until(() -> other.last().equals(Optional.of(second)));
            assertThat(first.head().size()).isLessThan(second.head().size());
            Checkpoint third = round();
            other.signed(note());
            until(() -> other.last().equals(Optional.of(third)));
            assertThat(other.refusal()).isEmpty();
        }
        assertThat(Files.readAllLines(folder.resolve("apart/checkpoints"))).hasSize(2);
    }

    @Test
    void fileOfAnotherLog_isRefused() throws Exception {
        try (var other = new TreeFixture()) {
            SequencerTransaction theirs = other.begin();
            other.commit("acme", 1);
            other.sequence(theirs);
            new WitnessFile(folder.resolve("apart/checkpoints"))
                    .append(SignedNote.parse(other.log.checkpoint().orElseThrow()));
        }
        assertThatThrownBy(() -> witness(Optional.empty()))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("another log's");
    }

    /** Whoever holds the key signs a log of the same size with another root. */
    @Test
    void checkpoint_thatDoesNotContinueTheLast_isNotWitnessed() throws Exception {
        try (Witness witness = witness(Optional.empty())) {
            Checkpoint first = round();
            witness.signed(note());
            until(() -> witness.last().isPresent());
            Checkpoint forged =
                    new Checkpoint(first.origin(), new TreeHead(first.head().size(), Hash.leaf(new byte[] {1})));
            witness.signed(sign(forged));
            until(() -> witness.refusal().isPresent());
            assertThat(witness.last()).contains(first);
        }
        assertThat(Files.readAllLines(folder.resolve("apart/checkpoints"))).hasSize(1);
    }

    private byte[] sign(Checkpoint checkpoint) {
        return checkpoint
                .sign(fixture.keys().signers(fixture.log.keys(), Instant.now()))
                .encode();
    }

    @Test
    void witnessOverHttp_cosigns_andItsRefusalEndsIt() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var server = new HttpWitness(pair);
        Optional<WitnessSettings.Remote> remote =
                Optional.of(new WitnessSettings.Remote(server.prefix(), new CosignatureKey(NAME, pair.getPublic())));
        try (Witness witness = witness(remote)) {
            for (int i = 0; i < 3; i++) {
                Checkpoint checkpoint = round();
                witness.signed(note());
                until(() -> witness.last().equals(Optional.of(checkpoint)));
                assertThat(server.seen.get()).isEqualTo(checkpoint.head());
            }
        }
        assertThat(Files.readAllLines(folder.resolve("apart/checkpoints")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains(NAME));
        try (Witness witness = witness(remote)) {
            Checkpoint checkpoint = round();
            witness.signed(note());
            until(() -> witness.last().equals(Optional.of(checkpoint)));
            assertThat(server.seen.get()).isEqualTo(checkpoint.head());
            server.seen.set(new TreeHead(checkpoint.head().size() + 1, Hash.leaf(new byte[0])));
            round();
            witness.signed(note());
            until(() -> witness.refusal().isPresent());
            assertThat(witness.refusal().orElseThrow())
                    .contains("does not hold")
                    .doesNotContain("\n");
        } finally {
            server.stop();
        }
    }

    /** A witness written from the specification alone; it trusts the log's signature, which is checked elsewhere. */
    private static final class HttpWitness {
        final AtomicReference<TreeHead> seen = new AtomicReference<>(TreeHead.EMPTY);
        private final HttpServer server;
        private final KeyPair pair;

        HttpWitness(KeyPair pair) throws IOException {
            this.pair = pair;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/w/add-checkpoint", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                String[] answer = answer(body);
                byte[] bytes = answer[1].getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(Integer.parseInt(answer[0]), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        URI prefix() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/w/");
        }

        void stop() {
            server.stop(0);
        }

        private String[] answer(String body) {
            int empty = body.indexOf("\n\n");
            List<String> lines = Arrays.asList(body.substring(0, empty).split("\n"));
            SignedNote note = SignedNote.parse(body.substring(empty + 2).getBytes(StandardCharsets.UTF_8));
            TreeHead head = Checkpoint.parse(note.text()).head();
            long old = Long.parseLong(lines.getFirst().substring("old ".length()));
            if (old != seen.get().size()) {
                return new String[] {"409", seen.get().size() + "\n"};
            }
            var proof = new ConsistencyProof(lines.stream()
                    .skip(1)
                    .map(line -> Hash.of(Base64.getDecoder().decode(line)))
                    .toList());
            if (!proof.verify(seen.get(), head).holds()) {
                return new String[] {"422", ""};
            }
            seen.set(head);
            long time = 1_700_000_000L;
            byte[] signature = Ed25519.sign(
                    pair.getPrivate(),
                    ("cosignature/v1\ntime " + time + "\n" + note.text()).getBytes(StandardCharsets.UTF_8));
            byte[] blob = ByteBuffer.allocate(12 + signature.length)
                    .putInt(new CosignatureKey(NAME, pair.getPublic()).id())
                    .putLong(time)
                    .put(signature)
                    .array();
            return new String[] {"200", "— " + NAME + " " + Base64.getEncoder().encodeToString(blob) + "\n"};
        }
    }
}
