// Hidden pages of the inspector do nothing while a run goes on, and are up to date when they are
// shown.
#include <QPushButton>
#include <QTabBar>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/metrics_page.h"
#include "widgets/inspector/schema_page.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct Running {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    Inspector inspector{document, session};
    NodeId source, sink;

    Running() {
        source =
            document.addNode({"generator", Json::parse(R"({"columns": ["n BIGINT = i"], "rate": 100})")}, {});
        sink = document.addNode({"table_view"}, {400, 0});
        document.connectPorts({source, "out"}, {sink, "in"});
        document.selection().set({source});
    }
    ~Running() { session.stop(StopMode::Discard); }

    MetricsPage& metrics() { return *inspector.findChild<MetricsPage*>(); }
    SchemaPage& schema() { return *inspector.findChild<SchemaPage*>(); }
    void choose(int tab) { inspector.findChild<QTabBar*>()->setCurrentIndex(tab); }
    bool run() {
        session.start();
        return QTest::qWaitFor(
            [this] {
                const LiveNode* live = session.snapshot().node(source);
                return live != nullptr && live->metrics.rowsOut > 0;
            },
            30'000);
    }
    /// Waits until more pictures of the run were taken than pass between two looks of a page.
    bool goesOn() const {
        const std::uint64_t last = session.snapshot().sequence + 14;
        return QTest::qWaitFor([&] { return session.snapshot().sequence >= last; }, 20'000);
    }
};

constexpr int kSettings = 0, kSchema = 1, kMetrics = 3;

}  // namespace

class TestHiddenPages : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void figuresAreThoseOfNowWhenTheyAreShown() {
        Running running;
        running.inspector.show();
        QVERIFY(QTest::qWaitForWindowExposed(&running.inspector, 30'000));
        QVERIFY(running.run());
        QVERIFY(running.goesOn());
        QCOMPARE(running.metrics().topLevelItemCount(), 0);
        running.choose(kMetrics);
        const auto rowsOut = [&] { return running.metrics().topLevelItem(1)->text(1); };
        QVERIFY(running.metrics().topLevelItemCount() > 5);
        const QString shown = rowsOut();
        QVERIFY(shown != QLatin1String("0"));
        QTRY_VERIFY(rowsOut() != shown);  // in sight it follows
        running.choose(kSettings);
        const QString left = rowsOut();
        QVERIFY(running.goesOn());
        QCOMPARE(rowsOut(), left);
        running.inspector.hide();
        running.choose(kMetrics);
        QVERIFY(running.goesOn());
        QCOMPARE(rowsOut(), left);
        running.inspector.show();
        QVERIFY(rowsOut() != left);
    }

    void columnsAreThoseOfNowWhenTheyAreShown() {
        Running running;
        running.inspector.show();
        QTRY_VERIFY(running.document.isValidated());
        QCOMPARE(running.schema().topLevelItemCount(), 0);
        running.choose(kSchema);
        QCOMPARE(running.schema().topLevelItem(0)->child(0)->text(0), QStringLiteral("n"));
        running.choose(kSettings);
        running.document.setParam(running.source, "columns", Json::array({"other BIGINT = i"}));
        QTRY_VERIFY(running.document.isValidated());
        QCOMPARE(running.schema().topLevelItem(0)->child(0)->text(0), QStringLiteral("n"));
        running.choose(kSchema);
        QCOMPARE(running.schema().topLevelItem(0)->child(0)->text(0), QStringLiteral("other"));
    }

    /// No run goes on that would tell of it.
    void anAdviceThatWasTakenIsGoneAfterTheRun() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        Inspector inspector(document, session);
        const NodeId rows =
            document.addNode({"rows", Json::parse(R"({"columns": ["ts TIMESTAMP"], "event_time": "ts",
                                     "rows": [["2024-03-01 12:01:00"], ["2024-03-01 12:00:00"]]})")},
                             {});
        const NodeId window = document.addNodeBehind(
            {"window_aggregate", Json::parse(R"({"size": "10s", "aggregates": ["COUNT(*) AS n"]})")}, {},
            {rows, "out"});
        document.addNodeBehind({"table_view"}, {}, {window, "out"});
        document.selection().set({window});
        inspector.show();
        QVERIFY(QTest::qWaitForWindowExposed(&inspector, 30'000));
        QTRY_VERIFY(document.isValidated());
        session.start();
        QTRY_COMPARE(session.state(), RunSession::State::Finished);
        const auto link = [&]() -> QPushButton* {
            for (auto* each : inspector.findChildren<QPushButton*>())
                if (each->isVisible() && each->text().startsWith(QLatin1String("Set to "))) return each;
            return nullptr;
        };
        QTRY_VERIFY(link() != nullptr);
        QTest::mouseClick(link(), Qt::LeftButton);
        QVERIFY(document.pipeline().find(window)->params.contains("allowed_lateness"));
        QTRY_VERIFY(link() == nullptr);
    }
};

QTEST_MAIN(TestHiddenPages)
#include "test_hidden_pages.moc"
