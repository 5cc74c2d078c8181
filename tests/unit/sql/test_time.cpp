// Functions of times: fields, units, differences, patterns and zones, at the ends of months, years and the
// epoch.
#include <date/tz.h>
#include <QtTest/QtTest>
#include <random>

#include "core/data/text.h"
#include "core/sql/functions/date_pattern.h"
#include "core/sql/functions/time_unit.h"
#include "core/sql/functions/zone_rule.h"
#include "core/sql/time_math.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

Instant at(const char* text) {
    return parseTimestamp(text).value();
}

QString formatted(const char* pattern, const char* time) {
    std::string out;
    std::get<DatePattern>(DatePattern::compile(pattern)).format(out, at(time));
    return QString::fromStdString(out);
}

QString parsed(const char* pattern, const char* text) {
    const auto time = std::get<DatePattern>(DatePattern::compile(pattern)).parse(text);
    std::string out = "none";
    if (time) {
        out.clear();
        appendTimestamp(out, *time);
    }
    return QString::fromStdString(out);
}

/// Months from a time back to an earlier one: counted day by day, and one more (away from zero) where the day
/// is met but the earlier time of day is not.
std::int64_t monthsBack(Instant from, Instant to) {
    const auto fromDay = static_cast<std::int32_t>(dayOf(from)), toDay = static_cast<std::int32_t>(dayOf(to));
    std::int64_t months = 0;
    for (std::int32_t day = toDay; addMonthsToDate(day, toDay, months + 1) && day <= fromDay;) ++months;
    std::int32_t reached = 0;
    const bool met = addMonthsToDate(reached, fromDay, -months) && reached == toDay;
    return met && millisOfDay(to) < millisOfDay(from) ? -months - 1 : -months;
}

}  // namespace

