// The Alerts panel: lists what was raised and who was told, live, and acknowledges and silences by keyboard
// and mouse.
#include <QtWidgets/QtWidgets>

#include "tests/support/made_alerts.h"
#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/alerts/alerts_panel.h"
#include "widgets/session/words/alert_text.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

namespace {

const std::vector<AlertTarget> kTold{{AlertTarget::Kind::Desktop, {}},
                                     {AlertTarget::Kind::Webhook, "ops-hook"}};

struct AlertsFixture : SessionFixture {
    MadeBoard made{loadRule(kTold)};
    AlertsPanel panel{parts};

    AlertsFixture() { panel.resize(1400, 300); }
    AlertFeed& feed() { return session.alerts(); }
    void show() {
        feed().show(made.board);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel, 30'000)) qFatal("not active");
        table().setFocus();
    }
    QTableView& table() const { return tableIn(panel, "Alerts"); }
    EmptyState& empty() const { return *panel.findChild<EmptyState*>(); }
    bool says(const char* words) const {
        return empty().isVisible() && empty().accessibleName().startsWith(QLatin1String(words));
    }
    /// The footer says what keys do.
    bool footSays(const char* words) const {
        for (const QLabel* each : panel.findChild<AlertKeys*>()->findChildren<QLabel*>()) {
            if (each->isVisible() && each->text().contains(QString::fromUtf8(words))) return true;
        }
        return false;
    }
    QString cell(int row, int column) const { return panel.model().index(row, column).data().toString(); }
    QString tip(int row, int column) const {
        return panel.model().index(row, column).data(Qt::ToolTipRole).toString();
    }
    /// The row of that core; -1: none.
    int rowOf(const char* core) const {
        for (int row = 0; row < panel.model().rowCount(); ++row) {
            if (panel.model().at(row).alert.key.front().value == core) return row;
        }
        return -1;
    }
    AlertSign signOf(const char* core) const { return panel.model().signOf(rowOf(core)); }
    QAction& entry(const char* id) const {
        for (const Pane::Entry& each : panel.entries()) {
            if (each.id == QLatin1String(id)) return *each.action;
        }
        qFatal("no such entry");
    }
};

/// Chooses an entry of the menu that is open by then; false: there is none.
bool chooseInMenu(const char* words) {
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    if (menu == nullptr) return false;
    for (QAction* action : menu->actions()) {
        if (!plainText(*action).startsWith(QLatin1String(words))) continue;
        menu->close();
        action->trigger();
        return true;
    }
    menu->close();
    return false;
}

}  // namespace

