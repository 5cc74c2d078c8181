// Times of data in the pipeline's zone, for hover texts.
#include "widgets/document/zoned_text.h"

#include <QtTest/QtTest>

#include "tests/support/noon.h"

using namespace rw;
using namespace rw::ui;

namespace {

ColumnRef columnOf(Type type, std::int64_t value) {
    ColumnBuilder builder(type);
    builder.append<std::int64_t>(value);
    builder.appendNull();
    return builder.finish();
}

}  // namespace

class TestZonedText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aTimeIsShownInTheZone() {
        const ColumnRef times = columnOf(Type::of(TypeId::Timestamp), test::kNoon);
        QCOMPARE(zonedText(*times, 0, "Europe/Vienna"),
                 QStringLiteral("2024-03-01 13:00:00.000 Europe/Vienna"));
        const ColumnRef summer = columnOf(Type::of(TypeId::Timestamp), test::kNoon + 122 * 86'400'000LL);
        QCOMPARE(zonedText(*summer, 0, "Europe/Vienna"),
                 QStringLiteral("2024-07-01 14:00:00.000 Europe/Vienna"));
        QCOMPARE(withZoned(QStringLiteral("2024-03-01 12:00:00.000"), *times, 0, "Asia/Shanghai"),
                 QStringLiteral("2024-03-01 12:00:00.000\n2024-03-01 20:00:00.000 Asia/Shanghai"));
    }

    /// A value of a table chart has it as the cell of a column has.
    void aValueIsShownInTheZone() {
        const Type time = Type::of(TypeId::Timestamp);
        QCOMPARE(zonedText(Value(test::kNoon), time, "Europe/Vienna"),
                 QStringLiteral("2024-03-01 13:00:00.000 Europe/Vienna"));
        QCOMPARE(zonedText(Value(test::kNoon), Type::of(TypeId::Bigint), "Europe/Vienna"), QString());
        QCOMPARE(zonedText(Value(), time, "Europe/Vienna"), QString());
    }

    void aHeadSaysUtcWhereAxesHaveAnotherZone() {
        const Type time = Type::of(TypeId::Timestamp);
        QCOMPARE(withUtc(QStringLiteral("ts"), time, "Europe/Vienna"), QStringLiteral("ts, UTC"));
        for (const char* utc : {"UTC", "Etc/UTC", "No/Where"})
            QCOMPARE(withUtc(QStringLiteral("ts"), time, utc), QStringLiteral("ts"));
        QCOMPARE(withUtc(QStringLiteral("n"), Type::of(TypeId::Bigint), "Europe/Vienna"),
                 QStringLiteral("n"));
    }

    void nothingIsAddedElsewhere() {
        const ColumnRef times = columnOf(Type::of(TypeId::Timestamp), test::kNoon);
        QCOMPARE(zonedText(*times, 0, "UTC"), QString());
        QCOMPARE(zonedText(*times, 0, "No/Such"), QString());
        QCOMPARE(zonedText(*times, 1, "Europe/Vienna"), QString());
        const ColumnRef numbers = columnOf(Type::of(TypeId::Bigint), test::kNoon);
        QCOMPARE(withZoned(QStringLiteral("1"), *numbers, 0, "Europe/Vienna"), QStringLiteral("1"));
    }
};

QTEST_APPLESS_MAIN(TestZonedText)
#include "test_zoned_text.moc"
