package gatepost.inbox;

import java.time.Instant;

/**
 * How far one device has come in an inbox.
 *
 * @param account whose device it is, who need not be the owner
 * @param upTo the offset up to which it has acknowledged everything
 * @param above how many it has acknowledged above that
 * @param used when it was last there
 */
public record DeviceReport(String account, String name, long upTo, int above, Instant used, boolean connected) {

    static DeviceReport of(Device device) {
        return new DeviceReport(
                device.account(),
                device.name(),
                device.upTo(),
                device.above(),
                Instant.ofEpochMilli(device.used()),
                device.isConnected());
    }
}
