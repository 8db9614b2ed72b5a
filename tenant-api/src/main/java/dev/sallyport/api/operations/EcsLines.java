package dev.sallyport.api.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.JsonUtils;
import co.elastic.logging.logback.EcsEncoder;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** Log lines in the Elastic Common Schema, one JSON object a line. */
final class EcsLines extends EcsEncoder {
    /** @param node the node's name */
    static EcsLines of(String node) {
        var lines = new EcsLines();
        lines.setServiceName("sallyport");
        lines.setServiceNodeName(node);
        return lines;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return super.encode(SafeEvent.of(event));
    }

    @Override
    protected void addCustomFields(ILoggingEvent event, StringBuilder line) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs == null) {
            return;
        }
        for (KeyValuePair pair : pairs) {
            line.append('"').append(pair.key).append("\":");
            if (pair.value instanceof Number) {
                line.append(pair.value);
            } else {
                line.append('"');
                JsonUtils.quoteAsString(String.valueOf(pair.value), line);
                line.append('"');
            }
            line.append(',');
        }
    }
}
