// What the plan says of state: how much of it stays in memory, and which nodes have the rest in files.
#include <QtTest>

#include "core/base/byte_size.h"
#include "core/pipeline/checks/settings_check.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

class TestExplain : public QObject {
    Q_OBJECT

    /// A window of this kind, and the first and the newest rows by key, behind the same source.
    static Pipeline windowed(const char* kind, const char* allowedLateness = "0s") {
        const Json columns = {"a BIGINT = i",
                              "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-01-01 00:00:00')"};
        Json params = {{"window", kind}, {"keys", {"a"}}, {"aggregates", {"COUNT(*) AS n"}}};
        params[params["window"] == "session" ? "gap" : "size"] = "1min";
        params["allowed_lateness"] = allowedLateness;
        if (params["window"] == "hop") params["slide"] = "10s";
        if (params["window"] == "cumulate") params["step"] = "10s";
        Pipeline pipeline;
        pipeline.nodes = {
            node("source", "generator", {{"columns", columns}, {"event_time", "ts"}}),
            node("windows", "window_aggregate", params),
            node("counts", "table_view", Json::object()),
            node("firsts", "deduplicate", {{"keys", {"a"}}}),
            node("seen", "table_view", Json::object()),
            node("newest", "deduplicate", {{"keys", {"a"}}, {"keep", "last"}}),
            node("now", "table_view", Json::object()),
            node("groups", "group_aggregate", {{"keys", {"a"}}, {"aggregates", {"COUNT(*) AS n"}}}),
            node("totals", "table_view", Json::object()),
            node("ending", "group_aggregate",
                 {{"keys", {"a"}}, {"aggregates", {"COUNT(*) AS n"}}, {"state_ttl", "1h"}}),
            node("recent", "table_view", Json::object()),
            node("all", "group_aggregate", {{"aggregates", {"COUNT(*) AS n"}}}),
            node("sum", "table_view", Json::object())};
        for (const auto& [from, to] : {std::pair("source", "windows"),
                                       {"windows", "counts"},
                                       {"source", "firsts"},
                                       {"firsts", "seen"},
                                       {"source", "newest"},
                                       {"newest", "now"},
                                       {"source", "groups"},
                                       {"groups", "totals"},
                                       {"source", "ending"},
                                       {"ending", "recent"},
                                       {"source", "all"},
                                       {"all", "sum"}})
            pipeline.wires.push_back(wire(from, to));
        return pipeline;
    }
    static QString said(const Pipeline& pipeline) {
        const auto plan = planOf(pipeline);
        return plan ? QString::fromStdString(explain(*plan)) : QString();
    }
    /// Behind its state, of a node.
    static QString keptIn(const QString& all, const QString& node) {
        const qsizetype state =
            all.indexOf(QStringLiteral("    state: "), all.indexOf(node + QStringLiteral(" (")));
        return all.mid(state).section(u'\n', 1, 1);
    }

 private Q_SLOTS:
    void theBudgetIsSaid() {
        Pipeline pipeline = windowed("tumble");
        QVERIFY2(said(pipeline)
                     .section(u'\n', 0, 0)
                     .endsWith(QStringLiteral(
                                   ", time zone UTC, state memory %1 (a quarter of the machine's memory)")
                                   .arg(QString::fromStdString(byteSizeText(usualStateMemory())))),
                 qPrintable(said(pipeline)));
        pipeline.settings.stateMemory = "1536KB";
        pipeline.settings.memoryLimit = "2GB";
        QVERIFY2(said(pipeline)
                     .section(u'\n', 0, 0)
                     .endsWith(QStringLiteral(
                         ", time zone UTC, memory limit 2\u2009GiB, state memory 1.5\u2009MiB")),
                 qPrintable(said(pipeline)));
    }

    void eachNodeSaysWhereItsStateIs_data() {
        QTest::addColumn<QString>("kept");
        const QString files = QStringLiteral("    kept in: memory, and files beyond the state memory");
        for (const char* kind : {"tumble", "hop", "cumulate", "session"}) QTest::newRow(kind) << files;
    }
    void eachNodeSaysWhereItsStateIs() {
        QFETCH(QString, kept);
        const QString all = said(windowed(QTest::currentDataTag()));
        QCOMPARE(keptIn(all, QStringLiteral("windows")), kept);
        for (const char* const node : {"firsts", "newest", "groups", "ending"})
            QCOMPARE(keptIn(all, QString::fromLatin1(node)), kept);
        QCOMPARE(keptIn(all, QStringLiteral("all")), QStringLiteral("    kept in: memory"));
        QCOMPARE(all.count(QStringLiteral("kept in:")), all.count(QStringLiteral("    state:")));
    }
    void sessionsThatAreCorrectedStayInMemory() {
        QCOMPARE(keptIn(said(windowed("session", "5s")), QStringLiteral("windows")),
                 QStringLiteral("    kept in: memory"));
    }
};

QTEST_GUILESS_MAIN(TestExplain)
#include "test_explain.moc"
