package gatepost.authentication.token;

import java.util.List;

/**
 * What a key file held.
 *
 * @param keys those that can be used
 * @param faults what is wrong with the others, each naming its key
 */
record KeysRead(List<TokenKey> keys, List<String> faults) {

    KeysRead {
        keys = List.copyOf(keys);
        faults = List.copyOf(faults);
    }

    static KeysRead of(TokenKey key) {
        return new KeysRead(List.of(key), List.of());
    }
}
