package dev.sallyport.api.operations;

import java.util.Set;

/** The fields that a log line may have beside time, level, logger, thread and message. All others are dropped. */
final class LogFields {
    static final String CALL = "event.action";
    static final String STATUS = "http.response.status_code";
    /** In nanoseconds, as ECS has it. */
    static final String DURATION = "event.duration";

    static final String REQUEST = "http.request.id";
    static final String TRACE = "trace.id";
    static final String CODE = "sallyport.code";
    static final String TENANT = "sallyport.tenant";
    static final String KEY = "sallyport.key_id";
    static final String MODEL = "sallyport.model";
    static final String ROWS = "sallyport.rows";
    static final String RECORD = "sallyport.record";

    static final String ERROR_TYPE = "error.type";
    static final String ERROR_MESSAGE = "error.message";
    static final String ERROR_STACK = "error.stack_trace";

    /** What whoever logs may give. */
    static final Set<String> ALLOWED =
            Set.of(CALL, STATUS, DURATION, REQUEST, TRACE, CODE, TENANT, KEY, MODEL, ROWS, RECORD);

    private LogFields() {}
}
