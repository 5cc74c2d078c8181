#include "tests/cli/campaign.h"

#include <sqlite3.h>

#include <QRegularExpression>
#include <QtTest/QtTest>
#include <algorithm>

namespace rw::testing {

namespace {

constexpr int kRows = 30'000, kRate = 25'000;

/// Rows out of order, ten milliseconds of event time apart; n counts them, k is one of eleven keys, g one of
/// many.
QByteArray inputRows() {
    QByteArray rows = "n,k,g,ts\n";
    for (int n = 0; n < kRows; ++n) {
        const int millis = n * 10 + (n * 7919) % 400;
        rows += QByteArray::number(n) + ',' + QByteArray::number((n * 31) % 11) + ',' +
                QByteArray::number((n * 31) % 1'009) +
                ",2024-03-01 00:" + QByteArray::number(millis / 60'000).rightJustified(2, '0') + ':' +
                QByteArray::number(millis / 1'000 % 60).rightJustified(2, '0') + '.' +
                QByteArray::number(millis % 1'000).rightJustified(3, '0') + '\n';
    }
    return rows;
}

/// So many rows a second of that.
QByteArray source() {
    return R"rill({ "id": "src", "type": "csv_source", "params": { "path": "in.csv", "rate": )rill" +
           QByteArray::number(kRate) +
           R"rill(, "columns": ["n BIGINT", "k INT", "g INT", "ts TIMESTAMP(3)"], "event_time": "ts",
                 "watermark_delay": "500ms" } })rill";
}

QByteArray node(const QByteArray& id, const QByteArray& type, const QByteArray& params) {
    return R"({ "id": ")" + id + R"(", "type": ")" + type + R"(", "params": { )" + params + " } }";
}

QByteArray tableRows(const SinkFixture& fixture, const QByteArray& name, const QByteArray& database) {
    sqlite3* handle = nullptr;
    sqlite3_open(qPrintable(fixture.path(QString::fromUtf8(database))), &handle);
    sqlite3_busy_timeout(handle, 2'000);
    QByteArrayList rows;
    char* error = nullptr;
    sqlite3_exec(
        handle, ("SELECT * FROM " + name).constData(),
        [](void* into, int count, char** cells, char**) {
            QByteArrayList row;
            for (int i = 0; i < count; ++i) row << (cells[i] ? QByteArray(cells[i]) : QByteArray("NULL"));
            *static_cast<QByteArrayList*>(into) << row.join(' ');
            return 0;
        },
        &rows, &error);
    if (error) rows << QByteArray("error ") + error;
    sqlite3_free(error);
    sqlite3_close(handle);
    std::sort(rows.begin(), rows.end());
    return rows.join('\n');
}

/// With the head of a CSV file among them.
QByteArray fileRows(const SinkFixture& fixture, const QByteArray& file) {
    const QByteArray text = fixture.read(QString::fromUtf8(file));
    if (text.isEmpty()) return "error " + file + " is not there";
    QByteArrayList rows = text.split('\n');
    std::sort(rows.begin(), rows.end());
    return rows.join('\n');
}

/// Adds up, for each key, in a state of its own.
constexpr const char* kCode =
    "def process(row, state):\\n"
    "    state['rows'] = state.get('rows', 0) + 1\\n"
    "    state['mixed'] = (state.get('mixed', 0) * 31 + row.n) % 1000003\\n"
    "    return {'seen': state['rows'], 'mixed': state['mixed']}\\n";

constexpr const char* kModel = R"({ "rillwright_model": 1, "inputs": [{ "name": "n" }, { "name": "g" }],
    "outputs": [{ "name": "p", "type": "DOUBLE", "gives": "value" }],
    "linear": { "intercepts": [0.5], "weights": [[0.25, -1.5]] } })";

}  // namespace

void allowCode(const SinkFixture& fixture) {
    static const QRegularExpression kFingerprint(QStringLiteral("--allow-python ([0-9a-f]{64})"));
    const Ended refused = fixture.runIt();
    const QString named = kFingerprint.match(QString::fromUtf8(refused.err)).captured(1);
    if (named.isEmpty()) qFatal("no code was refused: %s", refused.err.constData());
    qputenv("RILLWRIGHT_ALLOW_PYTHON", named.toUtf8());
}

CampaignOutput outputOf(const QByteArray& id, const QByteArray& mode, const QByteArray& file) {
    const bool csv = file.endsWith(".csv");
    if (!csv && !file.endsWith(".ndjson")) {
        return {id, table(id, id, mode, file),
                [id, file](const SinkFixture& fixture) { return tableRows(fixture, id, file); }};
    }
    return {id, node(id, csv ? "csv_sink" : "ndjson_sink", R"("path": ")" + file + '"'),
            [file](const SinkFixture& fixture) { return fileRows(fixture, file); }};
}

void Campaign::writeTo(const SinkFixture& fixture) const {
    fixture.write(QStringLiteral("in.csv"), inputRows());
    QByteArrayList all = QByteArrayList{source()} + nodes;
    for (const CampaignOutput& output : outputs) all << output.node;
    fixture.pipeline(all, wires);
    for (const auto& [name, contents] : files) fixture.write(name, contents);
    if (runsCode && qEnvironmentVariableIsEmpty("RILLWRIGHT_ALLOW_PYTHON")) allowCode(fixture);
}

QByteArray Campaign::rowsOf(const SinkFixture& fixture) const {
    QByteArray rows;
    for (const CampaignOutput& output : outputs) rows += output.id + ":\n" + output.rows(fixture) + '\n';
    return rows;
}

std::vector<Campaign> campaigns(const QByteArray& second, const QByteArray& first) {
    const QByteArray even = node("even", "filter", R"("condition": "n % 2 = 0")");
    const QByteArrayList evenWires{wire("src", "even"), wire("even", "passed")};
    const auto campaign = [&](const QByteArray& name, const QByteArrayList& nodes,
                              const QByteArrayList& wires, const QByteArray& mode, int leastRows) {
        return Campaign{name,
                        QByteArrayList{even} + nodes,
                        evenWires + wires,
                        {outputOf("results", mode, first), outputOf("passed", "append", second)},
                        leastRows + kRows / 2};
    };
    const QByteArrayList straight{wire("src", "middle"), wire("middle", "results")};
    Campaign chained = campaign(
        "models",
        {node("line", "regress", R"("target": "g", "features": ["MOD(n, 7) AS rest", "n"], "keys": ["k"])"),
         node("kind", "cluster", R"("features": ["g", "error"], "k": 4, "scale": "running")"),
         node("shift", "drift", R"("value": "distance", "keys": ["k"], "on_error": "null")"),
         node("trained", "score",
              R"("model": "model.json", "features": ["n", "g"], "columns": ["p DOUBLE"])"),
         node("middle", "window_aggregate",
              R"("window": "tumble", "size": "2s", "keys": ["k"],
                 "aggregates": ["COUNT(*) AS rows_in", "MAX(error) AS most", "MAX(distance) AS farthest",
                 "SUM(cluster) AS clusters", "MAX(mean) AS best", "MAX(p) AS scored"])")},
        {wire("src", "line"), wire("line", "kind"), wire("kind", "shift"), wire("shift", "trained"),
         wire("trained", "middle"), wire("middle", "results")},
        "replace", 1'500);
    chained.files = {{QStringLiteral("model.json"), kModel}};
    Campaign code = campaign(
        "python",
        {node("called", "python",
              R"rill("columns": ["k INT", "ts TIMESTAMP(3)", "seen BIGINT", "mixed BIGINT"], "stateful": true,
                 "keys": ["k"], "code": ")rill" +
                  QByteArray(kCode) + '"'),
         node("middle", "window_aggregate",
              R"("window": "tumble", "size": "2s", "keys": ["k"],
                 "aggregates": ["COUNT(*) AS rows_in", "MAX(seen) AS most", "SUM(mixed) AS total"])")},
        {wire("src", "called"), wire("called", "middle"), wire("middle", "results")}, "replace", 1'500);
    code.runsCode = true;
    return {
        campaign("tumble",
                 {node("middle", "window_aggregate",
                       R"("window": "tumble", "size": "2s", "keys": ["k"],
                          "aggregates": ["COUNT(*) AS rows_in", "SUM(n) AS total"])")},
                 straight, "replace", 1'500),
        campaign("session",
                 {node("middle", "window_aggregate",
                       R"("window": "session", "gap": "10s", "keys": ["g"],
                          "aggregates": ["COUNT(*) AS rows_in", "MAX(n) AS most"])")},
                 straight, "append", 5'000),
        campaign("interval join",
                 {node("odd", "filter", R"("condition": "n % 2 = 1")"),
                  node("middle", "interval_join",
                       R"("on": "left.g = right.g", "lower": "-12s", "upper": "12s", "kind": "left")")},
                 {wire("even", "middle.left"), wire("src", "odd"), wire("odd", "middle.right"),
                  wire("middle", "results")},
                 "append", 10'000),
        campaign("window join",
                 {node("odd", "filter", R"("condition": "n % 2 = 1")"),
                  node("middle", "window_join",
                       R"("on": "left.g = right.g", "window": "tumble", "size": "40s", "kind": "full")")},
                 {wire("even", "middle.left"), wire("src", "odd"), wire("odd", "middle.right"),
                  wire("middle", "results")},
                 "append", 10'000),
        campaign(
            "top-N",
            {node("middle", "top_n", R"("by": ["ts DESC", "n DESC"], "partition_by": ["k"], "limit": 5)")},
            straight, "upsert", 55),
        campaign("group",
                 {node("middle", "group_aggregate",
                       R"("keys": ["g"], "aggregates": ["COUNT(*) AS rows_in", "SUM(n) AS total",
                          "MAX(ts) AS newest"])")},
                 straight, "upsert", 1'009),
        campaign("learning",
                 {node("odd", "anomaly", R"("keys": ["k"], "features": ["g"], "method": "z", "warm_up": 10)"),
                  node("kind", "classify",
                       R"("label": "k", "features": ["MOD(n, 11) AS rest", "score"], "impute": "mean",
                          "method": "naive_bayes", "max_classes": 11)"),
                  node("middle", "window_aggregate",
                       R"("window": "tumble", "size": "2s", "keys": ["k"],
                          "aggregates": ["COUNT(*) AS rows_in", "MAX(score) AS most", "MAX(probability) AS best",
                          "SUM(CASE WHEN predicted = CAST(k AS STRING) THEN 1 ELSE 0 END) AS right_ones"])")},
                 {wire("src", "odd"), wire("odd", "kind"), wire("kind", "middle"), wire("middle", "results")},
                 "replace", 1'500),
        campaign("forecast",
                 {node("middle", "forecast",
                       R"("value": "n", "keys": ["k"], "method": "holt_winters", "step": "1s", "horizon": 2,
                          "every": 5)")},
                 straight, "append", 500),
        std::move(chained),
        campaign("recommend",
                 {node("rated", "select", R"("columns": ["k", "g AS thing", "MOD(n, 5) AS stars", "ts"])"),
                  node("asks", "filter", R"("condition": "MOD(n, 500) = 1")"),
                  node("middle", "recommend",
                       R"("user": "k", "item": "thing", "rating": "stars", "factors": 4, "top": 3)")},
                 {wire("even", "rated"), wire("rated", "middle"), wire("src", "asks"),
                  wire("asks", "middle.asks"), wire("middle", "results")},
                 "append", 100),
        campaign("pattern",
                 {node("middle", "pattern",
                       R"rill("partition_by": ["k"], "pattern": "S D+ U+",
                          "define": ["D: g < PREV(g)", "U: g > PREV(g)"], "within": "20s",
                          "measures": ["MATCH_NUMBER() AS number", "S.n AS first_n", "LAST(D.g) AS lowest",
                          "COUNT(*) AS rows_in"], "after_match": "PAST LAST ROW")rill")},
                 straight, "append", 4'000),
        std::move(code),
        campaign("upsert", {node("middle", "deduplicate", R"("keys": ["g"], "keep": "last")")}, straight,
                 "upsert", 1'009),
        campaign("first rows", {node("middle", "deduplicate", R"("keys": ["g"])")}, straight, "append",
                 1'009),
        campaign("sort", {node("middle", "sort", "")}, straight, "append", kRows),
    };
}

}  // namespace rw::testing
