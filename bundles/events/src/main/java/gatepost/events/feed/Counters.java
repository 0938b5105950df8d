package gatepost.events.feed;

/** What a sender counts. Written by its thread alone. */
final class Counters {

    long told;
    long failed;
    long lost;
    String failure = "";
    long failedAt;
}
