package dev.sallyport.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * A calendar window: the piece of a time zone's calendar that an instant lies in. Windows of one kind follow each other
 * without gap or overlap; where clocks are set back, the window that holds the repeated hours is longer.
 *
 * @param unit the unit of its length
 * @param count how many units: a divisor of 60 for minutes, a proper divisor of 24 for hours, else 1
 * @param zone whose calendar
 */
public record CalendarWindow(Unit unit, int count, ZoneId zone) implements BudgetWindow {
    /** What a window's length is counted in. */
    public enum Unit {
        /** From the full hour on. */
        MINUTES,
        /** From midnight on. */
        HOURS,
        /** From midnight to midnight. */
        DAY,
        /** From Monday to Monday. */
        WEEK,
        /** From the first of a month to the next. */
        MONTH,
        /** From the first of January to the next. */
        YEAR
    }

    /** @throws IllegalArgumentException if the count does not divide the calendar evenly */
    public CalendarWindow {
        boolean even = switch (unit) {
            case MINUTES -> count > 0 && count < 60 && 60 % count == 0;
            case HOURS -> count > 0 && count < 24 && 24 % count == 0;
            case DAY, WEEK, MONTH, YEAR -> count == 1;
        };
        if (!even) {
            throw new IllegalArgumentException("a calendar is not divided evenly by " + count + " " + unit);
        }
    }

    @Override
    public String length() {
        return switch (unit) {
            case MINUTES -> "PT" + count + "M";
            case HOURS -> "PT" + count + "H";
            case DAY -> "P1D";
            case WEEK -> "P7D";
            case MONTH -> "P1M";
            case YEAR -> "P1Y";
        };
    }

    @Override
    public String text() {
        return "window=" + length() + " kind=calendar zone=" + zoneId();
    }

    private String zoneId() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    @Override
    public Instant start(Instant now) {
        if (unit == Unit.MINUTES) {
            return minutesStart(now);
        }
        return floor(LocalDateTime.ofInstant(now, zone)).atZone(zone).toInstant();
    }

    @Override
    public Instant end(Instant now) {
        if (unit == Unit.MINUTES) {
            return minutesStart(now).plusSeconds(60L * count);
        }
        LocalDateTime start = floor(LocalDateTime.ofInstant(now, zone));
        LocalDateTime end = switch (unit) {
            case MINUTES -> start.plusMinutes(count);
            case HOURS -> start.plusHours(count);
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
            case YEAR -> start.plusYears(1);
        };
        return end.atZone(zone).toInstant();
    }

    @Override
    public Instant countsFrom(Instant now) {
        return start(now);
    }

    @Override
    public Instant countsUntil(Instant charged) {
        return end(charged);
    }

    /** Clocks are set by whole quarters of an hour, so that minutes need only the offset of the instant itself. */
    private Instant minutesStart(Instant now) {
        long offset = zone.getRules().getOffset(now).getTotalSeconds();
        long local = now.getEpochSecond() + offset;
        return Instant.ofEpochSecond(local - Math.floorMod(local, 60L * count) - offset);
    }

    private LocalDateTime floor(LocalDateTime local) {
        LocalDate day = local.toLocalDate();
        return switch (unit) {
            case MINUTES -> local.truncatedTo(ChronoUnit.MINUTES);
            case HOURS -> day.atTime(LocalTime.of(local.getHour() - local.getHour() % count, 0));
            case DAY -> day.atStartOfDay();
            case WEEK ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay();
            case MONTH -> day.withDayOfMonth(1).atStartOfDay();
            case YEAR -> day.withDayOfYear(1).atStartOfDay();
        };
    }
}
