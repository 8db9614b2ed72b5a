package dev.sallyport.api.demo;

import java.util.List;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Generated data for a classifier: rows of numbers, each with a class.
 *
 * @param rows {@code float[row][column]}
 * @param classes the class of each row, an index into the classifier's labels
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
record LabelledRows(float[][] rows, int[] classes) {
    /** Checks that each row has a class. */
    LabelledRows {
        if (rows.length != classes.length) {
            throw new IllegalArgumentException(rows.length + " rows but " + classes.length + " classes");
        }
    }

    /** The number of rows. */
    int size() {
        return rows.length;
    }

    /**
     * A Tribuo dataset of labelled examples.
     *
     * @param examples at least one
     * @return a dataset that the caller may train on
     */
    static MutableDataset<Label> dataset(List<Example<Label>> examples) {
        LabelFactory factory = new LabelFactory();
        SimpleDataSourceProvenance provenance = new SimpleDataSourceProvenance("generated", factory);
        return new MutableDataset<>(new ListDataSource<>(examples, factory, provenance));
    }
}
