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
        // the name of a device has no slash, and that of an account may
        int slash = device.key().lastIndexOf('/');
        return new DeviceReport(
                device.key().substring(0, slash),
                device.key().substring(slash + 1),
                device.upTo(),
                device.above(),
                Instant.ofEpochMilli(device.used()),
                device.isConnected());
    }
}
