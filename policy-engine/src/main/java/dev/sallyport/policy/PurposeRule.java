package dev.sallyport.policy;

import org.jspecify.annotations.Nullable;

/**
 * A purpose that is allowed, with the grounds that the layers state for it.
 *
 * @param id the purpose, as calls declare it
 * @param lawfulBasis the ground of GDPR article 6(1); null when no layer states one
 * @param art9 the condition of GDPR article 9(2); null when no layer states one
 * @param hipaa the ground of 45 CFR 164.502(a)(1); null when no layer states one
 * @param origin the first rule that names the purpose
 */
public record PurposeRule(
        String id,
        @Nullable String lawfulBasis,
        @Nullable String art9,
        @Nullable String hipaa,
        Rule origin) {}
