package dev.sallyport.policy.detection;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;

/**
 * Finds addresses of the form {@code local@label.label.tld}: RFC 5322's dot-atom without the signs that rather
 * belong to the text around it ({@code = / ? | { }}), letters of any script (RFC 6531), at least two labels, the
 * last one of letters or in Punycode.
 */
final class EmailSearch implements Search {
    private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}._%+&~!#$*^'-]*@"
            + "(?:[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_-]*[\\p{L}\\p{M}\\p{N}_])?\\.)+"
            + "(?:xn--[a-zA-Z0-9-]*[a-zA-Z0-9]|\\p{L}[\\p{L}\\p{M}]+)");
    private static final double CONFIDENCE = 0.95;

    @Override
    public void search(NormalisedText text, List<Finding> findings) {
        if (text.text().indexOf('@') < 0) {
            return;
        }
        Matcher matcher = ADDRESS.matcher(text.text());
        while (matcher.find()) {
            findings.add(text.finding(PersonalDataType.EMAIL, matcher.start(), matcher.end(), CONFIDENCE));
        }
    }
}
