// Updating streams, at every node type: it takes them, or says so while the wire is still being drawn, with
// an action. And a filter's output for a change that moves a row in or out.
#include <SQLiteCpp/Database.h>

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/pipeline/validate.h"
#include "tests/support/pipeline_of.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& catalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

const Json kRowsParams = {{"columns", {"k STRING", "v INT", "d DOUBLE", "b BOOLEAN", "ts TIMESTAMP(3)"}},
                          {"rows", Json::array({Json::array({"a", 1, 2.5, true, "2024-01-01 00:00:00"})})},
                          {"event_time", "ts"}};

/// Rows k, v, d, b, ts that stay (“rows”), that change by a key (“keyed”), by that of a window (“windows”) or
/// by none (“nameless”); and the node.
Pipeline pipelineWith(const NodeKind& kind, const Json& params) {
    const auto last = [](const char* id) {
        return node(id, "deduplicate", {{"keys", {"k"}}, {"keep", "last"}});
    };
    const Json window = {
        {"size", "10s"}, {"early", "2s"}, {"keys", {"k", "v", "d", "b"}}, {"aggregates", {"MAX(ts) AS ts"}}};
    Pipeline pipeline;
    pipeline.nodes = {node("rows", "rows", kRowsParams),
                      last("keyed"),
                      last("other"),
                      node("windows", "window_aggregate", window),
                      node("nameless", "union"),
                      node("tested", kind.type.c_str(), params)};
    pipeline.wires = {wire("rows", "keyed"), wire("rows", "other"), wire("rows", "windows"),
                      wire("keyed", "nameless"), wire("other", "nameless")};
    return pipeline;
}

/// The error in how a wire from `from` to the node's port is taken or refused; empty: none.
std::string faultOf(const NodeKind& kind, const Json& params, const std::string& from, const PortSpec& port,
                    bool& refused) {
    Pipeline pipeline = pipelineWith(kind, params);
    for (const PortSpec& other : kind.inputs) {
        if (other.name != port.name)
            pipeline.wires.push_back({{"rows", "out"}, {"tested", other.name}, Json::object()});
    }
    const Wire drawn{{from, "out"}, {"tested", port.name}, Json::object()};
    ValidateOptions options;
    options.folder = "/nowhere";
    options.files = false;
    const std::string where = kind.type + " " + params.dump() + ", from " + from + " to " + port.name + ": ";
    const std::optional<Issue> issue = checkWire(pipeline, catalogue(), options, drawn);
    pipeline.wires.push_back(drawn);
    const Validated found = validate(pipeline, catalogue(), options);
    const bool bound = found.nodes.at("tested").bound != nullptr;
    refused = issue.has_value();
    if (issue && bound) return where + "the wire is refused, but the node takes it\n" + english(*issue);
    if (issue && issue->fix.empty()) return where + "no fix is named\n" + english(*issue);
    for (const Issue& said : found.issues) {
        if (said.node != "tested" || said.severity != Severity::Error) continue;
        if (said.fix.empty() && said.quickFixes.empty()) return where + "no fix is named\n" + english(said);
        if (said.port == port.name && !issue) return where + "the wire could be drawn\n" + english(said);
    }
    return {};
}

/// How a filter turns a change of k=a from one v to another.
std::vector<std::string> filtered(std::int32_t before, std::int32_t after) {
    StreamType changing = sampleStream();
    changing.updating = changing.made = true;
    changing.key = {0};
    changing.eventTime = -1;
    const auto row = [](std::int32_t v) -> Row { return {std::string("a"), v, Value{}, Value{}, Value{}}; };
    std::vector<Batch> changes = batches(changing, {row(before), row(after)}, 2);
    changes[0].kinds = std::make_shared<const std::vector<RowKind>>(
        std::vector{RowKind::UpdateBefore, RowKind::UpdateAfter});
    const NodeKind& kind = *catalogue().find("filter");
    const BoundForTest bound = bindNode(kind, {{"condition", "v > 5"}}, {{changing}});
    std::vector<std::string> kinds;
    const Driven driven = drive(kind, bound.node, {changing}, changes);
    for (const std::string& line : driven.ports[0].rows) kinds.push_back(line.substr(0, 8));
    return kinds;
}

}  // namespace

class TestChangingRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyNodeTakesThemOrNamesAFix_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < catalogue().kinds().size(); ++i) {
            const NodeKind& kind = catalogue().kinds()[i];
            if (!kind.inputs.empty()) QTest::newRow(kind.type.c_str()) << static_cast<int>(i);
        }
    }
    void everyNodeTakesThemOrNamesAFix() {
        QFETCH(int, index);
        const NodeKind& whole = catalogue().kinds()[static_cast<std::size_t>(index)];
        if (whole.bind == nullptr) return;  // its replacement is tried
        int tried = 0;
        StreamType steady = sampleStream();
        steady.sourceOrder = true;
        for (const Json& params : variants(whole)) {
            const NodeKind& kind = withPorts(whole, params);
            if (!bindNode(kind, params, inputsOf(kind, steady)).node) continue;
            for (const PortSpec& port : kind.inputs) {
                for (const char* from : {"keyed", "windows", "nameless"}) {
                    bool refused = false;
                    const std::string fault = faultOf(kind, params, from, port, refused);
                    QVERIFY2(fault.empty(), fault.c_str());
                    ++tried;
                }
            }
        }
        QVERIFY(tried > 0);
    }

    /// So that the check above does not pass because nothing is ever refused.
    void whoGoesByTimeOrCountsRefusesThemWithTheWire_data() {
        QTest::addColumn<QString>("type");
        for (const char* type : {"sort", "deduplicate", "event_time", "over_aggregate", "window_aggregate",
                                 "window_join", "interval_join", "temporal_join", "lookup_join", "histogram"})
            QTest::newRow(type) << QString::fromLatin1(type);
    }
    void whoGoesByTimeOrCountsRefusesThemWithTheWire() {
        QFETCH(QString, type);
        const NodeKind& kind = *catalogue().find(type.toStdString());
        for (const PortSpec& port : kind.inputs) {
            for (const char* from : {"keyed", "nameless"}) {
                bool refused = false;
                const std::string fault = faultOf(kind, variants(kind).front(), from, port, refused);
                QVERIFY2(fault.empty(), fault.c_str());
                QVERIFY2(refused, from);
            }
        }
    }

    void whatNeedsAKeyRefusesThoseWithoutWithTheWire() {
        const NodeKind& kind = *catalogue().find("sqlite_sink");
        const Json upsert = {{"database", "x.sqlite"}, {"table", "t"}, {"mode", "upsert"}};
        bool refused = true;
        QCOMPARE(faultOf(kind, upsert, "keyed", kind.inputs.front(), refused), std::string());
        QVERIFY(!refused);
        QCOMPARE(faultOf(kind, upsert, "nameless", kind.inputs.front(), refused), std::string());
        QVERIFY(refused);
    }

    void aFilterMakesOfAChangeWhatItIsBehindIt() {
        using Kinds = std::vector<std::string>;
        QCOMPARE(filtered(1, 2), Kinds{});
        QCOMPARE(filtered(1, 7), Kinds{"+I k=a, "});
        QCOMPARE(filtered(7, 1), Kinds{"-D k=a, "});
        QCOMPARE(filtered(7, 8), (Kinds{"-D k=a, ", "+I k=a, "}));
    }

    /// The fixes lead on until the pipeline runs: from “replace” to “upsert”, and to a table that takes it.
    void fixesLeadToATableThatTakesThem() {
        const QTemporaryDir folder;
        SQLite::Database database(folder.filePath("x.sqlite").toStdString(),
                                  SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("CREATE TABLE t (k TEXT); CREATE TABLE T_2 (k TEXT)");
        const NodeKind& kind = *catalogue().find("sqlite_sink");
        Json params = {{"database", "x.sqlite"}, {"table", "t"}};
        ValidateOptions options;
        options.folder = folder.path().toStdString();
        const auto firstFix = [&] {
            Pipeline pipeline = pipelineWith(kind, params);
            pipeline.wires.push_back(wire("windows", "tested"));
            for (const Issue& issue : validate(pipeline, catalogue(), options).issues) {
                if (issue.node == "tested") return issue.quickFixes.at(0);
            }
            return QuickFix{};
        };
        const QuickFix upsert = firstFix();
        QCOMPARE(upsert.value, Json("upsert"));
        params[upsert.param] = upsert.value;
        const QuickFix table = firstFix();
        QCOMPARE(english(table.label), std::string("Write to a new table “t_3”"));
        params[table.param] = table.value;
        QCOMPARE(firstFix().param, std::string());
    }

    /// Each name that is tried opens the file, so validation gives up after a hundred.
    void aNameForANewTableIsLookedForAHundredTimes() {
        const QTemporaryDir folder;
        SQLite::Database database(folder.filePath("x.sqlite").toStdString(),
                                  SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("BEGIN; CREATE TABLE t (k TEXT)");
        for (int number = 2; number <= 120; ++number)
            database.exec("CREATE TABLE t_" + std::to_string(number) + " (k TEXT)");
        database.exec("COMMIT");
        Pipeline pipeline = pipelineWith(*catalogue().find("sqlite_sink"),
                                         {{"database", "x.sqlite"}, {"table", "t"}, {"mode", "upsert"}});
        pipeline.wires.push_back(wire("windows", "tested"));
        ValidateOptions options;
        options.folder = folder.path().toStdString();
        std::vector<std::string> fixes;
        for (const Issue& issue : validate(pipeline, catalogue(), options).issues) {
            if (issue.node != "tested") continue;
            for (const QuickFix& fix : issue.quickFixes) fixes.push_back(english(fix.label));
        }
        QCOMPARE(fixes, std::vector<std::string>{"Write to a new table “t_101”"});
    }
};

QTEST_APPLESS_MAIN(TestChangingRows)
#include "test_changing_rows.moc"
