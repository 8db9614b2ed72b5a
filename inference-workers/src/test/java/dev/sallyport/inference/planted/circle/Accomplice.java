package dev.sallyport.inference.planted.circle;

import dev.sallyport.inference.planted.Offender;

/** The other half of the cycle. */
public record Accomplice(Offender offender) {}
