// Charts have no names for BYTES on axes and in legends; a table shows them.
#include <QtTest/QtTest>

#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

StreamType stream() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"raw", Type::of(TypeId::Bytes)},
                                                         {"price", Type::of(TypeId::Double)},
                                                         {"ts", Type::of(TypeId::Timestamp)}}});
    type.eventTime = 2;
    return type;
}

/// Why the chart can't be; empty: it can.
QString refusal(const char* type, const Json& params) {
    static const Catalogue kKinds = builtin();
    const BoundForTest bound = bindNode(*kKinds.find(type), params, {{stream()}});
    return bound.node ? QString() : QString::fromStdString(bound.said());
}

}  // namespace

class TestChartBytes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void namesAreRefused_data() {
        QTest::addColumn<QByteArray>("params");
        QTest::newRow("bar_chart") << QByteArray(R"({"category": "raw", "value": "price"})");
        QTest::newRow("pie_chart") << QByteArray(R"({"category": "raw", "value": "price"})");
        QTest::newRow("line_chart") << QByteArray(R"({"y": ["price"], "series": "raw"})");
        QTest::newRow("scatter_chart") << QByteArray(R"({"x": "ts", "y": "price", "series": "raw"})");
        QTest::newRow("histogram") << QByteArray(R"({"value": "price", "series": "raw"})");
        QTest::newRow("heat_map") << QByteArray(R"({"y": "raw", "value": "price"})");
    }
    void namesAreRefused() {
        QFETCH(QByteArray, params);
        const QString said = refusal(QTest::currentDataTag(), Json::parse(params.toStdString()));
        QVERIFY2(said.contains(QStringLiteral("“raw” is BYTES, which a chart has no names for.")),
                 qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("TO_BASE64(raw)")), qPrintable(said));
    }

    void theyAreNoNumbers() {
        const QString said = refusal("bar_chart", {{"category", "price"}, {"value", "raw"}});
        QVERIFY2(said.contains(QStringLiteral("“raw” is BYTES; a chart draws numbers.")), qPrintable(said));
    }

    void tablesAndCountsTakeThem() {
        QCOMPARE(refusal("table_view", Json::object()), QString());
        QCOMPARE(refusal("table_view", {{"columns", {"raw"}}, {"order", {"raw DESC"}}}), QString());
        QCOMPARE(refusal("number_card", {{"value", "raw"}, {"aggregate", "count"}}), QString());
    }
};

QTEST_APPLESS_MAIN(TestChartBytes)
#include "test_chart_bytes.moc"
