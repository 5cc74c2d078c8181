// Labels of values on axes and in legends: short, and different for different values.
#include <QtTest>

#include "core/views/chart_column.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string labelOf(const Value& value, Type type = Type::of(TypeId::String)) {
    std::string label;
    appendLabel(label, batchOf(schemaOf({{"v", type}}), {{value}}).column(0), 0);
    return label;
}

}  // namespace

class TestChartColumn : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void labelsAreTheValues() {
        QCOMPARE(labelOf(std::string("core 1")), std::string("core 1"));
        QCOMPARE(labelOf(Value{}), std::string("NULL"));
        QCOMPARE(labelOf(std::int64_t{7}, Type::of(TypeId::Bigint)), std::string("7"));
        const std::string longest(kLongestLabel, 'x');
        QCOMPARE(labelOf(longest), longest);
    }

    void labelsOfLongTextsAreShortAndDiffer() {
        const std::string text(5'000, 'x');
        const std::string one = labelOf(text + "1"), other = labelOf(text + "2");
        QVERIFY(one.size() <= kLongestLabel && other.size() <= kLongestLabel);
        QVERIFY(one.starts_with("xxx") && one.find("…") != std::string::npos);
        QVERIFY(one != other);
        QCOMPARE(labelOf(text + "1"), one);
        QCOMPARE(labelOf("水" + text).substr(0, 6), std::string("水xxx"));
    }
};

QTEST_APPLESS_MAIN(TestChartColumn)
#include "test_chart_column.moc"
