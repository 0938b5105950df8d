package gatepost.authentication.throttle;

import java.time.Duration;

/**
 * How failed sign-ins are slowed down.
 *
 * @param addressFailures how many an address has before it must wait, from 1
 * @param userFailures how many a user has, from wherever, before sign-ins from addresses new to that user must wait, from 1
 * @param longest the longest wait
 * @param memory after how long without a failure counting begins anew
 */
public record ThrottleRules(int addressFailures, int userFailures, Duration longest, Duration memory) {}
