package gatepost.store.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is the matter with a file that was read at a start. */
final class SegmentReport {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentReport.class);

    private SegmentReport() {}

    static void of(Segment segment, SegmentScan scan) {
        if (segment.isDamaged()) {
            LOG.error(
                    "the beginning of {} is damaged; its records are looked for as those of the other files",
                    segment.file());
        }
        if (scan.isTorn()) {
            LOG.warn(
                    "{} ends with what was being written when the machine stopped: nothing that was confirmed",
                    segment.file());
        }
        if (scan.damages() > 0) {
            segment.damaged();
            LOG.error(
                    "{} is damaged in {} places, about {} bytes: what was stored there is lost, the rest is not",
                    segment.file(),
                    scan.damages(),
                    scan.damagedBytes());
        }
    }
}
