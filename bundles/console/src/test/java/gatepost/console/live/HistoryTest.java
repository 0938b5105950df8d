package gatepost.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.console.web.Json;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History();

    private static Sample sample(long second) {
        return new Sample(second * 1000, 0, 0, 0, 0, null, null, null, null, 0);
    }

    private List<Long> seconds() {
        return history.all().stream().map(sample -> sample.at() / 1000).toList();
    }

    @Test
    void itKeepsTheLastHourAndNoMore() {
        for (long second = 0; second < 2 * 3600; second += 10) {
            history.coarse(sample(second));
        }
        assertEquals(LongStream.range(360, 720).mapToObj(ten -> ten * 10).toList(), seconds());
    }

    @Test
    void whereSomebodyWatchedThereIsASampleEachSecond() {
        for (long second = 0; second <= 60; second++) {
            if (second % 10 == 0) {
                history.coarse(sample(second));
            }
            if (second >= 45) {
                history.fine(sample(second));
            }
        }
        assertEquals(
                LongStream.concat(LongStream.of(0, 10, 20, 30, 40), LongStream.rangeClosed(45, 60))
                        .boxed()
                        .toList(),
                seconds());
        history.unwatched();
        assertEquals(List.of(0L, 10L, 20L, 30L, 40L, 50L, 60L), seconds());
    }

    @Test
    void lookingTakesAHundredthOfTheTimeAndTheChartsHaveASampleAMinute() {
        assertEquals(10_000, History.pause(3_000_000));
        assertEquals(25_000, History.pause(250_000_000));
        assertEquals(60_000, History.pause(5_000_000_000L));
    }

    @Test
    void allOfItIsAnswerEnoughToBeWrittenWithoutAThread() {
        for (long second = 0; second < 3600; second++) {
            history.fine(full(second));
            if (second % 10 == 0) {
                history.coarse(full(second));
            }
        }
        int bytes = Json.bytes(history.all()).length;
        assertEquals(Math.min(bytes, 200 * 1024), bytes);
    }

    private static Sample full(long second) {
        double odd = 1234.5678901234567;
        return new Sample(
                1_800_000_000_000L + second * 1000, 123_456, 234_567, odd, odd, odd, odd, odd, odd, 1_234_567);
    }
}
