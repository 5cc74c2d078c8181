// The number of open alerts in the status bar, which leads to them.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/support/made_alerts.h"
#include "widgets/alerts/alerts_feature.h"
#include "widgets/alerts/open_alerts_button.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/document/connection_list.h"
#include "widgets/document/consent/run_consent.h"
#include "widgets/document/recent_files.h"
#include "widgets/pane/log_book.h"
#include "widgets/pane/pane.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/run_session.h"
#include "widgets/session/target_list.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

class TestOpenAlertsButton : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void isThereWhileAlertsAreOpen() {
        const MadeBoard made;
        AlertFeed feed;
        QWidget bar;
        auto* button = new OpenAlertsButton(feed, &bar);
        bar.show();
        QVERIFY(!button->isVisible());
        feed.show(made.board);
        QVERIFY(!button->isVisible());
        made.put("1", AlertStage::Open);
        made.put("2", AlertStage::Open, AlertKind::NoData);
        QTRY_COMPARE(button->text(), QStringLiteral("2 alerts open"));
        QVERIFY(button->isVisible() && !button->toolTip().isEmpty());
        feed.silence("alert", {}, kMaxTimestamp);
        QVERIFY(!button->isVisible());
    }

    void leadsToThePanel() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        ChartScheduler charts;
        const QTemporaryDir folder;
        ConnectionList connections(document, environmentSecret,
                                   folder.filePath(QStringLiteral("connections.json")).toStdString());
        TargetList targets(folder.filePath(QStringLiteral("targets.json")).toStdString());
        ClusterSession cluster(document, targets, environmentSecret);
        const RunConsent consent(document);
        const RecentFiles recent;
        LogBook log;
        QWidget window;
        AlertsFeature feature(
            {document, session, charts, connections, recent, targets, cluster, consent, log, window});
        const std::vector<Pane*> panels = feature.panels();
        QCOMPARE(panels.size(), std::size_t{1});
        const std::unique_ptr<Pane> panel(panels.front());
        const std::vector<QWidget*> parts = feature.statusParts();
        QCOMPARE(parts.size(), std::size_t{1});
        const std::unique_ptr<QWidget> part(parts.front());
        QSignalSpy opened(panel.get(), &Pane::openRequested);
        qobject_cast<QPushButton*>(part.get())->click();
        QCOMPARE(opened.count(), 1);
    }
};

QTEST_MAIN(TestOpenAlertsButton)
#include "test_open_alerts_button.moc"
