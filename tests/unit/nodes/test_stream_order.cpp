// Which streams come in the order of their source (rule 9 of the event-time rules), and streams that
// event_time refuses for want of an order (rule 8).
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Node source(const char* id) {
    return node(id, "rows",
                {{"columns", {"ts TIMESTAMP(3)", "k STRING"}},
                 {"event_time", "ts"},
                 {"rows", Json::array({Json::array({"2024-03-01 12:00:00", "a"})})}});
}

Node window(const char* id, Json keys) {
    return node(id, "window_aggregate",
                {{"window", "tumble"},
                 {"size", "10s"},
                 {"keys", std::move(keys)},
                 {"aggregates", {"COUNT(*) AS n"}}});
}

/// Two sources, a union of them, windows with and without keys behind one and behind both, and `more`.
Pipeline pipeline(std::vector<Node> more = {}, std::vector<Wire> wires = {}) {
    Pipeline made;
    made.nodes = {source("a"),
                  source("b"),
                  node("some", "filter", {{"condition", "k <> 'x'"}}),
                  node("named", "select", {{"columns", {"ts", "k"}}}),
                  node("both", "union"),
                  node("one", "union"),
                  window("keyed", {"k"}),
                  window("all", Json::array()),
                  window("all_of_both", Json::array())};
    made.wires = {wire("a", "some"),    wire("some", "named"),      wire("a", "both"),
                  wire("b", "both"),    wire("a", "one"),           wire("named", "keyed"),
                  wire("named", "all"), wire("both", "all_of_both")};
    for (Node& node : more) made.nodes.push_back(std::move(node));
    for (Wire& wire : wires) made.wires.push_back(std::move(wire));
    return made;
}

Validated validated(const Pipeline& tested) {
    static const Catalogue kCatalogue = builtin();
    return validate(tested, kCatalogue, {});
}

}  // namespace

class TestStreamOrder : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatComesInSourceOrder() {
        const Validated found = validated(pipeline());
        const auto ordered = [&](const char* id, std::size_t port) {
            return found.nodes.at(id).bound->outputs[port].sourceOrder;
        };
        QVERIFY(ordered("a", 0) && ordered("a", 1));
        QVERIFY(ordered("some", 0) && !ordered("some", 1));
        QVERIFY(ordered("named", 0) && !ordered("named", 1));
        QVERIFY(ordered("one", 0) && !ordered("both", 0));
        // Late rows: one task behind one wire keeps the order, several may bring it to nothing.
        QVERIFY(ordered("all", 1) && !ordered("keyed", 1) && !ordered("all_of_both", 1));
        QVERIFY(!ordered("all", 0) && !ordered("all", 2));
    }

    void eventTimeBehindLateAndRejectedRows_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("port");
        QTest::addColumn<QString>("refusal");
        const auto row = [](const char* from, const char* port, const char* refusal) {
            QTest::addRow("%s.%s", from, port) << from << port << QString::fromUtf8(refusal);
        };
        row("a", "out", "");
        row("both", "out", "");
        row("named", "out", "");
        row("keyed", "late", "“again” brings late rows");
        row("all", "late", "“again” brings late rows");
        row("keyed", "out", "“keyed” makes its rows itself");
    }
    void eventTimeBehindLateAndRejectedRows() {
        QFETCH(QString, from);
        QFETCH(QString, port);
        QFETCH(QString, refusal);
        // A select between hides neither.
        const char* time = from == "keyed" && port == "out" ? "window_time AS ts" : "ts";
        const Validated found = validated(pipeline(
            {node("again", "select", {{"columns", {time}}}), node("time", "event_time", {{"column", "ts"}})},
            {wire(qPrintable(from), "again", qPrintable(port)), wire("again", "time")}));
        QString said;
        for (const Issue& issue : found.issues) {
            if (issue.node != "time" || issue.severity != Severity::Error) continue;
            said += QString::fromStdString(english(issue));
        }
        if (refusal.isEmpty()) {
            QCOMPARE(said, QString());
        } else {
            QVERIFY2(said.contains(refusal), qPrintable(said));
        }
    }

    /// Several nodes make rows one behind the other: the first is the one to declare the event time before.
    void theFirstNodeThatMakesTheRowsIsNamed() {
        const Validated found = validated(pipeline(
            {node("once", "deduplicate", {{"keys", {"k"}}}), node("twice", "deduplicate", {{"keys", {"k"}}}),
             node("computed", "select", {{"columns", {"ts AS other"}}}),
             node("time", "event_time", {{"column", "other"}})},
            {wire("named", "once"), wire("once", "twice"), wire("twice", "computed"),
             wire("computed", "time")}));
        QString said;
        for (const Issue& issue : found.issues) {
            if (issue.node == "time" && issue.severity == Severity::Error)
                said += QString::fromStdString(english(issue));
        }
        QVERIFY2(
            said.contains("“once” makes its rows itself") && said.contains("Put this node before “once”"),
            qPrintable(said));
    }

    void onlyASourcesRejectedRowsHaveAPlace() {
        for (const char* from : {"a", "named", "keyed"}) {
            const Validated found =
                validated(pipeline({node("read", "select", {{"columns", {"TO_TIMESTAMP(`row`) AS ts"}}}),
                                    node("time", "event_time", {{"column", "ts"}})},
                                   {wire(from, "read", "rejected"), wire("read", "time")}));
            QString said;
            for (const Issue& issue : found.issues) {
                if (issue.node != "time" || issue.severity != Severity::Error) continue;
                said += QString::fromStdString(english(issue));
            }
            QCOMPARE(said.contains("“read” brings rejected rows"), from != std::string_view("a"));
            QCOMPARE(said.isEmpty(), from == std::string_view("a"));
        }
    }
};

QTEST_APPLESS_MAIN(TestStreamOrder)
#include "test_stream_order.moc"
