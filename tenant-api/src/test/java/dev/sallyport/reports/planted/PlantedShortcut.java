package dev.sallyport.reports.planted;

import dev.sallyport.inference.Tensor;

/** A report that reaches into the workers, which no report may: what the architecture's rules must catch. */
public record PlantedShortcut(Tensor rawOutput) {}
