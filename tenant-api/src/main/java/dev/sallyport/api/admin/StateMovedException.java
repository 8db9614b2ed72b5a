package dev.sallyport.api.admin;

/** What a change was checked against has changed meanwhile: the transaction is rolled back, and all is checked again. */
final class StateMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateMovedException() {
        super("the state changed while a change of it was checked", null, false, false);
    }
}
