// Numbers and times as people read them.
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const TENTH = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

export const count = value => WHOLE.format(value);

export const rate = value => value < 0.05 ? "0" : value < 9.95 ? TENTH.format(value) : WHOLE.format(value);

/** @param seconds null when nothing was timed */
export function duration(seconds) {
    if (seconds === null) {
        return "–";
    }
    if (seconds === 0) {
        return "0 ms";
    }
    if (seconds < 0.9995) {
        const milliseconds = seconds * 1000;
        return `${milliseconds < 9.95 ? TENTH.format(milliseconds) : WHOLE.format(milliseconds)} ms`;
    }
    return seconds < 9.95 ? `${TENTH.format(seconds)} s` : age(seconds * 1000);
}

/** @param milliseconds of time that went by */
export function age(milliseconds) {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    if (seconds < 60) {
        return `${seconds} s`;
    }
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) {
        return `${minutes} min`;
    }
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

export function bytes(value) {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
        value /= 1024;
        unit++;
    }
    return `${value < 9.95 && unit > 0 ? TENTH.format(value) : WHOLE.format(value)} ${units[unit]}`;
}

export const moment = (at, now) => now - at < 12 * 3600 * 1000 ? CLOCK.format(at) : DAY.format(at);

const STAMP = new Intl.DateTimeFormat("en-GB", {
    day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3,
});

/** A time of a log, to the millisecond. */
export const stamp = at => STAMP.format(at);
