package dev.sallyport.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CellTest {
    @Test
    void patterns_none_nameTheWholeMatrix() {
        assertThat(Cell.matching(List.of())).hasSize(5 * 3 * 4).doesNotHaveDuplicates();
    }

    @Test
    void patterns_withStars_nameARowOrAColumn() {
        assertThat(Cell.matching(List.of("server/kill/*"))).hasSize(4);
        assertThat(Cell.matching(List.of("both/pause/in-commit", "*/term/lease-reclaim")))
                .hasSize(6)
                .contains(new Cell(Target.BOTH, Signal.PAUSE, Phase.IN_COMMIT));
    }

    @Test
    void pattern_ofNoCell_isRefusedWithTheWords() {
        assertThatThrownBy(() -> Cell.matching(List.of("server/kill")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server/kill:")
                .hasMessageContaining("before-commit");
    }

    @Test
    void matrix_ofMissesAlone_aimsAtEachCellInTurn() {
        List<Cell> cells = Cell.matching(List.of("*/*/in-commit"));
        Matrix matrix = new Matrix(cells, new Random(1));
        List<Cell> aimed = new java.util.ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            Cell next = matrix.next();
            matrix.missed(next);
            aimed.add(next);
        }
        assertThat(aimed).containsExactlyInAnyOrderElementsOf(cells);
    }
}
