package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Wire;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what under the map that ships: {@code shipped-map.table}, row by row over both connectors. */
@ExtendWith(Suite.class)
class ShippedMapIT {

    private static final Table TABLE = Table.read("shipped-map.table");

    @TestFactory
    Stream<DynamicNode> frameByFrame() {
        return Arrays.stream(Wire.values()).map(wire -> DynamicContainer.dynamicContainer(wire.name(),
                TABLE.played(user -> new RawClient(wire.client(Suite.gatepost()), Suite.account(user)))));
    }

    @Test
    void theTableIsThere() {
        assertTrue(TABLE.size() >= 60, () -> TABLE.size() + " rows");
    }
}
