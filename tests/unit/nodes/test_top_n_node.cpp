// Binding of top_n: its output, the columns it reads and its refusals, with their words.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Rows (ts, k, v), a window of them, the nodes between, the node, and a table.
Pipeline pipeline(const Json& params, const Json& window = Json::object(), std::vector<Node> between = {}) {
    Json all = {{"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "MAX(v) AS best"}}};
    all.update(window);
    Pipeline out;
    out.nodes = {node("source", "rows",
                      {{"columns", {"ts TIMESTAMP(3)", "k STRING", "v BIGINT"}},
                       {"event_time", "ts"},
                       {"rows", Json::array({Json::array({"2024-03-01 12:00:00", "a", 1})})}}),
                 node("window", "window_aggregate", all)};
    for (Node& one : between) out.nodes.push_back(std::move(one));
    out.nodes.push_back(node("top", "top_n", params));
    out.nodes.push_back(node("table", "table_view"));
    for (std::size_t i = 1; i < out.nodes.size(); ++i)
        out.wires.push_back(wire(out.nodes[i - 1].id.c_str(), out.nodes[i].id.c_str()));
    return out;
}

Validated validated(const Pipeline& tested) {
    static const Catalogue kCatalogue = builtin();
    return validate(tested, kCatalogue, {});
}

/// The issues of the node.
std::vector<Issue> issuesOf(const Validated& found) {
    std::vector<Issue> issues;
    for (const Issue& issue : found.issues) {
        if (issue.node == "top" && !issue.missing) issues.push_back(issue);
    }
    return issues;
}

std::string columns(const StreamType& stream) {
    std::string text;
    for (const Field& field : stream.schema->fields)
        text += (text.empty() ? "" : ", ") + field.name + " " + toString(field.type);
    return text;
}

}  // namespace

class TestTopNNode : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void describesItsOutput() {
        const Validated found = validated(
            pipeline({{"by", {"n DESC", "k"}}, {"limit", 3}, {"partition_by", {"best", "window_end"}}}));
        QCOMPARE(issuesOf(found).size(), std::size_t{0});
        const BoundNode& bound = *found.nodes.at("top").bound;
        const std::string window =
            "window_start TIMESTAMP(3), window_end TIMESTAMP(3), window_time TIMESTAMP(3), ";
        QCOMPARE(columns(bound.outputs[0]), window + "k STRING, n BIGINT, best BIGINT, rank BIGINT");
        QCOMPARE(columns(bound.outputs[1]),
                 window + "k STRING, n BIGINT, best BIGINT, late_by BIGINT, late_for TIMESTAMP(3)");
        QCOMPARE(bound.outputs[0].eventTime, 2);
        QVERIFY(bound.outputs[0].made && bound.outputs[0].windowed && !bound.outputs[0].updating);
        QVERIFY(!bound.outputs[0].sourceOrder);
        // By the window, too: no window is the work of one task alone. A column that is named twice counts once.
        QVERIFY(bound.distribution.kind == Distribution::Kind::Keyed);
        QCOMPARE(bound.distribution.keys, (std::vector<std::vector<int>>{{5, 0, 1}}));
        QCOMPARE(english(bound.summary), std::string("top 3 by n DESC, k · in each best, window_end"));
    }

    void readsAllOfMadeRowsForTheirTies() {
        const Validated found = validated(pipeline({{"by", {"n DESC"}}}));
        const auto& inputs = found.nodes.at("top").inputs.front();
        const std::vector<ColumnSet> nothing = {ColumnSet(7), ColumnSet(8)};
        QCOMPARE(found.nodes.at("top").bound->reads(nothing, inputs).front(), ColumnSet(6, true));
    }

    void readsOfSortedRowsWhatItNeeds() {
        const Validated found =
            validated(pipeline({{"by", {"n DESC"}}}, Json::object(), {node("sort", "sort")}));
        QCOMPARE(issuesOf(found).size(), std::size_t{0});
        const auto& inputs = found.nodes.at("top").inputs.front();
        std::vector<ColumnSet> wanted = {ColumnSet(7), ColumnSet(8)};
        const auto read = [&] { return found.nodes.at("top").bound->reads(wanted, inputs).front(); };
        QCOMPARE(read(), (ColumnSet{true, true, true, false, true, false}));
        wanted[0][3] = true;
        wanted[1][5] = true;
        QCOMPARE(read(), ColumnSet(6, true));
    }

    void aColumnRankBeforeKeepsItsName() {
        const Validated found = validated(
            pipeline({{"by", {"n DESC"}}}, Json::object(), {node("before", "top_n", {{"by", {"n"}}})}));
        const std::vector<Issue> issues = issuesOf(found);
        QCOMPARE(issues.size(), std::size_t{1});
        QVERIFY(issues[0].severity == Severity::Warning);
        QVERIFY(columns(found.nodes.at("top").bound->outputs[0]).ends_with("rank BIGINT, rank0 BIGINT"));
    }

    void wrongParameters_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("param");
        QTest::addColumn<int>("item");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("fix");  // the value that the first fix sets, as JSON; empty: no fix
        const auto row = [](const char* params, const char* param, int item, const char* message,
                            const char* fix) {
            QTest::addRow("%s", params) << QString::fromUtf8(params) << QString::fromUtf8(param) << item
                                        << QString::fromUtf8(message) << QString::fromUtf8(fix);
        };
        row(R"({"by": ["n", "bst DESC"]})", "by", 1, "There is no column “bst”.", R"(["n","best DESC"])");
        row(R"({"by": ["`bst`"]})", "by", 0, "There is no column “bst”.", R"(["best"])");
        row(R"({"by": ["n"], "partition_by": ["nothing alike"]})", "partition_by", 0,
            "There is no column “nothing alike”.", "");
        row(R"({"by": ["n"], "limit": 0})", "limit", -1, "0 rows is too little: at least 1 row.", "1");
        row(R"({"by": ["n"], "limit": 100001})", "limit", -1, "100001 rows is too much: at most 100000 rows.",
            "100000");
    }
    void wrongParameters() {
        QFETCH(QString, params);
        QFETCH(QString, param);
        QFETCH(int, item);
        QFETCH(QString, message);
        QFETCH(QString, fix);
        const Validated found = validated(pipeline(Json::parse(params.toStdString())));
        const std::vector<Issue> issues = issuesOf(found);
        QCOMPARE(issues.size(), std::size_t{1});
        QVERIFY(issues[0].severity == Severity::Error);
        QCOMPARE(QString::fromStdString(issues[0].param), param);
        QCOMPARE(issues[0].item, item);
        QCOMPARE(QString::fromStdString(english(issues[0].message)), message);
        QCOMPARE(issues[0].quickFixes.empty(), fix.isEmpty());
        if (!fix.isEmpty()) QCOMPARE(QString::fromStdString(issues[0].quickFixes[0].value.dump()), fix);
    }

    void rowsWithoutWindowsGiveAnUpdatingStream() {
        const Json select = {{"columns", {"k", "n", "window_time", "window_end"}}};
        const Validated found = validated(pipeline({{"by", {"n"}}, {"partition_by", {"window_end", "k"}}},
                                                   Json::object(), {node("some", "select", select)}));
        QCOMPARE(issuesOf(found).size(), std::size_t{0});
        const BoundNode& bound = *found.nodes.at("top").bound;
        const StreamType& out = bound.outputs[0];
        QVERIFY(out.updating && !out.multiset && out.made && !out.windowed && !out.sourceOrder);
        QCOMPARE(out.eventTime, -1);
        QCOMPARE(out.key, (std::vector<int>{3, 0, 4}));
        QVERIFY(!bound.outputs[1].updating && bound.outputs[1].key.empty());
        QCOMPARE(bound.distribution.keys, (std::vector<std::vector<int>>{{3, 0}}));
        QCOMPARE(english(bound.state), std::string("the best rows of each partition, for ever"));
    }

    void withoutPartitionsOneTaskRanksAll() {
        const Json keep = {{"keys", {"k"}}, {"keep", "last"}};
        const Validated found =
            validated(pipeline({{"by", {"n"}}}, Json::object(), {node("newest", "deduplicate", keep)}));
        QCOMPARE(issuesOf(found).size(), std::size_t{0});
        const BoundNode& bound = *found.nodes.at("top").bound;
        QVERIFY(bound.distribution.kind == Distribution::Kind::Single && bound.distribution.keys.empty());
        QCOMPARE(bound.outputs[0].key, std::vector<int>{6});
        QCOMPARE(english(bound.state), std::string("all rows, until they are retracted"));
        QCOMPARE(bound.reads({ColumnSet(7), ColumnSet(8)}, found.nodes.at("top").inputs.front()).front(),
                 ColumnSet(6, true));
    }

    void readsOfASourceWhatItRanksBy() {
        Pipeline direct = pipeline({{"by", {"v"}}});
        direct.wires = {wire("source", "top"), wire("top", "table")};
        const Validated ranked = validated(direct);
        QVERIFY(!ranked.nodes.at("top").bound->outputs[0].windowed);
        const auto& inputs = ranked.nodes.at("top").inputs.front();
        QCOMPARE(ranked.nodes.at("top").bound->reads({ColumnSet(4), ColumnSet(5)}, inputs).front(),
                 (ColumnSet{true, false, true}));
    }

    // Their watermark is held back until nothing changes any more (event-time rules, 15).
    void ranksChangingRowsOfAWindowOnce() {
        for (const Json& window : {Json{{"allowed_lateness", "5s"}}, Json{{"early", "2s"}}}) {
            const Validated found = validated(pipeline({{"by", {"n"}}, {"partition_by", {"k"}}}, window));
            QCOMPARE(issuesOf(found).size(), std::size_t{0});
            QVERIFY(found.nodes.at("window").bound->outputs[0].updating);
            const BoundNode& bound = *found.nodes.at("top").bound;
            const StreamType& out = bound.outputs[0];
            QVERIFY(!out.updating && !out.multiset && out.key.empty() && out.made && out.windowed);
            QCOMPARE(out.eventTime, 2);
            QVERIFY(!bound.outputs[1].updating && bound.outputs[1].key.empty());
            QCOMPARE(bound.distribution.keys, (std::vector<std::vector<int>>{{3, 0, 1}}));
            QCOMPARE(english(bound.state),
                     std::string("all rows of each window, until the watermark passes its end"));
            QCOMPARE(bound.reads({ColumnSet(7), ColumnSet(8)}, found.nodes.at("top").inputs.front()).front(),
                     ColumnSet(6, true));
        }
    }
};

QTEST_APPLESS_MAIN(TestTopNNode)
#include "test_top_n_node.moc"
