package dev.sallyport.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.inference.fixture.TestModel;
import dev.sallyport.inference.fixture.TrainedModel;
import dev.sallyport.policy.ModelName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCodecTest {
    static Stream<ModelManifest> manifests() {
        Signature missing = new Signature(
                List.of(TestModel.spec("x", Datatype.FP32, -1, 2)),
                List.of(TestModel.spec("y", Datatype.FP64, -1)),
                List.of(Field.column("a", "x", 0).withMissing(-1), Field.column("b", "x", 1)),
                null);
        return Stream.of(
                TestModel.simple().manifest(),
                TestModel.perceptron().manifest(),
                TestModel.of("trained", "tribuo", new byte[0], TrainedModel.signature())
                        .manifest(),
                TestModel.of("missing", "onnxruntime", new byte[0], missing).manifest());
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void manifest_writtenAndRead_isTheSame(ModelManifest manifest) {
        assertThat(ManifestCodec.decode(ManifestCodec.encode(manifest))).isEqualTo(manifest);
    }

    @Test
    void bytes_ofAManifest_areAsDocumented() {
        Signature signature = new Signature(
                List.of(TestModel.spec("x", Datatype.FP32, -1, 1)),
                List.of(TestModel.spec("y", Datatype.FP32, -1)),
                List.of(Field.column("a", "x", 0).withMissing(0.5)),
                null);
        ModelManifest manifest =
                TestModel.of("m", "onnxruntime", new byte[0], signature).manifest();

        assertThat(new String(ManifestCodec.encode(manifest), StandardCharsets.UTF_8))
                .isEqualTo("{\"digest\":\"" + manifest.digest()
                        + "\",\"fields\":[{\"column\":0,\"ignored\":false,\"missing\":\"0.5\",\"name\":\"a\","
                        + "\"tensor\":\"x\"}],\"inputs\":[{\"datatype\":\"FP32\",\"name\":\"x\",\"shape\":[-1,1]}],"
                        + "\"name\":\"m\",\"outputs\":[{\"datatype\":\"FP32\",\"name\":\"y\",\"shape\":[-1]}],"
                        + "\"owner\":\"platform\",\"runtime\":\"onnxruntime\",\"v\":1,\"version\":\"1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"v\":2}", "not json"})
    void bytes_ofNoManifest_areRefused(String text) {
        assertThatThrownBy(() -> ManifestCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n"})
    void bytes_withWhiteSpaceBehind_areRefused(String tail) {
        String text = new String(ManifestCodec.encode(TestModel.simple().manifest()), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ManifestCodec.decode((text + tail).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void facts_ofAVersion_bearTheCallersNameAndTheFieldsKinds() {
        var facts = TestModel.of("trained", "tribuo", new byte[0], TrainedModel.signature())
                .manifest()
                .facts(new ModelName("alias"));

        assertThat(facts.model()).isEqualTo(new ModelName("alias"));
        assertThat(facts.classifier()).isTrue();
        assertThat(facts.fields())
                .extracting("name", "text", "missing")
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("visits", false, false),
                        org.assertj.core.api.Assertions.tuple("days", false, false),
                        org.assertj.core.api.Assertions.tuple("ward", true, false),
                        org.assertj.core.api.Assertions.tuple("note", true, false));
    }
}
