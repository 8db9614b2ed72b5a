package dev.sallyport.inference.tribuo;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.FeatureMap;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.protos.core.ExampleProto;
import org.tribuo.util.Merger;

/**
 * An example that is filled again for each row. Its names are the model's own, in the order of their ids, so that
 * building a vector from it neither sorts nor compares strings: with Tribuo's own examples these are four fifths of the
 * time. Models only read it; what would change its names is refused.
 */
@SuppressWarnings("serial") // Example is Serializable; this one is never written
final class Row extends Example<Label> {
    private final String[] names;
    private final double[] values;
    private final boolean[] present;
    private int size;

    /** @param names by position */
    @SuppressWarnings("ArrayIsStoredDirectly") // shared with the features, which do not change it
    Row(String[] names) {
        super(LabelFactory.UNKNOWN_LABEL);
        this.names = names;
        this.values = new double[names.length];
        this.present = new boolean[names.length];
    }

    /** Takes all features away. */
    void clear() {
        Arrays.fill(present, false);
        size = 0;
    }

    /** Gives the feature at a position a value. */
    void set(int position, double value) {
        values[position] = value;
        if (!present[position]) {
            present[position] = true;
            size++;
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<Feature> iterator() {
        return new Iterator<>() {
            private int next = after(-1);

            @Override
            public boolean hasNext() {
                return next < names.length;
            }

            @Override
            public Feature next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Feature feature = new Feature(names[next], values[next]);
                next = after(next);
                return feature;
            }
        };
    }

    private int after(int position) {
        int next = position + 1;
        while (next < present.length && !present[next]) {
            next++;
        }
        return next;
    }

    @Override
    public boolean validateExample() {
        return size > 0;
    }

    @Override
    public boolean isDense(FeatureMap features) {
        return size == features.size();
    }

    @Override
    public Example<Label> copy() {
        Row copy = new Row(names);
        System.arraycopy(values, 0, copy.values, 0, values.length);
        System.arraycopy(present, 0, copy.present, 0, present.length);
        copy.size = size;
        return copy;
    }

    @Override
    public void canonicalize(FeatureMap features) {
        // The names are the model's own already.
    }

    @Override
    protected void sort() {
        // They stand in the order of their ids, which is the order of their names.
    }

    /** How many features, never their values. */
    @Override
    public String toString() {
        return "Row[" + size + " features]";
    }

    @Override
    public void add(Feature feature) {
        throw fixed();
    }

    @Override
    public void addAll(Collection<? extends Feature> features) {
        throw fixed();
    }

    @Override
    public void set(Feature feature) {
        throw fixed();
    }

    @Override
    public void removeFeatures(List<Feature> features) {
        throw fixed();
    }

    @Override
    public void reduceByName(Merger merger) {
        throw fixed();
    }

    @Override
    protected void densify(List<String> features) {
        throw fixed();
    }

    @Override
    public ExampleProto serialize() {
        throw fixed();
    }

    private static UnsupportedOperationException fixed() {
        return new UnsupportedOperationException("a row's features are the model's");
    }
}
