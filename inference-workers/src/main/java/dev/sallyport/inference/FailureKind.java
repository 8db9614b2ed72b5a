package dev.sallyport.inference;

/** Why a job has no answer. None of these is charged. */
public enum FailureKind {
    /** The lane's queue is full: try again later (503). */
    OVERLOADED,
    /** The deadline passed before the model ran or answered (504 or 503). */
    DEADLINE,
    /** The version is not there, not signed, not what was decided on, or still failing to load (503). */
    MODEL_UNAVAILABLE,
    /** The model failed on this input, or gave something that is not a number (500). */
    MODEL_FAILED,
    /** The inputs are not what the signature declares (400). */
    BAD_INPUT
}
