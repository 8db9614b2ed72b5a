package dev.sallyport.ledger.budget;

import java.util.List;

/** What a flush needs of a reservation that it took over. */
public interface Settlement {
    /** Returns the generation under which the rows were granted: no other may charge them. */
    long generation();

    /** Returns what is charged, each window once. */
    List<Share> shares();

    /**
     * Ends the reservation when its record's outcome is known. Does nothing the second time.
     *
     * @param committed whether the record was written
     */
    void end(boolean committed);
}
