package gatepost.itests.fuzz;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As many inputs as there is time for in each run of all tests; {@code itests/fuzz/run} tries more. */
class FuzzTest {

    private static final int INPUTS = 100_000;
    /** Another one finds other things; one that found a fault leaves its input in the corpus. */
    private static final long SEED = 1;

    @ParameterizedTest
    @EnumSource
    void holdsForAnyInput(Target target) {
        new Campaign(target, SEED).run(INPUTS);
    }

    @ParameterizedTest
    @EnumSource
    void theCorpusHasInputsOfItsOwn(Target target) {
        assertTrue(Corpus.of(target).size() >= 3, target.folder());
    }

    @Test
    void theSameSeedMakesTheSameInputs() {
        List<byte[]> corpus = Corpus.of(Target.FRAMES);
        Mutator one = new Mutator(7, corpus, Target.FRAMES.words());
        Mutator other = new Mutator(7, corpus, Target.FRAMES.words());
        for (int i = 0; i < 100; i++) {
            assertTrue(Arrays.equals(one.next(), other.next()));
        }
    }

    @Test
    void anInputThatIsCutIsWholeAgainWhenItsPiecesAreJoined() {
        byte[] input = Base64.getDecoder().decode("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v");
        for (List<byte[]> pieces : List.of(Cuts.each(input), Cuts.some(input))) {
            StringBuilder joined = new StringBuilder();
            pieces.forEach(piece -> joined.append(Arrays.toString(piece).replaceAll("[\\[\\] ]", ""))
                    .append(','));
            assertTrue(joined.toString()
                    .replaceAll(",+", ",")
                    .equals(Arrays.toString(input).replaceAll("[\\[\\] ]", "") + ","));
        }
    }

    @Test
    void whatIsNotTheSameIsSaid() {
        assertThrows(AssertionError.class, () -> Same.check("a", List.of("1"), List.of("2")));
    }
}
