// The Apply panel: there while an answer is waited for, the dearest first, in words.
#include <SQLiteCpp/SQLiteCpp.h>

#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QTimer>
#include <QtTest/QtTest>
#include <optional>

#include "tests/support/made_remote_run.h"
#include "tests/unit/checkpoints/checkpointed_program.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/live_edits/apply_panel.h"
#include "widgets/live_edits/fate_tile.h"
#include "widgets/theme/line_delegate.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestApplyPanel : public QObject {
    Q_OBJECT

    std::unique_ptr<CheckpointedProgram> m_program;
    std::unique_ptr<ChartScheduler> m_charts;
    std::unique_ptr<ApplyPanel> m_panel;

    RunSession& session() { return m_program->session; }
    PipelineDocument& document() { return m_program->document; }
    QPushButton& button(const char* name) { return *m_panel->findChild<QPushButton*>(QLatin1String(name)); }
    QString cell(int row, int column) const {
        return m_panel->model().index(row, column).data().toString();
    }
    bool begin() {
        session().start();
        return QTest::qWaitFor([this] { return session().state() == State::Running; }, 20'000) &&
               m_program->awaitTaken(2);
    }
    bool asks() {
        session().apply();
        return QTest::qWaitFor([this] { return session().receipt() != nullptr; }, 20'000) &&
               m_panel->isPresent();
    }
    bool askedFor(const char* ttl) {
        m_program->document.setParam(m_program->counted, "state_ttl", ttl);
        return asks();
    }
    const QAction& menuEntry() const {
        for (const Pane::Entry& each : m_panel->entries()) {
            if (each.id == QLatin1String("apply.go_back")) return *each.action;
        }
        qFatal("no entry to go back");
    }
    bool mayGoBackByMenu() const { return menuEntry().isEnabled(); }
    /// Whether it is off, and says these words about it.
    bool isOffFor(const char* words) const {
        return !mayGoBackByMenu() && menuEntry().toolTip().contains(QLatin1String(words));
    }
    /// Whether a run with windows of an hour goes on, and it is asked for windows of half an hour.
    bool asksForShorterWindows(NodeId& windows) {
        windows = m_program->addWindows();
        if (!m_program->save() || !begin()) return false;
        document().setParam(windows, "size", "30min");
        return asks();
    }
    const FateTile& tile(const char* name) { return *m_panel->findChild<FateTile*>(QLatin1String(name)); }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        m_program = std::make_unique<CheckpointedProgram>();
        m_charts = std::make_unique<ChartScheduler>();
        m_panel = std::make_unique<ApplyPanel>(PaneParts{m_program->document, session(), *m_charts});
        m_panel->resize(900, 240);
        m_panel->show();
        QVERIFY(m_program->save());
        QVERIFY(!m_panel->isPresent());
    }
    void cleanup() {
        m_panel.reset();
        m_charts.reset();
        m_program.reset();
    }

    void saysOfEachNodeWhatBecomesOfIt() {
        QSignalSpy seen(m_panel.get(), &ApplyPanel::seeRequested);
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        QCOMPARE(seen.size(), 1);
        QCOMPARE(m_panel->count(), 1);
        QCOMPARE(m_panel->model().rowCount(), 2);
        QCOMPARE(m_panel->model().node(0), m_program->counted);
        QCOMPARE(cell(0, ReceiptModel::Change), QStringLiteral("state_ttl: not set → 1h"));
        // What that means, and then why it is so.
        const QString lost = QStringLiteral("Lost: Results from now on leave out the rows so far. ");
        QVERIFY2(
            cell(0, ReceiptModel::Fate).startsWith(lost) && cell(0, ReceiptModel::Fate).size() > lost.size(),
            qPrintable(cell(0, ReceiptModel::Fate)));
        QVERIFY(cell(0, ReceiptModel::Size) != QStringLiteral("–"));
        QCOMPARE(m_panel->model().node(1), m_program->source);
        QCOMPARE(cell(1, ReceiptModel::Fate), QStringLiteral("Kept"));
        QCOMPARE(cell(1, ReceiptModel::Change), QString());
        const auto* takes = m_panel->findChild<QLabel*>(QStringLiteral("takes"));
        QVERIFY2(takes->isVisible() && takes->text().contains(QStringLiteral("stands still for about")) &&
                     takes->text().contains(QStringLiteral("of state")),
                 qPrintable(takes->text()));
        QVERIFY(button("apply").isEnabled());
        // One that is open follows the edits, and is not put in front again.
        m_program->document.setParam(m_program->source, "rate", 3000);
        QTRY_COMPARE(cell(1, ReceiptModel::Change), QStringLiteral("rate: 2000 → 3000"));
        QCOMPARE(seen.size(), 1);
        keepPicture(*m_panel, QStringLiteral("apply_panel"));
    }

    /// Below the states: which rows of outputs stay, and what new ones are like.
    void saysWhatBecomesOfTheRowsOfOutputs() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        const auto& table = *m_panel->findChild<QTableView*>(QStringLiteral("outputs"));
        QVERIFY(!table.isHidden() && m_panel->outputs().rowCount() == 1);
        QCOMPARE(m_panel->outputs().output(0).node, m_program->sink);
        const auto words = [this] {
            return m_panel->outputs().index(0, OutputsModel::Rows).data().toString();
        };
        QVERIFY2(words().startsWith(QStringLiteral("What it has written stays.")) &&
                     words().contains(QStringLiteral("take the place of those with the same key")),
                 qPrintable(words()));
        m_program->document.setParam(m_program->counted, "aggregates", {"COUNT(*) AS c", "MAX(n) AS most"});
        QTRY_VERIFY2(words().contains(QStringLiteral("NULL in the rows so far: most.")), qPrintable(words()));
        // One that comes is listed, too.
        const NodeId more = document().addNode({"csv_sink", Json{{"path", "more.csv"}}, {}}, {600, 200});
        document().connectPorts({m_program->source, "out"}, {more, "in"});
        QTRY_COMPARE(m_panel->outputs().rowCount(), 2);
    }

    /// The old value stays, struck out, beside the new one; of what had none there is nothing to strike.
    void oldValuesAreStruckOut() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        m_program->document.setParam(m_program->source, "rate", 3000);
        const auto words = [this](int row) {
            return m_panel->model().index(row, ReceiptModel::Change).data(LineDelegate::kStruckRole);
        };
        QTRY_COMPARE(words(1).toStringList(), (QStringList{"rate:", "2000", "3000"}));
        QVERIFY(!words(0).isValid());
        m_program->document.setParam(m_program->source, "columns", {"n BIGINT = i + 1"});
        QTRY_COMPARE(words(1).toStringList().size(), 3);
        QVERIFY(words(1).toStringList().join(u'|').contains(QStringLiteral("rate:|2000|3000")));
        // It is painted so: the line through the old value.
        QTableView& table = *m_panel->findChild<QTableView*>(QStringLiteral("receipt"));
        QVERIFY(qobject_cast<LineDelegate*>(table.itemDelegateForColumn(ReceiptModel::Change)) != nullptr);
    }

    /// Four counts first, then every node, then the seconds, whatever the size of the panel.
    void countsThenNodesThenSeconds() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        const auto topOf = [this](const QWidget& part) { return part.mapTo(m_panel.get(), QPoint()).y(); };
        const QWidget& table = *m_panel->findChild<QTableView*>(QStringLiteral("receipt"));
        const QWidget& takes = *m_panel->findChild<QLabel*>(QStringLiteral("takes"));
        for (const QSize size : {QSize(900, 300), QSize(1600, 600)}) {
            m_panel->resize(size);
            QCoreApplication::processEvents();
            for (const char* name : {"kept", "carried", "lost"}) {
                QVERIFY2(!tile(name).isHidden(), name);
                QVERIFY2(topOf(tile(name)) + tile(name).height() <= topOf(table), name);
            }
            QVERIFY(topOf(table) + table.height() <= topOf(takes));
        }
        QVERIFY(tile("closed").isHidden() && tile("impossible").isHidden());  // there is nothing of these
    }

    /// More than two seconds are amber. How long the newest checkpoint took is told by a run that is shown in
    /// place of the own one, whose receipt goes with that.
    void aLongStandstillIsAmber() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        const auto& takes = *m_panel->findChild<QLabel*>(QStringLiteral("takes"));
        MadeRemoteRun remote;
        remote.deployed = session().runningPipeline();
        remote.now = State::Running;
        remote.picture.metrics.checkpoints.number = 28;
        for (const auto& [seconds, role] : {std::pair(2.5, "warn"), std::pair(1.5, "caption")}) {
            if (session().receipt() == nullptr) QVERIFY(asks());
            remote.picture.metrics.checkpoints.seconds = seconds;
            session().show(&remote);
            QCOMPARE(takes.property("role").toString(), QLatin1String(role));
            QVERIFY2(takes.text().contains(QStringLiteral("Checkpoint 28 took")), qPrintable(takes.text()));
            session().show(nullptr);
        }
    }

    void itsButtonsAnswer() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        button("back").click();
        QVERIFY(!m_panel->isPresent() && session().hasUnappliedChanges());
        QCOMPARE(m_panel->count(), 0);
        QVERIFY(askedFor("2h"));
        button("apply").click();
        QVERIFY(!m_panel->isPresent());
        QTRY_VERIFY(session().resumedFrom() && session().state() == State::Running);
        QVERIFY(askedFor("3h"));
        button("anew").click();
        QVERIFY(!m_panel->isPresent());
        QTRY_VERIFY(!session().resumedFrom() && session().state() == State::Running);
    }

    void theCountsComeFirst() {
        QVERIFY(begin());
        m_program->document.setParam(m_program->counted, "aggregates", {"COUNT(*) AS c", "MAX(n) AS most"});
        QVERIFY(m_program->validated());
        QVERIFY(asks());
        QTRY_COMPARE(tile("carried").count(), 2);
        QCOMPARE(tile("kept").count(), 1);
        QCOMPARE(tile("lost").count(), 0);
        QVERIFY(tile("impossible").isHidden());
        QCOMPARE(m_panel->count(), 2);
        QCOMPARE(m_panel->model().node(0), m_program->counted);
        QCOMPARE(cell(0, ReceiptModel::Fate),
                 QStringLiteral("Carried over: Kept: COUNT(*). Counts from now on: MAX(n)."));
        QCOMPARE(m_panel->model().node(1), m_program->sink);
        QVERIFY(cell(1, ReceiptModel::Fate).contains(QStringLiteral("NULL in them: most.")));
        QCOMPARE(button("apply").text(), QStringLiteral("Apply 1 change"));
    }

    void openWindowsCloseFirstOrNot() {
        NodeId windows;
        QVERIFY(asksForShorterWindows(windows));
        QTRY_COMPARE(tile("closed").count(), 1);
        QVERIFY(!tile("closed").isHidden());
        QCOMPARE(tile("lost").count(), 0);
        auto& empty = *m_panel->findChild<QRadioButton*>(QStringLiteral("start_empty"));
        auto& first = *m_panel->findChild<QRadioButton*>(QStringLiteral("close_first"));
        QVERIFY(first.isChecked());
        // The input of the run is not kept.
        auto& tape = *m_panel->findChild<QRadioButton*>(QStringLiteral("from_tape"));
        QVERIFY(!tape.isHidden() && !tape.isEnabled() && tile("recomputed").isHidden());
        QVERIFY(m_panel->findChild<QLabel*>(QStringLiteral("how_says"))
                    ->text()
                    .contains(QStringLiteral("is not kept")));
        empty.click();
        QCOMPARE(tile("lost").count(), 1);
        QVERIFY2(cell(0, ReceiptModel::Fate)
                     .startsWith(QStringLiteral("Lost: Rows in open windows are in no result. ")),
                 qPrintable(cell(0, ReceiptModel::Fate)));
        first.click();
        QVERIFY(cell(0, ReceiptModel::Fate).startsWith(QStringLiteral("Open windows close first")));
        button("apply").click();
        QTRY_VERIFY(session().resumedFrom() && session().state() == State::Running);
        QVERIFY(m_program->awaitTaken(2));
        session().stop(StopMode::Drain);
        QTRY_VERIFY(!session().isActive());
        SQLite::Database database(m_program->folder.filePath(QStringLiteral("out.sqlite")).toStdString());
        const auto number = [&database](const char* query) { return database.execAndGet(query).getInt64(); };
        // Each row is in one window, of an hour before and of half an hour behind.
        QCOMPARE(number("SELECT SUM(n) FROM windows"), number("SELECT COUNT(*) FROM counts"));
        QVERIFY(number("SELECT COUNT(*) FROM windows WHERE unixepoch(window_end) - unixepoch(window_start) = "
                       "3600") > 0);
        QVERIFY(number("SELECT COUNT(*) FROM windows WHERE unixepoch(window_end) - unixepoch(window_start) = "
                       "1800") > 0);
    }

    /// Windows of the new size have all of their rows, also those from before the edit.
    void stateIsRecomputedFromTheInput() {
        const QTemporaryDir kept;
        session().keepInput(kept.path(), true);
        NodeId windows;
        QVERIFY(asksForShorterWindows(windows));
        QTRY_COMPARE(tile("recomputed").count(), 1);
        QCOMPARE(tile("lost").count(), 0);
        QCOMPARE(tile("closed").count(), 0);
        QVERIFY(cell(0, ReceiptModel::Fate).startsWith(QStringLiteral("Recomputed from the tape: ")));
        auto& tape = *m_panel->findChild<QRadioButton*>(QStringLiteral("from_tape"));
        auto& first = *m_panel->findChild<QRadioButton*>(QStringLiteral("close_first"));
        QVERIFY(tape.isChecked() && tape.isEnabled());
        const auto* takes = m_panel->findChild<QLabel*>(QStringLiteral("takes"));
        QVERIFY2(takes->text().contains(QStringLiteral("of the tape takes about")),
                 qPrintable(takes->text()));
        keepPicture(*m_panel, QStringLiteral("apply_panel_recomputed"));
        first.click();
        QCOMPARE(tile("closed").count(), 1);
        QCOMPARE(tile("recomputed").count(), 0);
        tape.click();
        QCOMPARE(tile("recomputed").count(), 1);
        const std::string before = session().runId();
        QVERIFY(!before.empty() && !session().isRecomputed());
        QSignalSpy refused(&session(), &RunSession::notApplied);
        button("apply").click();
        QTRY_VERIFY(session().resumedFrom() && session().state() == State::Running);
        QVERIFY(refused.isEmpty() && !session().recomputing());
        QVERIFY(session().isRecomputed() && !session().runId().empty() && session().runId() != before);
        QVERIFY(m_program->awaitTaken(2));
        session().stop(StopMode::Drain);
        QTRY_VERIFY(!session().isActive());
        SQLite::Database database(m_program->folder.filePath(QStringLiteral("out.sqlite")).toStdString());
        const auto number = [&database](const char* query) { return database.execAndGet(query).getInt64(); };
        QVERIFY(number("SELECT COUNT(*) FROM windows WHERE unixepoch(window_end) - unixepoch(window_start) = "
                       "1800") > 0);
        // Of the windows of half an hour those before the edit are not written: they had all of their rows,
        // too.
        QCOMPARE(number("SELECT ((SELECT COUNT(*) FROM counts) - SUM(n)) % 1800 FROM windows WHERE "
                        "unixepoch(window_end) - unixepoch(window_start) = 1800"),
                 qint64{0});
        QVERIFY(number("SELECT COUNT(*) FROM windows WHERE unixepoch(window_end) - unixepoch(window_start) = "
                       "1800 AND n <> 1800") <= 1);  // the last one
    }

    /// While it lasts there is nothing to press but what gives it up: then the run goes on as it was.
    void progressTakesThePlaceOfTheButtons() {
        const QTemporaryDir kept;
        session().keepInput(kept.path(), true);
        const NodeId windows = m_program->addWindows();
        // The edited windows alone are slow, on any machine: the replay goes on until somebody has looked.
        document().setParam(m_program->source, "rate", 20'000);
        const auto aggregates = [](const char* hashed) {
            return Json{"COUNT(*) AS n", std::string("MAX(SHA256(") + hashed + ")) AS most"};
        };
        document().setParam(windows, "aggregates", aggregates("CAST(n AS STRING)"));
        QVERIFY(m_program->save() && begin());
        QTRY_VERIFY(session().snapshot().metrics.sourceRows >= 10'000);
        document().setParam(windows, "size", "30min");
        document().setParam(windows, "aggregates", aggregates("REPEAT(CAST(n AS STRING), 10000)"));
        QVERIFY(asks());
        QTRY_COMPARE(tile("recomputed").count(), 1);
        const auto inSight = [this] {
            QStringList names;
            for (const char* name : {"apply", "anew", "back", "go_back", "progress", "give_up"}) {
                if (m_panel->findChild<QWidget*>(QLatin1String(name))->isVisibleTo(m_panel.get()))
                    names << QLatin1String(name);
            }
            return names.join(u' ');
        };
        QCOMPARE(inSight(), QStringLiteral("apply anew back"));
        QString meanwhile;
        std::optional<ErrorCode> refused;
        const QObject here;  // who listens goes with the test
        connect(&session(), &RunSession::recomputingChanged, &here, [&] {
            if (!session().recomputing() || !meanwhile.isEmpty()) return;
            meanwhile = inSight();
            button("give_up").click();
        });
        connect(&session(), &RunSession::notApplied, &here,
                [&](const Status& why) { refused = why.error().code; });
        button("apply").click();
        QTRY_VERIFY(refused.has_value());
        QCOMPARE(meanwhile, QStringLiteral("progress give_up"));
        QVERIFY(*refused == ErrorCode::Cancelled);
        QTRY_COMPARE(session().state(), State::Running);
        QVERIFY(session().resumedFrom() && session().hasUnappliedChanges());
        QCOMPARE(session().runningPipeline().find(windows)->params["size"], Json("1h"));
        QVERIFY(!inSight().contains(QLatin1String("progress")));
    }

    void whatCanNotBeRecomputedChangesNothing() {
        const QTemporaryDir kept;
        session().keepInput(kept.path(), true);
        NodeId windows;
        QVERIFY(asksForShorterWindows(windows));
        QTRY_COMPARE(tile("recomputed").count(), 1);
        session().keepInput({}, false);  // it is let go of meanwhile
        QSignalSpy refused(&session(), &RunSession::notApplied);
        QString said;  // at that moment, as the window says it
        const auto listening = connect(&session(), &RunSession::notApplied, this,
                                       [&] { said = ApplyPanel::notAppliedWords(session()); });
        button("apply").click();
        QTRY_COMPARE(refused.size(), 1);
        disconnect(listening);
        QVERIFY(session().resumedFrom() && session().resumedFrom()->number > 0);
        QCOMPARE(said, QStringLiteral("Nothing changed. Still running checkpoint %1.")
                           .arg(session().resumedFrom()->number));
        QTRY_COMPARE(session().state(), State::Running);
        QVERIFY(session().resumedFrom() && session().hasUnappliedChanges());
        QCOMPARE(session().runningPipeline().find(windows)->params["size"], Json("1h"));
        QVERIFY(m_program->awaitTaken(2));
        // The run has resumed by now: no tape has what came before.
        QVERIFY(asks());
        QTRY_COMPARE(tile("closed").count(), 1);
        QVERIFY(!m_panel->findChild<QRadioButton*>(QStringLiteral("from_tape"))->isEnabled());
    }

    void theWayBackIsThereAfterwards() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        button("apply").click();
        QTRY_VERIFY(session().applied() != nullptr && session().state() == State::Running);
        QVERIFY(m_panel->isPresent());
        QCOMPARE(m_panel->count(), 0);
        QVERIFY(!button("apply").isVisibleTo(m_panel.get()) && button("go_back").isVisibleTo(m_panel.get()));
        QVERIFY(button("go_back").text().contains(QString::number(session().applied()->from.number)));
        button("go_back").click();
        auto* box = m_panel->window()->findChild<QMessageBox*>(QStringLiteral("ask_to_go_back"));
        QVERIFY(box != nullptr);
        QVERIFY(!document().pipeline().find(m_program->counted)->params.value("state_ttl", "").empty());
        for (QAbstractButton* each : box->buttons()) {
            if (box->buttonRole(each) == QMessageBox::AcceptRole) each->click();
        }
        QTRY_VERIFY(session().applied() == nullptr && session().state() == State::Running);
        QVERIFY(!document().pipeline().find(m_program->counted)->params.contains("state_ttl"));
        QVERIFY(!m_panel->isPresent());
    }

    void theWayBackGoesWithItsTime() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        button("apply").click();
        QTRY_VERIFY(session().applied() != nullptr && session().state() == State::Running);
        QVERIFY(button("go_back").isVisibleTo(m_panel.get()) && mayGoBackByMenu());
        button("go_back").click();
        const QPointer<QMessageBox> box =
            m_panel->window()->findChild<QMessageBox*>(QStringLiteral("ask_to_go_back"));
        QVERIFY(box != nullptr);
        session().findChild<QTimer*>(QStringLiteral("applied_ends"))->start(0);  // ten minutes are over
        QTRY_VERIFY(session().applied() == nullptr);
        QVERIFY(!m_panel->isPresent() && !mayGoBackByMenu());
        QTRY_VERIFY(box == nullptr);
        QVERIFY(document().pipeline().find(m_program->counted)->params.contains("state_ttl"));
        // What it costs to take the edit back is asked then.
        document().undoStack().undo();
        QVERIFY(asks());
        QVERIFY(cell(0, ReceiptModel::Fate).startsWith(QStringLiteral("Lost: ")));
    }

    void whyThereIsNoWayBackIsSaid() {
        QVERIFY2(isOffFor("does not run"), qPrintable(menuEntry().toolTip()));
        QVERIFY(begin());
        QVERIFY2(isOffFor("for 10 minutes after Apply"), qPrintable(menuEntry().toolTip()));
        SQLite::Database(m_program->folder.filePath(QStringLiteral("out.sqlite")).toStdString(),
                         SQLite::OPEN_READWRITE, 20'000)
            .exec(kNoSavepoints);
        QVERIFY(askedFor("1h"));
        button("apply").click();
        QTRY_VERIFY(session().applied() != nullptr && session().state() == State::Running);
        QVERIFY(!session().applied()->notKept.ok());
        // The panel stays for that.
        QVERIFY(m_panel->isPresent() && button("go_back").isVisibleTo(m_panel.get()));
        QVERIFY2(isOffFor("could not be kept: "), qPrintable(menuEntry().toolTip()));
        QVERIFY(!button("go_back").isEnabled());
        QCOMPARE(button("go_back").toolTip(), menuEntry().toolTip());
        QVERIFY(
            m_panel->findChild<QLabel*>(QStringLiteral("back_to"))->text().contains(menuEntry().toolTip()));
        session().goBack();
        QVERIFY(session().state() == State::Running && !session().hasUnappliedChanges());
        session().findChild<QTimer*>(QStringLiteral("applied_ends"))->start(0);
        QTRY_VERIFY(session().applied() == nullptr);
        QVERIFY(!m_panel->isPresent() && isOffFor("for 10 minutes after Apply"));
        MadeRemoteRun remote;
        remote.now = State::Running;
        session().show(&remote);
        QVERIFY2(isOffFor("takes no changes"), qPrintable(menuEntry().toolTip()));
        session().show(nullptr);
    }

    void aCheckpointThatIsKeptIsLetGoOfWhereTheNextCantBe() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        button("apply").click();
        QTRY_VERIFY(session().applied() != nullptr && session().state() == State::Running);
        const Epoch first = session().applied()->from.number;
        QVERIFY(mayGoBackByMenu() && button("go_back").isEnabled() && m_program->awaitTaken(1));
        SQLite::Database database(m_program->folder.filePath(QStringLiteral("out.sqlite")).toStdString(),
                                  SQLite::OPEN_READWRITE, 20'000);
        database.exec(kNoSavepoints);
        QVERIFY(askedFor("2h"));
        button("apply").click();
        QTRY_VERIFY(session().applied() != nullptr && session().applied()->from.number != first);
        QVERIFY(!session().applied()->notKept.ok() && !button("go_back").isEnabled());
        QTRY_COMPARE(
            database.execAndGet("SELECT COUNT(*) FROM _rill_checkpoints WHERE name IS NOT NULL").getInt(), 0);
    }

    void anObstacleLeavesOneWay() {
        QVERIFY(begin());
        m_program->document.setParam(m_program->sink, "database", "other.sqlite");
        session().apply();
        QTRY_VERIFY(m_panel->isPresent());
        QVERIFY(!button("apply").isEnabled());
        QVERIFY(button("anew").isEnabled() && button("back").isEnabled());
        button("anew").click();
        QTRY_VERIFY(!session().hasUnappliedChanges() && session().state() == State::Running);
    }
};

QTEST_MAIN(TestApplyPanel)
#include "test_apply_panel.moc"
