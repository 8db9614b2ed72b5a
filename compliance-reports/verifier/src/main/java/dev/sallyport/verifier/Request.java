package dev.sallyport.verifier;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be verified, and what the checker brings.
 *
 * @param file the package
 * @param logKey the file of the log's verifier keys
 * @param previous files of earlier checkpoints
 * @param witness a witness's file
 * @param receipts a file of receipts
 */
record Request(Path file, Path logKey, List<Path> previous, Optional<Path> witness, Optional<Path> receipts) {
    Request {
        previous = List.copyOf(previous);
    }
}
