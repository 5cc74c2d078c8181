// A run that does not come to its end because a disk does not answer, as the window shows it.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/main_tool_bar.h"
#include "core/pipeline/json/json.h"
#include "tests/support/file_accesses.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/theme/pill.h"

using namespace rw;
using namespace rw::ui;
using rw::testing::FileAccesses;
using State = RunSession::State;

class TestDeadRun : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }
    void cleanup() { FileAccesses::forget(); }

    void stopSaysWhatItWaitsForAndThenStopsWaiting() {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("dead")));
        const std::string dead = m_folder.filePath(QStringLiteral("dead/x.csv")).toStdString();
        const WindowFixture fixture;
        PipelineDocument& document = fixture.document();
        RunSession& session = fixture.canvas().view().canvas().session();
        document.startEmpty();
        const NodeId source =
            document.addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rate", 1000}}}, {});
        const NodeId out =
            document.addNode({"csv_sink", Json{{"path", dead}}, QStringLiteral("Kept")}, {300, 0});
        document.connectPorts({source, "out"}, {out, "in"});
        session.start();
        QTRY_VERIFY(session.snapshot().metrics.sourceRows > 0);
        QTRY_VERIFY(document.isValidated());
        FileAccesses::watch("/dead/");
        FileAccesses::hold();
        const auto* bar = fixture.window->findChild<MainToolBar*>();
        auto* button = bar->findChild<QPushButton*>(QStringLiteral("stopButton"));
        const auto* pill = bar->findChild<Pill*>();
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(session.state(), State::Stopping);
        QCOMPARE(button->accessibleName(), QStringLiteral("Stop"));
        QTRY_COMPARE(button->accessibleName(), QStringLiteral("Stop waiting"));
        QTRY_VERIFY2(pill->accessibleName().contains(QStringLiteral("waiting for “Kept”")),
                     qPrintable(pill->accessibleName()));
        leavePicture(*fixture.window, QStringLiteral("stop_waiting"));
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(session.state(), State::Stopped);
        QCOMPARE(pill->state(), Pill::State::Idle);
        QCOMPARE(button->accessibleName(), QStringLiteral("Stop"));
        QVERIFY(!button->isEnabled());
        QVERIFY(bar->runAction()->isEnabled());
        FileAccesses::forget();
        document.startEmpty();
    }
};

QTEST_MAIN(TestDeadRun)
#include "test_dead_run.moc"
