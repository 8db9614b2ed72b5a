package dev.sallyport.policy.detection;

/** A kind of personal datum that the detector knows. The names are those that policies write. */
public enum PersonalDataType {
    /** A United States social security number: area, group and serial within what was ever assigned. */
    US_SSN,
    /** A payment card number: 13 to 19 digits of a known issuer range with a right check digit. */
    PAN,
    /** An electronic mail address. */
    EMAIL,
    /** A medical record number: its form is each hospital's own, so words near it must name it. */
    MRN;

    /**
     * What stands in a text in place of a datum of this type.
     *
     * @return the name in square brackets, such as {@code [EMAIL]}
     */
    public String marker() {
        return "[" + name() + "]";
    }
}
