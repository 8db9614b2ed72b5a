package dev.sallyport.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRuntime;

/**
 * Runs ONNX graphs on ONNX Runtime. One session a model version, one thread inside a run: a batch is the better use of
 * a second core than a second thread is, and requests do not fight over cores.
 */
public final class OnnxRuntime implements ModelRuntime {
    /** The name by which manifests ask for this runtime. */
    public static final String ID = "onnxruntime";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public LoadedModel load(ModelManifest manifest, byte[] artefact) throws ModelLoadException {
        OrtSession session = session(manifest, artefact);
        try {
            return new OnnxModel(session, GraphBinding.bind(manifest.signature(), session));
        } catch (OrtException | ModelLoadException | RuntimeException e) {
            OnnxModel.close(session);
            if (e instanceof ModelLoadException refused) {
                throw refused;
            }
            throw new ModelLoadException("the graph of " + manifest.ref() + " cannot be described", e);
        }
    }

    private static OrtSession session(ModelManifest manifest, byte[] artefact) throws ModelLoadException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            return OrtEnvironment.getEnvironment().createSession(artefact, options);
        } catch (OrtException e) {
            throw new ModelLoadException("the artefact of " + manifest.ref() + " is no ONNX graph that runs here", e);
        }
    }
}
