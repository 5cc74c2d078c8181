// Charts that show one value at a time tell that their rows are of several keys, also behind nodes that pass
// those rows on.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/validate.h"

using namespace rw;

namespace {

constexpr const char* kWindow = R"({"id": "w", "type": "window_aggregate", "params": {
    "size": "10s", "keys": ["country", "city"], "aggregates": ["COUNT(*) AS n"]}})";
constexpr const char* kGroup = R"({"id": "w", "type": "group_aggregate", "params": {
    "keys": ["country", "city"], "aggregates": ["COUNT(*) AS n"]}})";

/// A source, the node that makes rows, the one under test, and a chart.
Pipeline pipelineOf(const std::string& made, const std::string& type, const std::string& params,
                    const std::string& chart) {
    const std::string text = R"({"rill": 1, "nodes": [
        {"id": "r", "type": "rows", "params": {
            "columns": ["at TIMESTAMP", "country STRING", "city STRING"], "event_time": "at",
            "rows": [["2024-03-01 12:00:00", "DE", "Berlin"]]}},
        )" + made + R"(,
        {"id": "m", "type": ")" +
                             type + R"(", "params": )" + params + R"(},
        )" + chart + R"(],
        "wires": [{"from": "r.out", "to": "w.in"}, {"from": "w.out", "to": "m.in"},
                  {"from": "m.out", "to": "c.in"}]})";
    const Result<Loaded> loaded = loadPipeline(text);
    if (!loaded.ok()) qFatal("%s", english(loaded.error().message).c_str());
    return loaded->pipeline;
}

/// The keys that the warning of the chart names, “none” without a warning.
QString told(const Pipeline& pipeline) {
    const Catalogue catalogue = builtin();
    const Validated validated = validate(pipeline, catalogue, {});
    QStringList found;
    for (const Issue& issue : validated.issues) {
        const QString words = QString::fromStdString(english(issue.message));
        if (issue.severity == Severity::Error) return QStringLiteral("error: ") + words;
        const QString between = words.section(QStringLiteral("every “"), 1).section(u'”', 0, 0);
        if (issue.node == "c" && !between.isEmpty()) found << between;
    }
    return found.isEmpty() ? QStringLiteral("none") : found.join(u'|');
}

}  // namespace

class TestRowKeys : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void keysGoThroughNodesThatPassRowsOn_data();
    void keysGoThroughNodesThatPassRowsOn();
    void keysOfGroupsDoToo();
    void allChartsOfOneValueTell();
};

void TestRowKeys::keysGoThroughNodesThatPassRowsOn_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("params");
    QTest::addColumn<QString>("keys");
    const QString both = QStringLiteral("country, city"), none = QStringLiteral("none");
    const auto row = [](const char* name, const char* type, const char* params, const QString& keys) {
        QTest::newRow(name) << QString::fromUtf8(type) << QString::fromUtf8(params) << keys;
    };
    row("some rows", "filter", R"({"condition": "n > 3"})", both);
    row("either of two", "filter", R"({"condition": "country = 'DE' OR country = 'FR'"})", both);
    row("another than one", "filter", R"({"condition": "country <> 'DE'"})", both);
    row("two columns", "filter", R"({"condition": "country = city"})", both);
    row("one country", "filter", R"({"condition": "n > 3 AND country = 'DE'"})", "city");
    row("one city of one country", "filter", R"j({"condition": "'DE' = country AND city IN ('Berlin')"})j",
        none);
    row("in capitals", "filter", R"({"condition": "UPPER(country) = 'DE'"})", both);
    row("columns of them", "select",
        R"({"columns": ["city", "n", "window_start", "window_end", "window_time"]})", "city");
    row("sorted", "sort", "{}", both);
    row("first of a country", "deduplicate", R"({"keys": ["country"]})", "country");
    row("first of a window", "deduplicate", R"({"keys": ["window_end"]})", none);
    row("ten of a window", "top_n", R"({"by": ["n DESC"], "limit": 10})", both);
    row("best of a window", "top_n", R"({"by": ["n DESC"], "limit": 1})", none);
    row("best of a country", "top_n", R"({"by": ["n DESC"], "limit": 1, "partition_by": ["country"]})",
        "country");
}

void TestRowKeys::keysGoThroughNodesThatPassRowsOn() {
    QFETCH(QString, type);
    QFETCH(QString, params);
    QFETCH(QString, keys);
    const Pipeline pipeline = pipelineOf(kWindow, type.toStdString(), params.toStdString(),
                                         R"({"id": "c", "type": "number_card", "params": {"value": "n"}})");
    QCOMPARE(told(pipeline), keys);
}

void TestRowKeys::keysOfGroupsDoToo() {
    const auto keysBehind = [](const std::string& condition) {
        return told(pipelineOf(kGroup, "filter", R"({"condition": ")" + condition + R"("})",
                               R"({"id": "c", "type": "gauge", "params": {"value": "n"}})"));
    };
    QCOMPARE(keysBehind("n > 3"), QStringLiteral("country, city"));
    QCOMPARE(keysBehind("city = 'Berlin'"), QStringLiteral("country"));
}

void TestRowKeys::allChartsOfOneValueTell() {
    const auto keysAt = [](const std::string& chart) {
        return told(pipelineOf(kWindow, "filter", R"({"condition": "n > 3"})", chart));
    };
    QCOMPARE(keysAt(R"({"id": "c", "type": "line_chart", "params": {"y": ["n"]}})"),
             QStringLiteral("country, city"));
    QCOMPARE(keysAt(R"({"id": "c", "type": "line_chart", "params": {"y": ["n"], "series": "city"}})"),
             QStringLiteral("none"));
    QCOMPARE(keysAt(R"({"id": "c", "type": "gauge", "params": {"value": "n"}})"),
             QStringLiteral("country, city"));
    QCOMPARE(keysAt(R"({"id": "c", "type": "number_card", "params": {"value": "n", "aggregate": "max"}})"),
             QStringLiteral("none"));
}

QTEST_MAIN(TestRowKeys)
#include "test_row_keys.moc"
