package gatepost.transport.frame;

/** An event of the pipeline that has its place among the bytes of the connection: it comes after the frames before it. */
public interface InStream {}
