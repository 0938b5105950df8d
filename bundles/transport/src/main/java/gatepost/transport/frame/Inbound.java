package gatepost.transport.frame;

/** What the decoder makes of the bytes of a connection: frames, and in the end perhaps something that is no frame. */
public sealed interface Inbound permits Frame, MalformedFrame {

    /** @return about how many bytes of memory it takes */
    int size();
}
