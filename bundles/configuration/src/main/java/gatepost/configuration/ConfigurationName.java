package gatepost.configuration;

/** What the names of files in {@code etc} say of the PIDs that their content is for. */
final class ConfigurationName {

    private ConfigurationName() {}

    /** The PID that fileinstall makes of a file's name: {@code PID.cfg}, or {@code PID-NAME.cfg} of a factory. */
    static String pid(String file) {
        return file.substring(0, file.lastIndexOf('.')).replaceFirst("-", "~");
    }

    /** @return the PID that the component has: the factory's where it is one's */
    static String component(String pid) {
        int name = pid.indexOf('~');
        return name < 0 ? pid : pid.substring(0, name);
    }
}