class TestAlertsPanel : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    /// Whoever reads the list knows that an alert may still be taken back, or was.
    void itSaysWhatAProvisionalValueRaised() {
        AlertsFixture f;
        f.show();
        for (const AlertStage stage : {AlertStage::Open, AlertStage::Cleared}) {
            Alert alert = loadAlert("7", stage);
            alert.provisional = true;
            f.made.board->put(alert, AlertBoard::Telling::Nothing);
            const bool open = stage == AlertStage::Open;
            QTRY_COMPARE_WITH_TIMEOUT(
                f.cell(0, AlertsModel::State),
                open ? QStringLiteral("Alert, provisional") : QStringLiteral("Cleared, provisional"), 30'000);
            QVERIFY(f.tip(0, AlertsModel::State).contains(QLatin1String(open ? "still open" : "did not")));
        }
    }

    void emptyItSaysHowThereCanBeOne() {
        AlertsFixture f;
        f.panel.show();
        QVERIFY(f.says("No alerts yet"));
        QVERIFY(f.empty().accessibleDescription().contains(QLatin1String("palette")));
        f.document.addNode({"alert"}, {});
        QVERIFY(f.empty().accessibleDescription().contains(QLatin1String("while it runs")));
        f.feed().show(f.made.board);
        QVERIFY(f.says("No alert was raised"));
        f.made.put("7", AlertStage::Open);
        QTRY_VERIFY(f.table().isVisible());
        QCOMPARE(f.panel.model().rowCount(), 1);
    }

    void listsStateTimeKeyAndMessage() {
        AlertsFixture f;
        f.made.put("7", AlertStage::Open);
        f.made.board->setJudged("alert", kRaisedAt - 60'000, kRaisedAt + 18'000);
        f.show();
        QCOMPARE(f.cell(0, AlertsModel::State), QStringLiteral("Alert"));
        QCOMPARE(f.cell(0, AlertsModel::Rule), QStringLiteral("Busiest core"));
        QCOMPARE(f.cell(0, AlertsModel::Key), QStringLiteral("core 7"));
        QCOMPARE(f.cell(0, AlertsModel::Since), QStringLiteral("2024-03-01 12:00:00"));
        QCOMPARE(f.cell(0, AlertsModel::Lasted), QStringLiteral("18\u2009s"));
        QCOMPARE(f.cell(0, AlertsModel::Peak), QStringLiteral("0.925"));
        QCOMPARE(f.cell(0, AlertsModel::Message), QStringLiteral("Core 7 is busy"));
        QVERIFY(f.tip(0, AlertsModel::Since).contains(QLatin1String("11:59:40")));
        QVERIFY(f.tip(0, AlertsModel::Rule).contains(QLatin1String("load > 0.8")));
        keepPicture(f.panel, QStringLiteral("alerts"));
    }

    void whatHasNoMessageIsToldOfByItsKind() {
        AlertRule rule = loadRule(kTold);
        rule.noData = 30'000;
        AlertsFixture f;
        f.made = MadeBoard(rule);
        Alert quiet = loadAlert("7", AlertStage::Open, AlertKind::NoData);
        quiet.message.clear();
        f.made.board->put(quiet, AlertBoard::Telling::Nothing);
        f.show();
        QCOMPARE(f.cell(0, AlertsModel::State), QStringLiteral("No data"));
        QCOMPARE(f.cell(0, AlertsModel::Message), QStringLiteral("no rows for 30\u2009s"));
        QVERIFY(f.feed().sendTest("alert"));
        QCOMPARE(f.panel.model().rowCount(), 2);
        QCOMPARE(f.cell(1, AlertsModel::State), QStringLiteral("Test"));
        QVERIFY(f.cell(1, AlertsModel::Message).contains(QLatin1String("test")));
        QVERIFY(!f.feed().sendTest("other"));
    }

    /// A node that was renamed has its new name; the run's is that of one that is gone.
    void rulesHaveTheNamesOfTheirNodes() {
        AlertsFixture f;
        const NodeId alert = f.document.addNode({"alert"}, {});
        QCOMPARE(alert, NodeId("alert"));
        f.document.setTitle(alert, QStringLiteral("Load"));
        f.made.put("7", AlertStage::Open);
        f.show();
        QCOMPARE(f.cell(0, AlertsModel::Rule), QStringLiteral("Load"));
        f.document.setTitle(alert, QStringLiteral("Busy"));
        QCOMPARE(f.cell(0, AlertsModel::Rule), QStringLiteral("Busy"));
    }

    void deliveriesAreToldWhereTheAlertIs() {
        AlertsFixture f;
        f.made.put("7", AlertStage::Open);
        f.show();
        QCOMPARE(f.made.carrier->letters.size(), std::size_t{2});
        QVERIFY(f.cell(0, AlertsModel::Delivered).contains(QLatin1String("ops-hook: waiting")));
        AlertDelivery done;
        done.state = AlertDelivery::State::Done;
        f.made.deliver(0, done);
        AlertDelivery failing;
        failing.state = AlertDelivery::State::Retrying;
        failing.tries = 2;
        failing.most = 5;
        failing.answer = "503";
        failing.nextTry = systemClock()->now() + 60'000;
        failing.trouble = Text{"test", "The server is busy."};
        f.made.deliver(1, failing);
        QTRY_VERIFY(f.cell(0, AlertsModel::Delivered).contains(QLatin1String("503, try 3 of 5")));
        // What failed stands first, in its colour: the rest may be cut.
        QVERIFY(f.cell(0, AlertsModel::Delivered).startsWith(QLatin1String("ops-hook")));
        QVERIFY(f.cell(0, AlertsModel::Delivered).endsWith(QLatin1String("desktop")));
        QCOMPARE(f.panel.model().index(0, AlertsModel::Delivered).data(Qt::ForegroundRole).value<QColor>(),
                 Theme::of(&f.panel).tokens().error.text);
        QVERIFY(f.tip(0, AlertsModel::Delivered).contains(QLatin1String("The server is busy.")));
    }

    void thoseThatGoOnStandFirst() {
        AlertsFixture f;
        f.made.put("1", AlertStage::Open);
        f.made.put("2", AlertStage::Cleared);
        f.made.put("3", AlertStage::Waiting);
        f.made.put("4", AlertStage::Spared);
        f.show();
        QCOMPARE(f.rowOf("1"), 0);
        QCOMPARE(f.panel.model().rowCount(), 4);
        QCOMPARE(f.panel.count(), 1);
        QVERIFY(f.tip(f.rowOf("4"), AlertsModel::State).contains(QLatin1String("20")));
        // Only those that nobody has seen.
        auto* which = f.panel.tools()->findChild<SegmentedControl*>();
        Q_EMIT which->chosen(1);
        QCOMPARE(f.panel.model().rowCount(), 1);
        f.feed().acknowledge({f.panel.model().at(0).number});
        QVERIFY(f.says("No alert is open"));
        f.empty().findChild<QPushButton*>()->click();
        QCOMPARE(f.panel.model().rowCount(), 4);
        QCOMPARE(which->currentIndex(), 0);
    }

    void theKeysAcknowledgeAndSilence() {
        AlertsFixture f;
        f.made.put("1", AlertStage::Open);
        f.made.put("2", AlertStage::Open);
        f.show();
        QVERIFY(!f.entry("alerts.acknowledge").isEnabled() && !f.entry("alerts.silence").isEnabled());
        f.table().selectRow(f.rowOf("1"));
        QVERIFY(f.entry("alerts.acknowledge").isEnabled() && f.entry("alerts.silence").isEnabled());
        QTest::keyClick(&f.table(), Qt::Key_K);
        QVERIFY(f.signOf("1") == AlertSign::Acknowledged && f.signOf("2") == AlertSign::Alert);
        QVERIFY(!f.entry("alerts.acknowledge").isEnabled());
        QCOMPARE(f.panel.count(), 1);
        f.table().selectRow(f.rowOf("2"));
        QTest::keyClick(&f.table(), Qt::Key_S);
        QVERIFY(f.signOf("2") == AlertSign::Silenced);
        QVERIFY(f.cell(f.rowOf("2"), AlertsModel::State).startsWith(QLatin1String("Silenced until ")));
        QCOMPARE(f.panel.count(), 0);
        // Of its key alone, for an hour.
        const std::vector<AlertBoard::Silence> silences = f.feed().look().silences;
        QCOMPARE(silences.size(), std::size_t{1});
        QVERIFY(silences.front().key == loadAlert("2", AlertStage::Open).key);
        const Millis left = silences.front().until - systemClock()->now();
        QVERIFY(left > 3'500'000 && left <= 3'600'000);
    }

    void allThatAreChosenAreAcknowledged() {
        AlertsFixture f;
        for (const char* core : {"1", "2", "3"}) f.made.put(core, AlertStage::Open);
        f.show();
        f.table().selectAll();
        toolIn(*f.panel.tools(), "Acknowledge").click();
        QCOMPARE(f.panel.count(), 0);
        for (const char* core : {"1", "2", "3"}) QVERIFY(f.signOf(core) == AlertSign::Acknowledged);
    }

    /// Others come and go, and stand before it.
    void whatIsChosenStaysChosen() {
        AlertsFixture f;
        f.made.put("1", AlertStage::Open);
        f.show();
        f.table().selectRow(0);
        const std::uint64_t number = f.panel.model().at(0).number;
        f.made.put("2", AlertStage::Open);
        QTRY_COMPARE(f.panel.model().rowCount(), 2);
        const QModelIndexList rows = f.table().selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(f.panel.model().at(rows.front().row()).number, number);
    }

    void aRuleIsSilencedAsAWhole() {
        AlertsFixture f;
        f.made.put("1", AlertStage::Open);
        f.made.put("2", AlertStage::Open);
        f.show();
        f.feed().silence("alert", {}, kMaxTimestamp);
        QVERIFY(f.signOf("1") == AlertSign::Silenced && f.signOf("2") == AlertSign::Silenced);
        QCOMPARE(f.cell(0, AlertsModel::State), QStringLiteral("Silenced"));
        auto* silences = f.panel.findChild<QPushButton*>(QStringLiteral("silences"));
        QVERIFY(silences->isVisible());
        QCOMPARE(silences->text(), QStringLiteral("1 silence…"));
        bool chosen = false;
        QTimer::singleShot(0, this, [&chosen] { chosen = chooseInMenu("Lift the silence of"); });
        silences->click();
        QVERIFY(chosen);
        QVERIFY(f.signOf("1") == AlertSign::Alert);
        QVERIFY(!silences->isVisible());
    }

    /// Of an earlier run; nothing was raised in this one.
    void aSilenceIsSeenWithoutAnAlert() {
        AlertsFixture f;
        f.made.board->setSilences({{"alert", {}, kMaxTimestamp}});
        f.feed().show(f.made.board);
        f.panel.show();
        QVERIFY(f.says("No alert was raised"));
        QVERIFY(f.panel.findChild<QPushButton*>(QStringLiteral("silences"))->isVisible());
        f.feed().silence("alert", {}, 0);
        QVERIFY(!f.panel.findChild<QPushButton*>(QStringLiteral("silences"))->isVisible());
    }

    void theMenuSilencesForLonger() {
        AlertsFixture f;
        f.made.put("1", AlertStage::Open);
        f.show();
        f.table().selectRow(0);
        bool chosen = false;
        QTimer::singleShot(0, this, [&chosen] { chosen = chooseInMenu("Silence until it is lifted"); });
        toolIn(*f.panel.tools(), "Silence").click();
        QVERIFY(chosen);
        QCOMPARE(f.feed().look().silences.front().until, kMaxTimestamp);
        chosen = false;
        QTimer::singleShot(0, this, [&chosen] { chosen = chooseInMenu("Lift the silence"); });
        toolIn(*f.panel.tools(), "Silence").click();
        QVERIFY(chosen && f.feed().look().silences.empty());
    }

    void enterGoesToTheMoment() {
        AlertsFixture f;
        f.document.addNode({"alert"}, {});
        f.made.put("1", AlertStage::Open);
        f.show();
        QSignalSpy revealed(&f.document.selection(), &Selection::revealed);
        QSignalSpy asked(&f.feed(), &AlertFeed::momentAsked);
        f.table().setCurrentIndex(f.panel.model().index(0, 0));
        QVERIFY(f.footSays("Enter goes to the moment"));
        QTest::keyClick(&f.table(), Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front().front().toLongLong(), qlonglong{kRaisedAt});
        QCOMPARE(revealed.count(), 0);
    }

    /// A test has no moment.
    void enterOnATestGoesToTheNode() {
        AlertsFixture f;
        const NodeId alert = f.document.addNode({"alert"}, {});
        f.document.selection().clear();
        QVERIFY(f.made.board->sendTest("alert"));
        f.show();
        QCOMPARE(f.panel.model().rowCount(), 1);
        QSignalSpy asked(&f.feed(), &AlertFeed::momentAsked);
        f.table().setCurrentIndex(f.panel.model().index(0, 0));
        QVERIFY(f.footSays("Enter goes to the node") && !f.footSays("moment"));
        QTest::keyClick(&f.table(), Qt::Key_Return);
        QCOMPARE(asked.count(), 0);
        QCOMPARE(f.document.selection().nodes(), std::vector<NodeId>{alert});
    }

    /// The footer goes with the current alert, and says nothing where Enter does nothing.
    void theFooterSaysWhereEnterGoes() {
        AlertsFixture f;
        const NodeId alert = f.document.addNode({"alert"}, {});
        f.made.put("1", AlertStage::Open);
        QVERIFY(f.made.board->sendTest("alert"));
        f.show();
        QCOMPARE(f.panel.model().rowCount(), 2);
        const int test = hasMoment(f.panel.model().at(0).alert) ? 1 : 0;
        f.table().setCurrentIndex(f.panel.model().index(test, 0));
        QVERIFY(f.footSays("Enter goes to the node"));
        f.table().setCurrentIndex(f.panel.model().index(1 - test, 0));
        QVERIFY(f.footSays("Enter goes to the moment"));
        f.table().setCurrentIndex(f.panel.model().index(test, 0));
        f.document.remove({alert});
        QTRY_VERIFY(!f.footSays("Enter goes"));
        QVERIFY(!f.footSays("↵"));
    }

    void theMenuGoesToEither() {
        AlertsFixture f;
        const NodeId alert = f.document.addNode({"alert"}, {});
        f.document.selection().clear();
        f.made.put("1", AlertStage::Open);
        f.show();
        QSignalSpy asked(&f.feed(), &AlertFeed::momentAsked);
        for (const char* words : {"Show on the timeline", "Go to the node"}) {
            bool chosen = false;
            QTimer::singleShot(0, this, [&] { chosen = chooseInMenu(words); });
            Q_EMIT f.table().customContextMenuRequested(
                f.table().visualRect(f.panel.model().index(0, 0)).center());
            QVERIFY2(chosen, words);
        }
        QCOMPARE(asked.count(), 1);
        QCOMPARE(f.document.selection().nodes(), std::vector<NodeId>{alert});
    }

    void oneThatIsAskedForIsShown() {
        AlertsFixture f;
        f.made.put("1", AlertStage::Open);
        f.made.put("2", AlertStage::Open);
        f.show();
        f.feed().acknowledge({f.panel.model().at(f.rowOf("1")).number});
        Q_EMIT f.panel.tools()->findChild<SegmentedControl*>()->chosen(1);
        QCOMPARE(f.panel.model().rowCount(), 1);
        QSignalSpy opened(&f.panel, &Pane::openRequested);
        f.made.board->ask(loadAlert("1", AlertStage::Open).id());
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(f.panel.model().rowCount(), 2);
        const QModelIndexList rows = f.table().selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.front().row(), f.rowOf("1"));
    }

    void offItOnlyCounts() {
        AlertsFixture f;
        f.feed().show(f.made.board);
        QSignalSpy reset(&f.panel.model(), &QAbstractItemModel::modelReset);
        f.made.put("1", AlertStage::Open);
        QTRY_COMPARE(f.panel.count(), 1);
        QCOMPARE(f.panel.model().rowCount(), 0);
        QCOMPARE(reset.count(), 0);
        f.panel.show();
        QCOMPARE(f.panel.model().rowCount(), 1);
    }

    void copiesTheList() {
        AlertsFixture f;
        f.made.put("7", AlertStage::Open);
        f.show();
        toolIn(*f.panel.tools(), "Copy").click();
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QVERIFY(lines.at(0).startsWith(QLatin1String("State\tRule\tKey")));
        QVERIFY(lines.at(1).contains(QLatin1String("Core 7 is busy")));
    }
};

QTEST_MAIN(TestAlertsPanel)
#include "test_alerts_panel.moc"
