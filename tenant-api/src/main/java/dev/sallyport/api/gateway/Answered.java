package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.Answer;
import dev.sallyport.api.oip.AnswerWriter;

/**
 * An answer whose record is durable.
 *
 * @param answer what it says
 * @param encoded its bytes
 */
record Answered(Answer answer, AnswerWriter.Encoded encoded) {}
