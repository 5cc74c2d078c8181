// Binding of window_aggregate: its output, the columns it reads, and errors of wrong parameters.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"

using namespace rw;

namespace {

/// A source of (ts, k, v) with or without event time, a window behind it, or two, and a table.
Pipeline pipeline(const Json& window, const Json& second = nullptr, bool eventTime = true) {
    Pipeline out;
    const auto add = [&](const char* id, const char* type, Json params) {
        Node node;
        node.id = id;
        node.type = type;
        node.params = std::move(params);
        out.nodes.push_back(std::move(node));
    };
    Json source = {{"columns", {"ts TIMESTAMP(3)", "k STRING", "v BIGINT", "unused STRING"}},
                   {"rows", Json::array({Json::array({"2024-03-01 12:00:00", "a", 1, "x"})})}};
    if (eventTime) source["event_time"] = "ts";
    add("source", "rows", std::move(source));
    add("window", "window_aggregate", window);
    out.wires.push_back({{"source", "out"}, {"window", "in"}, {}});
    if (second.is_object()) {
        add("second", "window_aggregate", second);
        out.wires.push_back({{"window", "out"}, {"second", "in"}, {}});
    }
    add("table", "table_view", Json::object());
    out.wires.push_back({{out.nodes[out.nodes.size() - 2].id, "out"}, {"table", "in"}, {}});
    return out;
}

Validated validated(const Pipeline& tested) {
    static const Catalogue kCatalogue = builtin();
    return validate(tested, kCatalogue, {});
}

Json tumble(Json more = Json::object()) {
    Json params = {{"window", "tumble"}, {"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"SUM(v) AS s"}}};
    params.update(more);
    return params;
}

std::string columns(const StreamType& stream) {
    std::string text;
    for (const Field& field : stream.schema->fields) text += (text.empty() ? "" : ", ") + field.name;
    return text;
}

}  // namespace

class TestWindowAggregate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void describesItsOutput() {
        const Validated found =
            validated(pipeline(tumble({{"aggregates", {"SUM(v) AS s", "COUNT(*) AS n"}}})));
        QCOMPARE(found.issues.size(), std::size_t{0});
        const BoundNode& bound = *found.nodes.at("window").bound;
        QCOMPARE(columns(bound.outputs[0]), std::string("window_start, window_end, window_time, k, s, n"));
        QCOMPARE(columns(bound.outputs[1]), std::string("ts, k, v, unused, late_by, late_for"));
        QCOMPARE(bound.outputs[0].eventTime, 2);
        QVERIFY(bound.outputs[0].made && bound.outputs[0].windowed && !bound.outputs[0].updating);
        QVERIFY(bound.distribution.kind == Distribution::Kind::Keyed);
        QCOMPARE(english(bound.summary), std::string("TUMBLE 10\u2009s · by k · SUM(v), COUNT(*)"));
    }

    void withoutKeysOneTaskTakesAll() {
        const Validated found = validated(pipeline(tumble({{"keys", Json::array()}})));
        const BoundNode& bound = *found.nodes.at("window").bound;
        QVERIFY(bound.distribution.kind == Distribution::Kind::Single);
        QCOMPARE(english(bound.summary), std::string("TUMBLE 10\u2009s · SUM(v)"));
    }

    void readsOnlyWhatItNeeds() {
        const Validated found =
            validated(pipeline(tumble({{"aggregates", {"COUNT(*) FILTER (WHERE v > 1) AS n"}}})));
        const BoundNode& bound = *found.nodes.at("window").bound;
        const auto& inputs = found.nodes.at("window").inputs.front();
        std::vector<ColumnSet> wanted = {ColumnSet(5, true), ColumnSet(6, false), ColumnSet(4, false)};
        QCOMPARE(bound.reads(wanted, inputs).front(), (ColumnSet{true, true, true, false}));
        wanted[1] = ColumnSet(6, true);  // a wired late port passes all columns on
        QCOMPARE(bound.reads(wanted, inputs).front(), (ColumnSet{true, true, true, true}));
    }

    void equalNamesAreToldApartAsFlinkDoes() {
        const Validated found =
            validated(pipeline(tumble({{"aggregates", {"SUM(v) AS k", "MIN(v) AS m", "MAX(v) AS m"}}})));
        QVERIFY(found.runnable());
        QCOMPARE(found.issues.size(), std::size_t{2});
        QVERIFY(found.issues[0].severity == Severity::Warning);
        QCOMPARE(found.issues[1].item, 2);
        QCOMPARE(columns(found.nodes.at("window").bound->outputs[0]),
                 std::string("window_start, window_end, window_time, k, k0, m, m0"));
    }

    void equalNamesAreMendedByAFix() {
        const Json given = {"SUM(v) AS k", "MAX(v) AS max_m",
                            "MIN(v) AS m", "MAX(v) FILTER (WHERE v > 1) AS m",
                            "AVG(v) AS m", "MAX(v) AS max_m"};
        const Validated found = validated(pipeline(tumble({{"aggregates", given}})));
        QCOMPARE(found.issues.size(), std::size_t{4});
        Json mended = given;
        for (const Issue& issue : found.issues) {
            QCOMPARE(issue.quickFixes.size(), std::size_t{1});
            const auto item = static_cast<std::size_t>(issue.item);
            mended[item] = issue.quickFixes.front().value[item];
        }
        QCOMPARE(english(found.issues[0].quickFixes.front().label), std::string("Call it “sum_k”"));
        QCOMPARE(mended,
                 (Json{"SUM(v) AS sum_k", "MAX(v) AS max_m", "MIN(v) AS m",
                       "MAX(v) FILTER (WHERE v > 1) AS m_2", "AVG(v) AS avg_m", "MAX(v) AS max_m_2"}));
        QCOMPARE(validated(pipeline(tumble({{"aggregates", mended}}))).issues.size(), std::size_t{0});
    }

    void wrongParameters_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("param");
        QTest::addColumn<int>("item");
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("fix");  // the value that the first fix sets, as JSON; empty: no fix
        const auto row = [](const char* params, const char* param, int item, int position,
                            const char* message, const char* fix) {
            QTest::addRow("%s", params) << QString::fromUtf8(params) << QString::fromUtf8(param) << item
                                        << position << QString::fromUtf8(message) << QString::fromUtf8(fix);
        };
        row(R"({"window": "hop", "slide": "20s"})", "slide", -1, 0,
            "A slide of 20s is longer than the window of 10s.", "\"10s\"");
        row(R"({"window": "cumulate", "step": "4s"})", "size", -1, 0,
            "The size of 10s is not a multiple of the step of 4s.", "\"12s\"");
        row(R"({"window": "input"})", "window", -1, 0, "The rows of “source” carry no windows.",
            "\"tumble\"");
        row(R"({"keys": ["k", "vv"]})", "keys", 1, 0, "There is no column “vv”.", R"(["k","v"])");
        row(R"({"keys": ["k", "v", "k"]})", "keys", 2, 0, "“k” stands twice among the keys.", R"(["k","v"])");
        row(R"({"aggregates": ["COUNT(*) AS n", "SUM(k) AS s"]})", "aggregates", 1, 4,
            "SUM takes a number, not STRING.", "");
        row(R"({"aggregates": ["SUM(vv) AS s"]})", "aggregates", 0, 4, "", R"(["SUM(v) AS s"])");
        row(R"x({"aggregates": ["COUNT(*)"]})x", "aggregates", 0, 8, "The result has no name.",
            R"x(["COUNT(*) AS result"])x");
        row(R"({"size": "0s"})", "size", -1, 0, "", "");
        row(R"({"size": null})", "size", -1, 0, "", "");
        row(R"({"window": "session"})", "gap", -1, 0, "", "");
        row(R"({"aggregates": []})", "aggregates", -1, 0, "", "");
    }
    void wrongParameters() {
        QFETCH(QString, params);
        QFETCH(QString, param);
        QFETCH(int, item);
        QFETCH(int, position);
        QFETCH(QString, message);
        QFETCH(QString, fix);
        Json given = tumble(Json::parse(params.toStdString()));
        if (given["size"].is_null()) given.erase("size");
        const Validated found = validated(pipeline(given));
        QVERIFY(!found.runnable());
        std::vector<Issue> errors;
        for (const Issue& issue : found.issues) {
            if (issue.severity == Severity::Error) errors.push_back(issue);
        }
        QCOMPARE(errors.size(), std::size_t{1});
        const Issue& issue = errors.front();
        QCOMPARE(QString::fromStdString(issue.param), param);
        QCOMPARE(issue.node, std::string("window"));
        QCOMPARE(issue.item, item);
        if (!message.isEmpty()) QCOMPARE(QString::fromStdString(english(issue.message)), message);
        if (item >= 0) QCOMPARE(static_cast<int>(issue.position), position);
        if (fix.isEmpty()) return;
        QVERIFY(!issue.quickFixes.empty());
        QCOMPARE(QString::fromStdString(issue.quickFixes.front().value.dump()), fix);
    }

