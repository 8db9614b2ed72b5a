package dev.sallyport.ledger;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Stands between a client and Postgres and understands just enough of protocol 3.0 to see a COMMIT go by. It asks
 * what to do with each.
 */
final class CuttingProxy implements Closeable {
    private static final int STARTUP = 196_608;

    /** What to do with a COMMIT. */
    enum Cut {
        /** Let it pass. */
        NONE,
        /** Drop the connection instead of forwarding it: it never happened. */
        BEFORE,
        /** Forward it, wait for the server's answer, and drop the connection: it happened and nobody was told. */
        AFTER
    }

    private final ServerSocket server;
    private final String host;
    private final int port;
    private final Supplier<Cut> decide;
    final AtomicInteger cuts = new AtomicInteger();

    CuttingProxy(String jdbcUrl, Supplier<Cut> decide) {
        URI target = URI.create(jdbcUrl.substring("jdbc:".length()));
        this.host = target.getHost();
        this.port = target.getPort();
        this.decide = decide;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String through(String jdbcUrl) {
        return jdbcUrl.replace(host + ":" + port, "127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> new Link(client).run());
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One client's connection. */
    private final class Link {
        private final Socket client;
        private final Set<String> commits = new HashSet<>();
        private volatile boolean swallow;
        private boolean committing;

        Link(Socket client) {
            this.client = client;
        }

        void run() {
            try (client;
                    Socket postgres = new Socket(host, port)) {
                Thread back = Thread.ofVirtual().start(() -> backwards(postgres));
                forwards(new DataInputStream(client.getInputStream()), postgres.getOutputStream());
                postgres.shutdownOutput();
                back.join();
            } catch (IOException | InterruptedException e) {
                // The connection is over, which is what this class is for.
            }
        }

        private void forwards(DataInputStream in, OutputStream out) throws IOException {
            for (boolean started = false; !started; ) {
                int length = in.readInt();
                byte[] body = in.readNBytes(length - 4);
                started = ByteBuffer.wrap(body).getInt() == STARTUP;
                out.write(ByteBuffer.allocate(4).putInt(length).array());
                out.write(body);
                out.flush();
            }
            for (int type = in.read(); type >= 0; type = in.read()) {
                byte[] body = in.readNBytes(in.readInt() - 4);
                if (isCommit((char) type, body) && cut(out, (char) type, body, in)) {
                    return;
                }
                write(out, (char) type, body);
            }
        }

        /** Carries a decision out; true when the connection is over. */
        private boolean cut(OutputStream out, char type, byte[] body, DataInputStream in) throws IOException {
            Cut cut = decide.get();
            if (cut == Cut.NONE) {
                return false;
            }
            cuts.incrementAndGet();
            if (cut == Cut.AFTER) {
                swallow = true;
                write(out, type, body);
                char next;
                do {
                    next = (char) in.read();
                    write(out, next, in.readNBytes(in.readInt() - 4));
                } while (next != 'S');
                awaitCommit();
            }
            client.close();
            return true;
        }

        private synchronized void awaitCommit() throws IOException {
            try {
                while (!committing) {
                    wait(5_000);
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        /** Sees the COMMIT in the message that executes it, whether its text was parsed now or before. */
        private boolean isCommit(char type, byte[] body) {
            return switch (type) {
                case 'Q' -> "COMMIT".equals(text(body, 0));
                case 'P' -> {
                    String name = text(body, 0);
                    if ("COMMIT".equals(text(body, name.length() + 1))) {
                        commits.add(name);
                    } else {
                        commits.remove(name);
                    }
                    yield false;
                }
                case 'B' -> commits.contains(text(body, text(body, 0).length() + 1));
                default -> false;
            };
        }

        private void backwards(Socket postgres) {
            try {
                InputStream in = postgres.getInputStream();
                var buffer = new byte[8_192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (swallow) {
                        signal();
                    } else {
                        client.getOutputStream().write(buffer, 0, read);
                    }
                }
                client.shutdownOutput();
            } catch (IOException e) {
                // Over.
            } finally {
                signal();
            }
        }

        private synchronized void signal() {
            committing = true;
            notifyAll();
        }

        private static void write(OutputStream out, char type, byte[] body) throws IOException {
            out.write(ByteBuffer.allocate(5 + body.length)
                    .put((byte) type)
                    .putInt(body.length + 4)
                    .put(body)
                    .array());
            out.flush();
        }

        private static String text(byte[] body, int from) {
            int end = from;
            while (body[end] != 0) {
                end++;
            }
            return new String(body, from, end - from, StandardCharsets.UTF_8);
        }
    }
}
