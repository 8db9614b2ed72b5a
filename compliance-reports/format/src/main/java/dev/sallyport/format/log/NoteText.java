package dev.sallyport.format.log;

import dev.sallyport.format.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What may stand in a note (C2SP signed-note). */
final class NoteText {
    private NoteText() {}

    /** Returns the text of UTF-8 bytes. */
    static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("a note is valid UTF-8");
        }
    }

    /** Tells whether the text has no control character but newline, ends in one and can be encoded. */
    static boolean isText(String text) {
        return text.endsWith("\n")
                && text.chars().noneMatch(c -> c < ' ' && c != '\n')
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Tells whether it is a key's name: not empty, without white space of Unicode, control characters and +. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints().noneMatch(NoteText::barredFromNames)
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    private static boolean barredFromNames(int c) {
        return c == '+' || c < ' ' || c == 0x85 || Character.isSpaceChar(c) || Character.isWhitespace(c);
    }

    /** Reads standard base64 with padding in its one canonical form. */
    static byte[] base64(String text, String what) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new FormatException(what + " is base64");
        }
        throw new FormatException(what + " is base64 in its canonical form, with padding");
    }
}