class TestTime : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void expressions_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* text, const char* value) { QTest::newRow(text) << text << value; };
        row("EXTRACT(YEAR FROM DATE '2024-12-31')", "2024");
        row("EXTRACT(ISOYEAR FROM DATE '2024-12-31')", "2025");
        row("EXTRACT(WEEK FROM DATE '2024-12-31')", "1");
        row("EXTRACT(DOY FROM DATE '2024-12-31')", "366");
        row("EXTRACT(ISODOW FROM DATE '2024-12-29')", "7");
        row("EXTRACT(QUARTER FROM DATE '2024-09-30')", "3");
        row("EXTRACT(EPOCH FROM TIMESTAMP '1969-12-31 23:59:59.999')", "-1");
        row("EXTRACT(MILLISECOND FROM TIMESTAMP '1969-12-31 23:59:59.250')", "250");
        row("HOUR(TIMESTAMP '1960-01-01 23:30:00')", "23");
        row("MONTH(NULL)", "NULL");
        row("FLOOR(TIMESTAMP '1969-12-31 23:59:59.999' TO MONTH)", "1969-12-01 00:00:00.000");
        row("FLOOR(DATE '2024-05-20' TO WEEK)", "2024-05-19");
        row("FLOOR(DATE '2024-05-20' TO HOUR)", "2024-05-20");
        row("CEIL(TIMESTAMP '2024-03-01 12:00:00' TO MONTH)", "2024-04-01 00:00:00.000");
        row("CEIL(TIMESTAMP '2024-01-01 00:00:00' TO QUARTER)", "2024-01-01 00:00:00.000");
        row("CEIL(TIMESTAMP '2024-01-01 00:00:00.001' TO QUARTER)", "2024-04-01 00:00:00.000");
        row("TIMESTAMPADD(QUARTER, 1, DATE '2024-11-30')", "2025-02-28");
        row("TIMESTAMPADD(HOUR, 36, DATE '2024-02-28')", "2024-02-29 12:00:00.000");
        row("TIMESTAMPADD(MILLISECOND, -1, TIMESTAMP '1970-01-01 00:00:00')", "1969-12-31 23:59:59.999");
        row("TIMESTAMPADD(YEAR, NULL, DATE '2024-02-29')", "NULL");
        row("TIMESTAMPADD(DAY, 9223372036854775807, DATE '2024-02-29')",
            "! 2024-02-29 plus 9223372036854775807 units does not fit DATE.");
        row("TIMESTAMPDIFF(MONTH, DATE '2024-01-31', DATE '2024-02-29')", "1");
        row("TIMESTAMPDIFF(MONTH, DATE '2024-02-29', DATE '2024-01-31')", "-1");
        row("TIMESTAMPDIFF(YEAR, DATE '2020-02-29', DATE '2021-02-28')", "1");
        row("TIMESTAMPDIFF(QUARTER, DATE '2024-01-01', DATE '2024-12-31')", "3");
        row("TIMESTAMPDIFF(MILLISECOND, DATE '2024-01-01', DATE '2025-01-01')",
            "! A difference of 31622400000 units does not fit INT.");
        row("DATE_FORMAT(DATE '2024-03-01', 'EEEE, d MMMM yyyy')", "Friday, 1 March 2024");
        row("DATE_FORMAT('2024-03-01 12:00:00', 'HH')", "12");
        row("DATE_FORMAT('soon', 'HH')", "? “soon” can't be read as TIMESTAMP(3).");
        row("DATE_FORMAT(DATE '2024-03-01', 'qq')", "? “qq” has no meaning in a pattern of dates and times.");
        row("EXTRACT(DECADE FROM DATE '1999-12-31')", "199");
        row("EXTRACT(CENTURY FROM DATE '2000-12-31')", "20");
        row("EXTRACT(CENTURY FROM DATE '2001-01-01')", "21");
        row("EXTRACT(MILLENNIUM FROM DATE '2000-12-31')", "2");
        row("EXTRACT(FORTNIGHT FROM DATE '2000-12-31')", "? EXTRACT does not know the unit “FORTNIGHT”.");
        row("FLOOR(DATE '2000-12-31' TO DECADE)", "? FLOOR does not know the unit “DECADE”.");
        // Flink reads short numbers too, and dates without a day or a month.
        row("CAST('2024-3-5' AS DATE)", "2024-03-05");
        row("CAST(' 2024-3 ' AS DATE)", "2024-03-01");
        row("CAST('2024' AS DATE)", "2024-01-01");
        row("CAST('2024-2-30' AS DATE)", "! “2024-2-30” can't be read as DATE.");
        row("CAST('2024-003-05' AS DATE)", "! “2024-003-05” can't be read as DATE.");
        row("CAST('2024-' AS DATE)", "! “2024-” can't be read as DATE.");
        row("CAST('2024-3-5-7' AS DATE)", "! “2024-3-5-7” can't be read as DATE.");
        row("CAST('2024-3-5 1:02:3.5' AS TIMESTAMP(3))", "2024-03-05 01:02:03.500");
        row("CAST('2024-3-5' AS TIMESTAMP(3))", "2024-03-05 00:00:00.000");
        row("CAST('2024-3-5 1:02' AS TIMESTAMP(3))", "! “2024-3-5 1:02” can't be read as TIMESTAMP(3).");
        row("TO_TIMESTAMP('2024-3-5 1:2:3')", "2024-03-05 01:02:03.000");
        row("TO_TIMESTAMP('2024-13-5 1:2:3')", "NULL");
        row("TO_DATE('2024-3-5')", "2024-03-05");
        row("UNIX_TIMESTAMP('1970-1-1 0:0:1')", "1");
        row("TO_TIMESTAMP('2024-02-30')", "NULL");
        row("TO_DATE('2024-03-01 25:00')", "2024-03-01");
        row("TO_DATE('29/02/2024', 'dd/MM/yyyy')", "2024-02-29");
        row("TO_DATE('29/02/2023', 'dd/MM/yyyy')", "NULL");
        row("TO_DATE('later', 'dd/MM/yyyy')", "NULL");
        row("TO_TIMESTAMP(NULL)", "NULL");
        row("UNIX_TIMESTAMP('1970-01-02')", "NULL");  // it says no time
        row("UNIX_TIMESTAMP(' 1970-01-02 00:00:00 ')", "86400");
        row("UNIX_TIMESTAMP('never')", "NULL");
        row("FLOOR(TIMESTAMP '2024-01-01 00:00:00' TO FORTNIGHT)",
            "? FLOOR does not know the unit “FORTNIGHT”.");
        row("FLOOR(TIMESTAMP '2024-01-01 00:00:00' TO DOW)", "? FLOOR does not know the unit “DOW”.");
        row("YEAR(5)", "? YEAR does not take INT as argument 1.");
    }
    void expressions() {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QCOMPARE(result(text.toStdString()), value);
    }

    void patternsOfColumnsAreCheckedPerRow() {
        const Batch batch = table({{"s STRING", {"2024/03/01", "1.2.2024", "x", "NULL"}},
                                   {"p STRING", {"yyyy/MM/dd", "d.M.yyyy", "qq", "yyyy"}}});
        QCOMPARE(results("TO_DATE(s, p)", batch),
                 (QStringList{"2024-03-01", "2024-02-01",
                              "! “qq” has no meaning in a pattern of dates and times.", "NULL"}));
        QCOMPARE(results("DATE_FORMAT(DATE '2024-03-09', p)", batch),
                 (QStringList{"2024/03/09", "9.3.2024",
                              "! “qq” has no meaning in a pattern of dates and times.", "2024"}));
    }

    void writesPatterns() {
        const char* const time = "2024-03-09 15:04:05.067";
        QCOMPARE(formatted("yy-M-d", time), QString("24-3-9"));
        QCOMPARE(formatted("h:mm a", time), QString("3:04 PM"));
        QCOMPARE(formatted("kk K", "2024-03-09 00:00:00"), QString("24 0"));
        QCOMPARE(formatted("s.S ss.SSSSSS", time), QString("5.0 05.067000"));
        QCOMPARE(formatted("D Q EEE MMM", time), QString("69 1 Sat Mar"));
        QCOMPARE(formatted("'o''clock' '' HH", time), QString("o'clock ' 15"));
        QCOMPARE(formatted("", time), QString());
        QCOMPARE(formatted("yyyyMMddHHmmssSSS", "0099-12-31 23:59:59.001"), QString("00991231235959001"));
    }

    void readsPatterns() {
        QCOMPARE(parsed("yyyyMMddHHmmssSSS", "20240309150405067"), QString("2024-03-09 15:04:05.067"));
        QCOMPARE(parsed("d.M.yy H:m", "9.3.24 7:05"), QString("2024-03-09 07:05:00.000"));
        QCOMPARE(parsed("hh:mm a", "12:30 AM"), QString("1970-01-01 00:30:00.000"));
        QCOMPARE(parsed("hh:mm a", "12:30 PM"), QString("1970-01-01 12:30:00.000"));
        QCOMPARE(parsed("dd MMM yyyy", "09 Mar 2024"), QString("2024-03-09 00:00:00.000"));
        QCOMPARE(parsed("EEEE d MMMM yyyy", "Saturday 9 March 2024"), QString("2024-03-09 00:00:00.000"));
        QCOMPARE(parsed("yyyy D", "2024 366"), QString("2024-12-31 00:00:00.000"));
        QCOMPARE(parsed("ss.SSSSSS", "05.067999"), QString("1970-01-01 00:00:05.067"));
        for (const auto& [pattern, text] :
             std::vector<std::pair<const char*, const char*>>{{"yyyy-MM-dd", "2024-3-09"},
                                                              {"yyyy-MM-dd", "2024-03-09 "},
                                                              {"yyyy-MM-dd", "2024-02-30"},
                                                              {"yyyy-MM-dd", "2024-13-01"},
                                                              {"yyyy-MM-dd", ""},
                                                              {"HH", "24"},
                                                              {"hh a", "13 AM"},
                                                              {"hh a", "11 XM"},
                                                              {"yyyy D", "2023 366"},
                                                              {"EEE yyyy-MM-dd", "Sun 2024-03-09"},
                                                              {"d", "99999999999999999999"},
                                                              {"d", "0"}}) {
            QCOMPARE(parsed(pattern, text), QString("none"));
        }
    }

    void refusesPatterns() {
        for (const char* const pattern : {"bb", "yyyy-'open", "HHH", "[yyyy]", "VV", "MMMMM", "#"}) {
            QVERIFY2(std::holds_alternative<Text>(DatePattern::compile(pattern)), pattern);
        }
    }

    /// A pattern reads its own output again.
    void readsWhatItWrites() {
        std::mt19937_64 random(6);
        const auto pattern = std::get<DatePattern>(DatePattern::compile("EEE dd MMMM yyyy hh:mm:ss.SSS a"));
        for (int i = 0; i < 2'000; ++i) {
            const auto time = static_cast<Instant>(random() % 250'000'000'000'000U) - 62'000'000'000'000;
            std::string text;
            pattern.format(text, time);
            QCOMPARE(pattern.parse(text).value_or(-1), time);
        }
    }

    /// FLOOR ≤ t ≤ CEIL, both starts of a unit, and nothing of the unit between them but one.
    void floorsAndCeilings() {
        std::mt19937_64 random(8);
        for (int i = 0; i < 3'000; ++i) {
            const auto time = static_cast<Instant>(random() % 8'000'000'000'000U) - 4'000'000'000'000;
            for (const TimeUnit unit : {TimeUnit::Second, TimeUnit::Minute, TimeUnit::Hour, TimeUnit::Day,
                                        TimeUnit::Week, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Year}) {
                const Instant low = floorTo(unit, time), high = ceilTo(unit, time);
                QVERIFY(low <= time && time <= high);
                QCOMPARE(floorTo(unit, low), low);
                QCOMPARE(floorTo(unit, high), high);
                Instant next = 0;
                QVERIFY(addUnits(next, low, 1, unit) && next > time);
                QCOMPARE(high, time == low ? low : next);
            }
        }
    }

    /// The largest n with from + n units ≤ to, for times in order; backwards the same in fixed units, by the
    /// rule of dates in months.
    void differencesAreLargest() {
        std::mt19937_64 random(9);
        for (int i = 0; i < 3'000; ++i) {
            const auto from = static_cast<Instant>(random() % 4'000'000'000'000U) - 2'000'000'000'000;
            const auto to = from + static_cast<Instant>(random() % 300'000'000'000U);
            for (const TimeUnit unit : {TimeUnit::Hour, TimeUnit::Week, TimeUnit::Month, TimeUnit::Year}) {
                const std::int64_t between = unitsBetween(unit, from, to);
                Instant reached = 0, beyond = 0;
                QVERIFY(addUnits(reached, from, between, unit) && addUnits(beyond, from, between + 1, unit));
                QVERIFY(reached <= to && to < beyond);
                if (monthsOf(unit) == 0) {
                    QCOMPARE(unitsBetween(unit, to, from), -between);
                } else {
                    QCOMPARE(unitsBetween(unit, to, from), monthsBack(to, from) / monthsOf(unit));
                }
            }
        }
    }

    /// A rule gives the library's offset for each hour of the years that the library knows.
    void rulesOfZonesAgreeWithTheirTables() {
        const std::pair<const char*, const char*> rules[] = {
            {"Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"},
            {"Europe/Dublin", "IST-1GMT0,M10.5.0,M3.5.0/1"},
            {"Australia/Lord_Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"},
            {"America/Nuuk", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"},
            {"Asia/Jerusalem", "IST-2IDT,M3.4.4/26,M10.5.0"},
            {"Asia/Tokyo", "JST-9"}};
        for (const auto& [name, text] : rules) {
            const auto rule = ZoneRule::parse(text);
            QVERIFY(rule);
            const date::time_zone* const zone = date::locate_zone(name);
            const ZoneClock clock(zone);
            for (std::int64_t hour = at("2025-01-01 00:30:00") / 3'600'000;
                 hour < at("2037-01-01 00:00:00") / 3'600'000; ++hour) {
                const std::int64_t local = hour * 3'600 + 1'800;
                if (rule->offsetSeconds(local) == clock.offsetSeconds(local)) continue;
                QFAIL(qPrintable(QString("%1 at %2").arg(name).arg(local)));
            }
        }
        for (const char* const wrong :
             {"", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "1"})
            QVERIFY(!ZoneRule::parse(wrong));
    }

    void zonesShiftTextsOnly() {
        EvalContext context;
        context.zone = date::locate_zone("America/New_York");
        context.runStart = at("2024-03-10 00:00:00");
        const auto seconds = [&context](const std::string& text) {
            return results("UNIX_TIMESTAMP('" + text + "')", rowsOnly(), context).front().toLongLong();
        };
        QCOMPARE(seconds("2024-01-01 00:00:00") * 1'000, at("2024-01-01 05:00:00"));
        QCOMPARE(seconds("2024-07-01 00:00:00") * 1'000, at("2024-07-01 04:00:00"));
        // 02:30 does not exist on the day the clocks go forward; 01:30 comes twice when they go back, and
        // Flink takes the second.
        QCOMPARE(seconds("2024-03-10 02:30:00") * 1'000, at("2024-03-10 07:30:00"));
        QCOMPARE(seconds("2024-11-03 00:59:59") * 1'000, at("2024-11-03 04:59:59"));
        QCOMPARE(seconds("2024-11-03 01:30:00") * 1'000, at("2024-11-03 06:30:00"));
        // After the last entry of the zone's file its last rule goes on.
        QCOMPARE(seconds("2040-01-01 00:00:00") * 1'000, at("2040-01-01 05:00:00"));
        QCOMPARE(seconds("2040-07-01 00:00:00") * 1'000, at("2040-07-01 04:00:00"));
        QCOMPARE(seconds("2040-03-11 02:30:00") * 1'000, at("2040-03-11 07:30:00"));
        QCOMPARE(seconds("2040-11-04 00:59:59") * 1'000, at("2040-11-04 04:59:59"));
        QCOMPARE(seconds("2040-11-04 01:30:00") * 1'000, at("2040-11-04 06:30:00"));
        QCOMPARE(seconds("9999-07-01 00:00:00") * 1'000, at("9999-07-01 04:00:00"));
        QCOMPARE(results("UNIX_TIMESTAMP()", rowsOnly(), context), QStringList("1710028800"));
        QCOMPARE(results("HOUR(TIMESTAMP '2024-07-01 00:00:00')", rowsOnly(), context), QStringList("0"));
    }
};

QTEST_APPLESS_MAIN(TestTime)
#include "test_time.moc"
