// Dates, timestamps and the calendar; values and rows as text.
#include <QtTest/QtTest>
#include <random>

#include "core/data/text.h"

using namespace rw;

namespace {

std::string timestampText(Instant instant) {
    std::string out;
    appendTimestamp(out, instant);
    return out;
}

/// parseTimestamp written back, or “-” when refused.
std::string canonical(std::string_view text) {
    const std::optional<Instant> instant = parseTimestamp(text);
    return instant ? timestampText(*instant) : "-";
}

}  // namespace

class TestTimes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void timestamps_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const std::pair<const char*, const char*> cases[] = {
            {"2024-03-01 12:00:00.000", "2024-03-01 12:00:00.000"},
            {"2024-03-01T12:00:00", "2024-03-01 12:00:00.000"},
            {"2024-03-01T12:00:00Z", "2024-03-01 12:00:00.000"},
            {"2024-03-01 12:00:00.5", "2024-03-01 12:00:00.500"},
            {"2024-03-01T12:00:00.25Z", "2024-03-01 12:00:00.250"},
            {"2024-03-01 12:00:00.123456789", "2024-03-01 12:00:00.123"},
            {"2024-03-01", "2024-03-01 00:00:00.000"},
            {" 2024-02-29 23:59:59.999 ", "2024-02-29 23:59:59.999"},
            {"1969-12-31 23:59:59.999", "1969-12-31 23:59:59.999"},
            {"0001-01-01 00:00:00", "0001-01-01 00:00:00.000"},
            {"9999-12-31 23:59:59.999", "9999-12-31 23:59:59.999"},
            {"2000-02-29", "2000-02-29 00:00:00.000"},
            {"1900-02-29", "-"},
            {"2023-02-29", "-"},
            {"2024-02-30", "-"},
            {"2024-04-31", "-"},
            {"2024-13-01", "-"},
            {"2024-00-01", "-"},
            {"2024-01-00", "-"},
            {"0000-01-01", "-"},
            {"-0001-01-01", "-"},
            {"10000-01-01", "-"},
            {"2024-03-01 24:00:00", "-"},
            {"2024-03-01 12:60:00", "-"},
            {"2024-03-01 12:00:60", "-"},
            {"2024-03-01 12:00", "-"},
            {"2024-03-01 12:00:00.", "-"},
            {"2024-03-01 12:00:00.1234567890", "-"},
            {"2024-03-01 12:00:00,5", "-"},
            {"2024-03-01  12:00:00", "-"},
            {"2024-03-01Z", "-"},
            {"2024-03-01 12:00:00ZZ", "-"},
            {"2024/03/01 12:00:00", "-"},
            {"2024-3-1", "-"},
            {"garbage", "-"},
            {"", "-"},
            {"2024-03-01 1a:00:00", "-"},
            {"2024-03-01 12-00-00", "-"},
        };
        for (const auto& [text, expected] : cases) QTest::newRow(text) << text << expected;
    }
    void timestamps() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(canonical(text.toStdString())), expected);
    }
    void dates() {
        QCOMPARE(parseDate("1970-01-01"), std::optional(0));
        QCOMPARE(parseDate(" 2024-02-29 "), std::optional(19782));
        QCOMPARE(parseDate("1969-12-31"), std::optional(-1));
        for (const char* garbage :
             {"", "2024-02-30", "2024-1-01", "2024-01-01T", "24-01-01", "2024-01-011"}) {
            QVERIFY2(!parseDate(garbage), garbage);
        }
    }
    /// Day numbers and dates follow each other over 2 000 years, leap days included.
    void calendarCountsOn() {
        const auto daysOf = [](std::int64_t year, int month) {
            const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return month == 2                                              ? (leap ? 29 : 28)
                   : month == 4 || month == 6 || month == 9 || month == 11 ? 30
                                                                           : 31;
        };
        CivilDate last = civilFromDays(-800'000);
        for (std::int64_t days = -799'999; days < 0; ++days) {
            const CivilDate date = civilFromDays(days);
            QCOMPARE(daysFromCivil(date.year, date.month, date.day), days);
            const bool monthEnds = last.day == daysOf(last.year, last.month);
            const bool yearEnds = monthEnds && last.month == 12;
            QCOMPARE(date.day, monthEnds ? 1 : last.day + 1);
            QCOMPARE(date.month, yearEnds ? 1 : last.month + (monthEnds ? 1 : 0));
            QCOMPARE(date.year, last.year + (yearEnds ? 1 : 0));
            last = date;
        }
        QCOMPARE(last.year, std::int64_t{1969});
    }
    void timestampsRoundTrip() {
        std::mt19937_64 random(4);
        const Instant first = *parseTimestamp("0001-01-01"),
                      last = *parseTimestamp("9999-12-31 23:59:59.999");
        const auto span = static_cast<std::uint64_t>(last - first);
        for (int i = 0; i < 50'000; ++i) {
            const Instant instant = first + static_cast<Instant>(random() % span);
            const std::string text = timestampText(instant);
            QCOMPARE(text.size(), std::size_t{23});
            QCOMPARE(parseTimestamp(text), std::optional(instant));
        }
    }
    void valuesAsText() {
        const auto both = [](const char* text, Type type) {
            const std::optional<Value> value = parseValue(text, type);
            return value ? toText(*value, type) : std::string("-");
        };
        QCOMPARE(both("TRUE", Type::of(TypeId::Boolean)), std::string("true"));
        QCOMPARE(both("7", Type::of(TypeId::Int)), std::string("7"));
        QCOMPARE(both("1.005", Type::decimal(5, 2)), std::string("1.01"));
        QCOMPARE(both("2024-03-01", Type::of(TypeId::Date)), std::string("2024-03-01"));
        QCOMPARE(both("2024-03-01T00:00:00", Type::of(TypeId::Timestamp)),
                 std::string("2024-03-01 00:00:00.000"));
        QCOMPARE(both(" a ", Type::of(TypeId::String)), std::string(" a "));
        QCOMPARE(both("x", Type::of(TypeId::Int)), std::string("-"));
        QCOMPARE(toText({}, Type::of(TypeId::Int)), std::string());
    }
    void rowsAsText() {
        Batch batch;
        batch.schema = std::make_shared<Schema>(Schema{{{"id", Type::of(TypeId::Int)},
                                                        {"unread", Type::of(TypeId::Int)},
                                                        {"name", Type::of(TypeId::String)},
                                                        {"price", Type::of(TypeId::Double)}}});
        ColumnBuilder id(Type::of(TypeId::Int)), name(Type::of(TypeId::String));
        id.append(std::int32_t{1});
        name.appendString("a");
        batch.columns = {id.finish(), nullptr, name.finish(), Column::nulls(Type::of(TypeId::Double), 1)};
        batch.rows = 1;
        QCOMPARE(rowText(batch, 0), std::string("id=1, name=a, price=NULL"));
    }
};

QTEST_APPLESS_MAIN(TestTimes)
#include "test_times.moc"
