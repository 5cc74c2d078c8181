// Resuming from a checkpoint in the whole window: the button beside Run, its text, the questions before.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/main_tool_bar.h"
#include "app/status_line.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/checkpoints/checkpoints_panel.h"
#include "widgets/checkpoints/resume_action.h"
#include "widgets/checkpoints/resume_dialog.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/icon_button.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// Numbers without end, counted, into the table “t” of out.sqlite; a checkpoint every 50 ms.
struct ResumingWindow : WindowFixture {
    QTemporaryDir folder{};
    NodeId source, counted, sink;

    ResumingWindow() {
        document().startEmpty();
        source = document().addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 0}, {"rate", 2000}}}, {0, 0});
        counted = document().addNode(
            {"group_aggregate", Json{{"keys", {"n"}}, {"aggregates", {"COUNT(*) AS c"}}}}, {300, 0});
        sink = document().addNode(
            {"sqlite_sink", Json{{"database", "out.sqlite"}, {"table", "t"}, {"mode", "upsert"}}}, {600, 0});
        document().connectPorts({source, "out"}, {counted, "in"});
        document().connectPorts({counted, "out"}, {sink, "in"});
        Settings settings = document().pipeline().settings;
        settings.unknown["checkpoint_every"] = "50ms";
        document().setSettings(settings);
        if (!document().saveAs(folder.filePath(QStringLiteral("p.rill"))).ok()) qFatal("not saved");
        if (!validated()) qFatal("not validated");
    }
    ~ResumingWindow() {
        session().stop();
        (void)QTest::qWaitFor([this] { return !session().isActive(); }, 20'000);
        document().startEmpty();
    }
    RunSession& session() const { return canvas().view().canvas().session(); }
    bool validated() const {
        return QTest::qWaitFor([this] { return document().isValidated(); }, 20'000);
    }
    ResumeAction& resume() const { return *window->findChild<ResumeAction*>(); }
    QPushButton& button() const { return *window->findChild<QPushButton*>(QStringLiteral("historyButton")); }
    bool runAndStop() const {
        session().start();
        // Until then the figures are those of the run before.
        if (!QTest::qWaitFor([this] { return session().state() == State::Running; }, 20'000)) return false;
        return QTest::qWaitFor([this] { return session().snapshot().metrics.checkpoints.taken > 1; },
                               20'000) &&
               stop();
    }
    bool stop() const {
        session().stop();
        return QTest::qWaitFor(
            [this] {
                const auto number = session().snapshot().metrics.checkpoints.number;
                const QString words = QStringLiteral("checkpoint %1 ").arg(number);
                return !session().isActive() && resume().isEnabled() && resume().toolTip().contains(words);
            },
            20'000);
    }
    ResumeDialog* question() const {
        auto* dialog = window->findChild<ResumeDialog*>();
        return dialog != nullptr && dialog->isVisible() ? dialog : nullptr;
    }
    QString rows(const char* sql) const {
        SQLite::Database database(folder.filePath(QStringLiteral("out.sqlite")).toStdString(),
                                  SQLite::OPEN_READONLY);
        return QString::fromStdString(database.execAndGet(sql).getString());
    }
    QString told() const {
        QStringList all;
        for (const QLabel* label : window->findChild<StatusLine*>()->findChildren<QLabel*>()) {
            if (!label->isHidden()) all << label->text();
        }
        return all.join(u'|');
    }
};

}  // namespace

class TestResumeInWindow : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void thereIsNothingYet() {
        const ResumingWindow fixture;
        QTRY_VERIFY(fixture.resume().isVisible());
        QVERIFY(!fixture.resume().isEnabled() && !fixture.button().isEnabled());
        fixture.document().setParam(fixture.source, "rows", 10);
        QTRY_VERIFY(!fixture.resume().isVisible());  // it ends by itself, and takes none
        QVERIFY(fixture.button().isHidden());
    }

    void saysWhatItGoesOnFromAndHowFarBack() {
        const ResumingWindow fixture;
        QVERIFY(fixture.runAndStop());
        const QString number = QString::number(fixture.session().snapshot().metrics.checkpoints.number);
        QTRY_VERIFY2(
            fixture.button().toolTip().startsWith(QStringLiteral("Resume from checkpoint ") + number),
            qPrintable(fixture.button().toolTip()));
        QVERIFY2(fixture.button().toolTip().contains(QLatin1String("the stop")),
                 qPrintable(fixture.button().toolTip()));
        QVERIFY(fixture.button().isEnabled() && fixture.button().isVisible());
        QCOMPARE(fixture.button().accessibleName(), QStringLiteral("Resume from checkpoint ") + number);
        // Run names its effect on it.
        const auto* run = fixture.window->findChild<QPushButton*>(QStringLiteral("runButton"));
        QVERIFY2(run->toolTip().contains(QStringLiteral("takes the place of checkpoint ") + number),
                 qPrintable(run->toolTip()));
    }

    void goesOnWithoutAQuestion() {
        const ResumingWindow fixture;
        QVERIFY(fixture.runAndStop());
        QTest::mouseClick(&fixture.button(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session().state(), State::Running, 20'000);
        QVERIFY(!fixture.question());
        QVERIFY2(fixture.told().contains(QLatin1String("Goes on from checkpoint ")),
                 qPrintable(fixture.told()));
        QVERIFY(!fixture.button().isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session().snapshot().metrics.checkpoints.taken > 1, 20'000);
        QVERIFY(fixture.stop());
        QCOMPARE(fixture.rows("SELECT (count(*) - max(n) - 1) || ' ' || max(c) FROM t"),
                 QStringLiteral("0 1"));
    }

    void aRunFromTheBeginningSaysSoAndAsksNothing() {
        const ResumingWindow fixture;
        QVERIFY(fixture.runAndStop());
        fixture.session().start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session().state(), State::Running, 20'000);
        QTRY_VERIFY2(fixture.told().contains(QLatin1String("takes the place of checkpoint ")),
                     qPrintable(fixture.told()));
    }

    void theStatusBarHasTheNewest() {
        const ResumingWindow fixture;
        fixture.session().start();
        static const QRegularExpression kWords(QStringLiteral("checkpoint \\d+, .+ ago"));
        QTRY_VERIFY_WITH_TIMEOUT(kWords.match(fixture.told()).hasMatch(), 20'000);
        QVERIFY(fixture.stop());
        QTRY_VERIFY(!kWords.match(fixture.told()).hasMatch());
    }

    void afterAFailureItRunsFromThere() {
        const ResumingWindow fixture;
        fixture.document().insertNode(
            {"filter", Json{{"condition", "1 / (n - 1000) IS NOT NULL"}, {"on_error", "fail"}}}, {150, 0},
            {{fixture.source, "out"}, {fixture.counted, "in"}});
        QVERIFY(fixture.validated());
        fixture.session().start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session().state(), State::Failed, 30'000);
        QTRY_VERIFY(fixture.resume().isEnabled());
        QVERIFY(fixture.resume().buttonText().startsWith(QLatin1String("Run from checkpoint ")));
        QTRY_VERIFY2(fixture.button().toolTip().contains(QStringLiteral("\u2009s before the failure")),
                     qPrintable(fixture.button().toolTip()));
    }

    void whatAnEditLosesIsListedFirst() {
        const ResumingWindow fixture;
        QVERIFY(fixture.runAndStop());
        fixture.document().setTitle(fixture.counted, QStringLiteral("Counted"));
        fixture.document().setParam(fixture.counted, "aggregates", Json::array({"MAX(n) AS c"}));
        QVERIFY(fixture.validated());
        fixture.resume().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.question() != nullptr, 20'000);
        auto* table = fixture.question()->findChild<QTableWidget*>(QStringLiteral("fates"));
        QVERIFY(table != nullptr && table->rowCount() >= 1);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("Counted"));
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("lost"));
        QVERIFY(!table->item(0, 2)->text().isEmpty());
        QVERIFY(fixture.session().state() == State::Stopped);  // nothing before an answer
        leavePicture(*fixture.question(), QStringLiteral("resume_question"));
        fixture.question()->findChild<QPushButton*>(QStringLiteral("decline"))->click();
        QTRY_VERIFY(fixture.question() == nullptr);
        QVERIFY(fixture.session().state() == State::Stopped);
        fixture.resume().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.question() != nullptr, 20'000);
        fixture.question()->findChild<QPushButton*>(QStringLiteral("agree"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session().state(), State::Running, 20'000);
    }

    void withErrorsItIsRefused() {
        const ResumingWindow fixture;
        QVERIFY(fixture.runAndStop());
        fixture.document().setParam(fixture.counted, "aggregates", Json::array({"NOTHING(n) AS c"}));
        QVERIFY(fixture.validated());
        QTRY_VERIFY(hasErrors(fixture.document().issues()));
        fixture.resume().trigger();
        QVERIFY(fixture.session().wasRefused());
        QVERIFY(!fixture.session().isActive());
    }

    void aSavepointIsSavedStartedFromAndDeleted() {
        const ResumingWindow fixture;
        QVERIFY(fixture.runAndStop());
        auto* panel = fixture.window->findChild<CheckpointsPanel*>();
        panel->opens()->trigger();
        QTRY_VERIFY(panel->model().rowCount() > 0);
        const auto press = [panel](const char* words) {
            for (auto* each : panel->tools()->findChildren<IconButton*>()) {
                if (each->toolTip().startsWith(QLatin1String(words))) return each->click();
            }
            qFatal("no such button");
        };
        QTRY_VERIFY(fixture.resume().isEnabled());
        press("Save");
        QInputDialog* name = nullptr;
        QTRY_VERIFY((name = fixture.window->findChild<QInputDialog*>()) != nullptr);
        name->setTextValue(QStringLiteral("  before  "));
        name->accept();
        const auto first = [panel] {
            return panel->model().index(0, CheckpointsModel::Which).data().toString();
        };
        QTRY_VERIFY2(first().startsWith(QLatin1String("before (")), qPrintable(first()));
        QTRY_VERIFY(fixture.resume().text().contains(QStringLiteral("savepoint “before”")));
        press("Start");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session().state(), State::Running, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session().snapshot().metrics.checkpoints.taken > 0, 20'000);
        QVERIFY(fixture.stop());
        QCOMPARE(fixture.rows("SELECT (count(*) - max(n) - 1) || ' ' || max(c) FROM t"),
                 QStringLiteral("0 1"));
        const auto rowOfIt = [panel] {
            for (int row = 0; row < panel->model().rowCount(); ++row) {
                if (panel->model().at(row).name == "before") return row;
            }
            return -1;
        };
        QTRY_VERIFY(rowOfIt() >= 0);
        for (auto* table : panel->findChildren<QTableView*>()) {
            if (table->model() == &panel->model()) table->selectRow(rowOfIt());
        }
        // Answered by no and then by yes: the loss is asked about.
        for (const bool sure : {false, true}) {
            QTimer::singleShot(50, this, [sure] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                QVERIFY(box != nullptr);
                for (QAbstractButton* each : box->buttons()) {
                    if (each->text() == (sure ? QLatin1String("Delete") : QLatin1String("Keep it")))
                        return each->click();
                }
            });
            press("Delete");
            if (!sure) QVERIFY(rowOfIt() >= 0);
        }
        QTRY_COMPARE(rowOfIt(), -1);
    }

    void anotherPipelineHasNothingToGoOnFrom() {
        const ResumingWindow fixture;
        QVERIFY(fixture.runAndStop());
        fixture.document().startEmpty();
        QTRY_VERIFY(!fixture.resume().isVisible());
        QVERIFY(fixture.document().open(fixture.folder.filePath(QStringLiteral("p.rill"))).ok());
        QTRY_VERIFY(fixture.resume().isEnabled());
        QTRY_VERIFY(!fixture.button().isHidden());
    }
};

QTEST_MAIN(TestResumeInWindow)
#include "test_resume_in_window.moc"