    void aHopThatFlinkRefusesIsWarnedOf() {
        const Validated found = validated(pipeline(tumble({{"window", "hop"}, {"slide", "4s"}})));
        QVERIFY(found.runnable());
        QCOMPARE(found.issues.size(), std::size_t{1});
        QVERIFY(found.issues[0].severity == Severity::Warning);
        QCOMPARE(found.issues[0].quickFixes.front().value, Json("8s"));
    }

    void manyWindowsOfARowAreWarnedOf_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("param");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("fix");
        QTest::newRow("hop") << QStringLiteral(R"({"window": "hop", "size": "6h", "slide": "1ms"})")
                             << "slide"
                             << QStringLiteral(
                                    "A row falls into 21\u2009600\u2009000 windows, and each of "
                                    "them gives results of its own.")
                             << "2160ms";
        QTest::newRow("cumulate") << QStringLiteral(R"({"window": "cumulate", "size": "1d", "step": "1s"})")
                                  << "step"
                                  << QStringLiteral(
                                         "A row falls into 86\u2009400 windows, and each of "
                                         "them gives results of its own.")
                                  << "8640ms";
        QTest::newRow("just enough") << QStringLiteral(R"({"window": "hop", "size": "10s", "slide": "1ms"})")
                                     << ""
                                     << ""
                                     << "";
    }
    void manyWindowsOfARowAreWarnedOf() {
        QFETCH(QString, params);
        QFETCH(QString, param);
        QFETCH(QString, message);
        QFETCH(QString, fix);
        const Validated found = validated(pipeline(tumble(Json::parse(params.toStdString()))));
        QVERIFY(found.runnable());
        QCOMPARE(found.issues.size(), std::size_t{fix.isEmpty() ? 0U : 1U});
        if (fix.isEmpty()) return;
        const Issue& issue = found.issues.front();
        QVERIFY(issue.severity == Severity::Warning);
        QCOMPARE(QString::fromStdString(issue.param), param);
        QCOMPARE(QString::fromStdString(english(issue.message)), message);
        QCOMPARE(QString::fromStdString(issue.quickFixes.front().value.get<std::string>()), fix);
        // The offered values are enough.
        Json fixed = tumble(Json::parse(params.toStdString()));
        fixed[issue.param] = issue.quickFixes.front().value;
        QCOMPARE(validated(pipeline(fixed)).issues.size(), std::size_t{0});
    }

    void aWindowNeedsEventTime() {
        const Validated found = validated(pipeline(tumble(), nullptr, false));
        QCOMPARE(found.issues.size(), std::size_t{1});
        QCOMPARE(english(found.issues[0].message),
                 std::string("A window needs an event-time column; “source” has none marked."));
        QCOMPARE(found.issues[0].quickFixes.front().value, Json("ts"));
    }

    void sessionsRefuseRowsThatChange() {
        const Json first = tumble({{"allowed_lateness", "5s"}});
        const Json session = {{"window", "session"}, {"gap", "5s"}, {"aggregates", {"COUNT(*) AS n"}}};
        const Validated found = validated(pipeline(first, session));
        QCOMPARE(found.issues.size(), std::size_t{1});
        const std::string message = english(found.issues[0].message);
        QVERIFY(message.find("“window”") != std::string::npos &&
                message.find("“second”") != std::string::npos);
        QVERIFY(validated(pipeline(tumble(), session)).runnable());
    }

    void windowsOfWindows() {
        const Json first = tumble({{"early", "2s"}});
        for (const char* window : {"tumble", "input"}) {
            const Json second = {{"window", window}, {"size", "1min"}, {"aggregates", {"SUM(s) AS t"}}};
            const Validated found = validated(pipeline(first, second));
            QVERIFY2(found.runnable(), window);
            const StreamType& out = found.nodes.at("second").bound->outputs[0];
            QVERIFY(!out.updating);
            QCOMPARE(columns(out), std::string("window_start, window_end, window_time, t"));
        }
    }

    void windowColumnsNeedNotBeKeys() {
        const Json second = {
            {"window", "input"}, {"keys", {"window_start"}}, {"aggregates", {"SUM(s) AS t"}}};
        const Validated found = validated(pipeline(tumble(), second));
        QVERIFY(!found.runnable());
        QCOMPARE(found.issues[0].param, std::string("keys"));
        QCOMPARE(found.issues[0].quickFixes.front().value, Json::array());
    }

    void earlyResultsThatNeverComeAreWarnedOf() {
        const Validated found = validated(pipeline(tumble({{"early", "10s"}})));
        QVERIFY(found.runnable());
        QCOMPARE(found.issues.size(), std::size_t{1});
        QCOMPARE(found.issues[0].param, std::string("early"));
    }
};

QTEST_APPLESS_MAIN(TestWindowAggregate)
#include "test_window_aggregate.moc"
