package dev.sallyport.reports;

/** Who has to see to a control: a hosted service's evidence supports its tenants, it does not speak for them. */
public enum Responsibility {
    /** The service alone. */
    SERVICE("service"),
    /** The tenant alone: nothing in the service's ledger can show it. */
    TENANT("tenant"),
    /** Both: the service enforces what the tenant decides. */
    SHARED("shared");

    private final String code;

    Responsibility(String code) {
        this.code = code;
    }

    /** The word in catalogues and reports. */
    public String code() {
        return code;
    }
}
