// What runs say becomes lines of the log and of the log file.
#include <spdlog/sinks/ostream_sink.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <sstream>

#include "tests/unit/panels/bench.h"
#include "widgets/panels/log_recorder.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct LogBench : Bench {
    LogModel model;
    std::ostringstream file;
    LogRecorder recorder{
        session, model,
        std::make_shared<spdlog::logger>("file", std::make_shared<spdlog::sinks::ostream_sink_st>(file)),
        nullptr};

    bool hasLine(LogLevel level, const QString& words) const {
        for (int row = 0; row < model.rowCount(); ++row) {
            const LogEntry& entry = model.entry(row);
            if (entry.level == level && entry.words().contains(words)) return true;
        }
        return false;
    }
};

}  // namespace

class TestLogRecorder : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aRunFromStartToEnd() {
        LogBench bench;
        const NodeId rows = bench.document.addNode(
            nodeOf("rows", QStringLiteral("Some rows"), {{"columns", {"a INT"}}, {"rows", {{1}, {2}, {3}}}}),
            {0, 0});
        bench.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {300, 0},
                                     {rows, "out"});
        bench.session.start();
        QTRY_COMPARE(bench.session.state(), RunSession::State::Finished);
        QVERIFY(bench.hasLine(LogLevel::Info, QStringLiteral("Run started")));
        QVERIFY(bench.hasLine(LogLevel::Info, QStringLiteral("Run finished")));
        QVERIFY(bench.file.str().find("Run started") != std::string::npos);
    }

    void aPipelineThatCannotRunNamesItsNode() {
        LogBench bench;
        bench.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 0});
        bench.session.start();
        QTRY_VERIFY(bench.model.rowCount() > 0);
        QTRY_COMPARE(bench.session.state(), RunSession::State::Stopped);
        bool named = false;
        for (int row = 0; row < bench.model.rowCount(); ++row) {
            const LogEntry& entry = bench.model.entry(row);
            named = named || (entry.level == LogLevel::Error && entry.title == QLatin1String("Orders"));
        }
        QVERIFY(named);
    }
};

QTEST_MAIN(TestLogRecorder)
#include "test_log_recorder.moc"
