package dev.sallyport.torture;

/** With what it is hit. */
enum Signal {
    /** SIGKILL. */
    KILL,
    /** SIGSTOP, and SIGCONT seconds later. */
    PAUSE,
    /** SIGTERM: the way of service managers. */
    TERM
}
