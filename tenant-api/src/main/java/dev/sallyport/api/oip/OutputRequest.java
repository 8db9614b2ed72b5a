package dev.sallyport.api.oip;

/**
 * An output that a request names.
 *
 * @param name declared by the model's signature
 * @param binary whether it is to be answered as a binary tensor
 */
public record OutputRequest(String name, boolean binary) {}
