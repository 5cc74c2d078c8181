// The figures of a node: the cause that its watermark waits for while a run goes on, and the findings.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "tests/support/made_remote_run.h"
#include "widgets/inspector/metrics_page.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A source by whose times a filter goes that holds for no row.
struct Shown {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    MetricsPage page{session};
    NodeId source, filter;

    Shown() {
        source = document.addNode(
            {"generator", Json::parse(R"json({"rate": 4000, "event_time": "ts", "columns": ["n BIGINT = i",
                "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"]})json")},
            {});
        filter = document.addNode({"filter", Json::parse(R"({"condition": "n < 0"})")}, {400, 0});
        const NodeId sink = document.addNode({"table_view"}, {800, 0});
        document.connectPorts({source, "out"}, {filter, "in"});
        document.connectPorts({filter, "out"}, {sink, "in"});
        page.setNode(filter);
        page.show();
    }
    ~Shown() { session.stop(StopMode::Discard); }

    /// The row whose first words are these; null: there is none.
    QTreeWidgetItem* row(const QString& words) const {
        for (int i = 0; i < page.topLevelItemCount(); ++i) {
            if (page.topLevelItem(i)->text(0).startsWith(words)) return page.topLevelItem(i);
        }
        return nullptr;
    }
};

}  // namespace

class TestMetricsPage : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void saysWhatTheWatermarkWaitsFor() {
        Shown shown;
        shown.session.start();
        const QString title = QString::fromStdString(shown.document.node(shown.source)->shownTitle());
        QTRY_VERIFY_WITH_TIMEOUT(shown.row(QStringLiteral("Waits for “%1”").arg(title)) != nullptr, 20'000);
        // Rows come and go with each look.
        QTRY_VERIFY(shown.row(QStringLiteral("Its watermark rose at")) != nullptr &&
                    shown.row(QStringLiteral("Waits for")) != nullptr);
        QVERIFY(shown.row(QStringLiteral("Waits for"))->toolTip(0).contains(title));
        shown.session.stop(StopMode::Now);
        QTRY_VERIFY(!shown.session.isActive());
        QTRY_VERIFY(shown.row(QStringLiteral("Waits for")) == nullptr);
        QVERIFY(shown.row(QStringLiteral("Rows in")) != nullptr);
    }

    // Not even when nobody waits for it.
    void aSourceWaitsForNobody() {
        Shown shown;
        shown.page.setNode(shown.source);
        shown.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(shown.row(QStringLiteral("Its watermark rose at")) != nullptr, 20'000);
        QVERIFY(shown.row(QStringLiteral("Waits for")) == nullptr);
        QVERIFY(shown.row(QStringLiteral("Holds back")) == nullptr);
    }

    void rowsDroppedAsNullAreAFigureOfTheirOwn() {
        Shown shown;
        const QString dropped = QStringLiteral("Dropped as NULL");
        shown.document.setParam(shown.filter, "condition", "NULLIF(n, n) > 0");
        shown.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(shown.row(dropped) != nullptr, 20'000);
        QVERIFY(shown.row(dropped)->toolTip(0).contains(QStringLiteral("IS NOT FALSE")));
        QVERIFY(!shown.row(dropped)->text(1).isEmpty());
        shown.page.setNode(shown.source);
        QVERIFY(shown.row(dropped) == nullptr);
    }

    void stateInFilesIsAFigureOfItsOwn() {
        MadeRemoteRun run;
        Shown shown;
        run.deployed = shown.document.pipeline();
        run.now = RunSession::State::Running;
        shown.session.show(&run);
        JobFigures figures;
        figures.nodes[shown.filter].stateBytes = 2'097'152;
        run.tell(figures);
        const QString files = QStringLiteral("State in files");
        QTRY_VERIFY(shown.row(QStringLiteral("State")) != nullptr);
        QVERIFY(shown.row(files) == nullptr);
        run.picture.nodes[shown.filter].metrics.stateSpilled = 1'610'612'736;
        Q_EMIT run.updated();
        QTRY_VERIFY(shown.row(files) != nullptr);
        QCOMPARE(shown.row(files)->text(1), QStringLiteral("1.5\u2009GiB"));
        QCOMPARE(shown.row(QStringLiteral("State"))->text(1), QStringLiteral("2\u2009MiB"));
        QVERIFY(shown.row(QStringLiteral("Keys in state")) != nullptr);
        const QString found = QStringLiteral("Found in memory");
        QVERIFY(shown.row(found) == nullptr);
        run.picture.nodes[shown.filter].metrics.stateHitRate = 0.83;
        Q_EMIT run.updated();
        QTRY_VERIFY(shown.row(found) != nullptr);
        QVERIFY2(shown.row(found)->text(1).startsWith(QStringLiteral("83")),
                 qPrintable(shown.row(found)->text(1)));
        shown.session.show(nullptr);
    }

    void aLongNameIsWrapped() {
        Shown shown;
        shown.page.resize(320, 600);
        shown.session.start();
        const QString waits = QStringLiteral("Waits for ");
        QTRY_VERIFY_WITH_TIMEOUT(shown.row(waits) != nullptr, 20'000);
        const auto heightOf = [&](const QString& words) {
            return shown.page.visualItemRect(shown.row(words)).height();
        };
        QTRY_VERIFY(shown.row(waits) && heightOf(waits) > heightOf(QStringLiteral("Rows in")) * 3 / 2);
    }

    void aWordWiderThanItsColumnIsWhole() {
        Shown shown;
        const QString word = QStringLiteral("Donaudampfschifffahrtsgesellschaft").repeated(2);
        shown.document.setTitle(shown.source, word);
        shown.page.resize(240, 600);
        shown.session.start();
        const QString waits = QStringLiteral("Waits for ");
        QTRY_VERIFY_WITH_TIMEOUT(shown.row(waits) != nullptr, 20'000);
        const QFontMetrics letters(shown.page.font());
        QTRY_VERIFY(shown.row(waits) &&
                    shown.page.visualItemRect(shown.row(waits)).height() >=
                        letters.horizontalAdvance(word) / shown.page.columnWidth(0) * letters.height());
    }

    void findingsStandBelowTheFigures() {
        Shown shown;
        shown.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(shown.row(QStringLiteral("0 of ")) != nullptr, 20'000);
        QTreeWidgetItem* finding = shown.row(QStringLiteral("0 of "));
        QVERIFY(finding->isFirstColumnSpanned());
        QVERIFY(finding->toolTip(0).startsWith(QStringLiteral("The condition held for none of ")));
        QCOMPARE(shown.page.indexOfTopLevelItem(finding), shown.page.topLevelItemCount() - 1);
        shown.page.setNode(shown.source);
        QVERIFY(shown.row(QStringLiteral("0 of ")) == nullptr);
        QVERIFY(!shown.row(QStringLiteral("Rows in"))->isFirstColumnSpanned());
    }
};

QTEST_MAIN(TestMetricsPage)
#include "test_metrics_page.moc"
