package dev.sallyport.inference.tribuo;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRuntime;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;

/**
 * Runs Tribuo's classification models. An artefact is what {@code Model.serializeToFile} writes, a protobuf; Java's own
 * serialisation is never read. A field of the signature is the model's feature of the same name; a text field
 * {@code dx} stands for the features {@code dx@VALUE}, of which the one that it names is 1.
 */
public final class TribuoRuntime implements ModelRuntime {
    /** The name by which manifests ask for this runtime. */
    public static final String ID = "tribuo";

    /** A model's protobuf names the class that reads it: only Tribuo's own may. */
    private static final String TRIBUO = "org.tribuo.";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public LoadedModel load(ModelManifest manifest, byte[] artefact) throws ModelLoadException {
        Classifier classifier = manifest.signature().classifier();
        if (classifier == null) {
            throw new ModelLoadException("Tribuo models other than classifiers are not supported yet: " + manifest.ref()
                    + " declares no labels");
        }
        Model<Label> model = read(artefact);
        Set<String> known = model.getOutputIDInfo().getDomain().stream()
                .map(Label::getLabel)
                .collect(Collectors.toSet());
        if (!known.equals(new HashSet<>(classifier.labels()))) {
            throw new ModelLoadException(
                    "the model's labels are " + known + ", the signature's " + classifier.labels());
        }
        if (!model.generatesProbabilities() && classifier.form() == Classifier.ScoreForm.PROBABILITIES) {
            throw new ModelLoadException("the model gives no probabilities; its signature must declare logits");
        }
        Features features = Features.bind(manifest.signature(), model.getFeatureIDMap());
        return new TribuoModel(model, features, classifier);
    }

    private static Model<Label> read(byte[] artefact) throws ModelLoadException {
        try {
            ModelProto proto = ModelProto.parseFrom(artefact);
            if (!proto.getClassName().startsWith(TRIBUO)) {
                throw new ModelLoadException("the artefact is no model of Tribuo's");
            }
            return Model.deserialize(proto).castModel(Label.class);
        } catch (InvalidProtocolBufferException e) {
            throw new ModelLoadException("the artefact is no Tribuo protobuf", e);
        } catch (ClassCastException e) {
            throw new ModelLoadException("the artefact is no classification model", e);
        } catch (RuntimeException e) {
            throw new ModelLoadException("the artefact is no Tribuo model that runs here", e);
        }
    }
}
