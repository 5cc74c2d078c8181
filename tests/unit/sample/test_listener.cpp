// Listening in the panel: the button where a live source has no rows, its rows afterwards and how old they
// are, and words where none came; in a run the rows that it keeps, and no listening that takes them from it.
#include <QtWidgets/QtWidgets>
#include <memory>

#include "core/listen/heard_store.h"
#include "tests/support/made_remote_run.h"
#include "tests/support/worlds/socket_world.h"
#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/sample/row_way.h"
#include "widgets/sample/sample_panel.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct ListeningFixture : SessionFixture {
    SamplePanel panel{parts};
    test::SocketWorld sockets{};
    NodeId live{};

    ListeningFixture() {
        HeardStore().forgetAll();
        live = document.addNode(
            nodeOf("tcp_source", QStringLiteral("Lines"),
                   Json{{"address", sockets.address()}, {"format", "json"}, {"columns", {"n BIGINT"}}}),
            {0, 0});
        panel.resize(1200, 400);
        document.selection().set({live});
        panel.show();
    }
    /// Where the rows go in a run; the source stays the one that is looked at.
    void addTable() {
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Newest"), Json::object()), {300, 0},
                               {live, "out"});
        document.selection().set({live});
    }
    void run() {
        QVERIFY(validated());
        session.start();
        QTRY_VERIFY(session.state() == RunSession::State::Running);
    }
    QPushButton* button(const char* text) const {
        for (auto* each : panel.findChildren<QPushButton*>()) {
            const QString words = each->text().remove(u'&');
            if (words == QString::fromUtf8(text) && each->isVisible()) return each;
        }
        return nullptr;
    }
    /// What is said in place of all rows.
    QString said() const {
        for (auto* each : panel.findChildren<EmptyState*>()) {
            const bool ofWay = panel.findChild<RowWay*>()->isAncestorOf(each);
            if (each->isVisible() && !ofWay) return each->accessibleDescription();
        }
        return {};
    }
    QAction* listens() const {
        for (const Pane::Entry& each : panel.entries()) {
            if (each.id == QLatin1String("sample.listen")) return each.action;
        }
        return nullptr;
    }
    /// Takes samples again until there are so many rows; false: there never are.
    bool comesTo(int rows) {
        auto* taker = panel.findChild<SampleTaker*>();
        return QTest::qWaitFor(
            [&] {
                if (panel.model(SampleModel::Side::Out).rowCount() == rows) return true;
                if (!taker->isWaiting()) panel.takeAgain();
                return false;
            },
            60'000);
    }
    QWidget* hint() const {
        auto* hint = panel.findChild<QWidget*>(QStringLiteral("sample_hint"));
        return hint->isHidden() ? nullptr : hint;
    }
    QString words() const {
        QStringList all;
        for (auto* label : panel.findChildren<QLabel*>()) all << label->text();
        return all.join(u'\n');
    }
};

}  // namespace

class TestListener : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void whatIsHeardIsShownWithItsAge() {
        ListeningFixture fixture;
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.sockets.sendWhenHeard({R"({"n":1})", R"({"n":2})"});
        fixture.button("Listen 5 s")->click();
        QVERIFY(fixture.button("Cancel") != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.panel.model(SampleModel::Side::Out).rowCount(), 2, 60'000);
        QVERIFY2(fixture.words().contains(QLatin1String("heard ")), qPrintable(fixture.words()));
        QVERIFY(fixture.button("Listen again") != nullptr);
        // What goes is said before, with its size and its place.
        fixture.button("Remove kept rows…")->click();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.hint() != nullptr, 30'000);
        QTRY_VERIFY2(fixture.words().contains(QLatin1String("Lines: 2 rows heard ")),
                     qPrintable(fixture.words()));
        QVERIFY2(fixture.words().contains(QLatin1String("/heard")), qPrintable(fixture.words()));
        fixture.button("Remove")->click();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        QVERIFY(HeardStore().all().empty());
        QVERIFY(fixture.hint() == nullptr);
    }

    void aPipelineThatKeepsNoInputKeepsItInThePanelAlone() {
        ListeningFixture fixture;
        Settings settings = fixture.document.pipeline().settings;
        settings.unknown["keep_input"] = false;
        fixture.document.setSettings(settings);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.sockets.sendWhenHeard({R"({"n":1})", R"({"n":2})"});
        fixture.button("Listen 5 s")->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.panel.model(SampleModel::Side::Out).rowCount(), 2, 60'000);
        QVERIFY2(fixture.words().contains(QLatin1String("no input may be")), qPrintable(fixture.words()));
        QVERIFY(HeardStore().all().empty());
        // Another pipeline does not see them.
        fixture.document.startEmpty();
        QVERIFY(!fixture.panel.findChild<Listener*>()->keepsInMemory());
    }

    // The setting counts as it is when the rows are there, not as it was when they were asked for.
    void whatIsForbiddenMeanwhileIsNotKept() {
        ListeningFixture fixture;
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.sockets.sendWhenHeard({R"({"n":1})"});
        fixture.button("Listen 5 s")->click();
        Settings settings = fixture.document.pipeline().settings;
        settings.unknown["keep_input"] = false;
        fixture.document.setSettings(settings);
        auto* listener = fixture.panel.findChild<Listener*>();
        QTRY_VERIFY_WITH_TIMEOUT(!listener->isBusy(), 60'000);
        QTRY_VERIFY(HeardStore().all().empty());
        QVERIFY(listener->keepsInMemory());
    }

    void anEditMeanwhileLeavesTheSampleOfWhatWasHeard() {
        ListeningFixture fixture;
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.sockets.sendWhenHeard({R"({"n":1})"});
        fixture.button("Listen 5 s")->click();
        fixture.document.setParam(fixture.live, "columns", Json{"n DOUBLE"});
        auto* listener = fixture.panel.findChild<Listener*>();
        QTRY_VERIFY_WITH_TIMEOUT(!listener->isBusy(), 60'000);
        QCOMPARE(HeardStore().all().size(), std::size_t{1});
        // Of other columns nothing was heard; with those of before its rows are there.
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.document.setParam(fixture.live, "columns", Json{"n BIGINT"});
        QTRY_COMPARE_WITH_TIMEOUT(fixture.panel.model(SampleModel::Side::Out).rowCount(), 1, 30'000);
    }

    void twoPanelsListenAtOnce() {
        ListeningFixture one, two;
        for (const ListeningFixture* each : {&one, &two})
            QTRY_VERIFY_WITH_TIMEOUT(each->button("Listen 5 s") != nullptr, 30'000);
        one.sockets.sendWhenHeard({R"({"n":1})"});
        two.sockets.sendWhenHeard({R"({"n":2})", R"({"n":3})"});
        one.button("Listen 5 s")->click();
        two.button("Listen 5 s")->click();
        QTRY_COMPARE_WITH_TIMEOUT(one.panel.model(SampleModel::Side::Out).rowCount(), 1, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(two.panel.model(SampleModel::Side::Out).rowCount(), 2, 60'000);
        QCOMPARE(HeardStore().all().size(), std::size_t{2});
    }

    void itGoesWithItsWindow() {
        auto fixture = std::make_unique<ListeningFixture>();
        QTRY_VERIFY_WITH_TIMEOUT(fixture->button("Listen 5 s") != nullptr, 30'000);
        fixture->button("Listen 5 s")->click();
        QTest::qWait(300);  // so that it listens
        fixture.reset();
        QTest::qWait(300);
        QVERIFY(HeardStore().all().empty());
    }

    void itIsAnActionForTheSelectedNode() {
        ListeningFixture fixture;
        const Pane::Entry* entry = nullptr;
        for (const Pane::Entry& each : fixture.panel.entries()) {
            if (each.id == QLatin1String("sample.listen")) entry = &each;
        }
        QVERIFY(entry != nullptr);
        QTRY_VERIFY(entry->action->isEnabled());
        QCOMPARE(fixture.panel.actionsOf(fixture.live), std::vector<QAction*>{entry->action});
        QSignalSpy seen(&fixture.panel, &Pane::seeRequested);
        fixture.document.selection().set({});
        entry->action->trigger();
        QCOMPARE(seen.count(), 1);
        QVERIFY(fixture.panel.findChild<Listener*>()->isBusy());
        QVERIFY(!entry->action->isEnabled());
        QVERIFY(fixture.document.selection().single() != nullptr);
        fixture.panel.findChild<Listener*>()->cancel();
        QVERIFY(entry->action->isEnabled());
        const NodeId made = fixture.document.addNode(
            nodeOf("rows", QStringLiteral("Made"), Json{{"columns", {"n BIGINT"}}, {"rows", {{1}}}}),
            {0, 200});
        QVERIFY(fixture.validated());
        QVERIFY(fixture.panel.actionsOf(made).empty());
    }

    void itsCardOffersIt() {
        ListeningFixture fixture;
        const auto silent = [&] {
            const SampledPipelineRef& sampled = fixture.panel.figures().sampled();
            return sampled && sampled->silent.contains(fixture.live);
        };
        QTRY_VERIFY_WITH_TIMEOUT(silent(), 30'000);
        fixture.sockets.sendWhenHeard({R"({"n":1})"});
        fixture.panel.listenAt(fixture.live);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.panel.figures().sampled() && !silent(), 60'000);
    }

    /// Those that it has kept by now, while it goes on and afterwards. It has the port, which it does not
    /// lend.
    void inARunItsRowsAreTheSample() {
        const QTemporaryDir kept;
        ListeningFixture fixture;
        fixture.session.keepInput(kept.path(), true);
        fixture.addTable();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.run();
        QTRY_VERIFY(fixture.button("Listen 5 s") == nullptr);
        QTRY_VERIFY2(fixture.said().contains(QLatin1String("the run has its port")),
                     qPrintable(fixture.said()));
        QVERIFY(!fixture.listens()->isEnabled());
        fixture.panel.findChild<Listener*>()->listen({fixture.live}, nullptr);
        QVERIFY(!fixture.panel.findChild<Listener*>()->isBusy());
        fixture.sockets.sendWhenHeard({R"({"n":1})", R"({"n":2})"});
        QVERIFY2(fixture.comesTo(2), qPrintable(fixture.said()));
        QVERIFY(fixture.session.isActive());
        QVERIFY2(fixture.words().contains(QLatin1String("kept by the run, up to ")),
                 qPrintable(fixture.words()));
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY(!fixture.session.isActive());
        QVERIFY(fixture.comesTo(2));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
    }

    /// Of one that is recorded, and so keeps nothing by itself, those on its tape.
    void inARecordedRunItsTapeIsTheSample() {
        const QTemporaryDir tapes;
        ListeningFixture fixture;
        fixture.session.setTape({.recordInto = tapes.path()});
        fixture.addTable();
        fixture.run();
        fixture.sockets.sendWhenHeard({R"({"n":1})", R"({"n":2})"});
        QVERIFY2(fixture.comesTo(2), qPrintable(fixture.said()));
        QVERIFY(fixture.session.isActive() && fixture.session.keptInput() == nullptr);
        // The tape is a file of the person: nothing offers to remove it.
        QVERIFY(fixture.button("Remove kept rows…") == nullptr);
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY(!fixture.session.isActive());
    }

    /// What came while the sample was not taken is taken when the run ends, by itself.
    void theEndOfARunTakesItsRows() {
        const QTemporaryDir kept;
        ListeningFixture fixture;
        fixture.session.keepInput(kept.path(), true);
        fixture.addTable();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.run();
        fixture.sockets.sendWhenHeard({R"({"n":1})", R"({"n":2})", R"({"n":3})"});
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session.snapshot().metrics.sourceRows, std::uint64_t{3}, 60'000);
        QCOMPARE(fixture.panel.model(SampleModel::Side::Out).rowCount(), 0);
        fixture.session.stop(StopMode::Drain);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.panel.model(SampleModel::Side::Out).rowCount(), 3, 60'000);
    }

    /// What that reads is not kept here, so there is nothing to be taken in a moment, whatever the last own
    /// run kept.
    void besideARunOnAClusterItIsListenedTo() {
        const QTemporaryDir kept;
        ListeningFixture fixture;
        fixture.session.keepInput(kept.path(), true);
        fixture.addTable();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.run();
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY(!fixture.session.isActive());
        QVERIFY(fixture.session.keptInput() != nullptr);
        MadeRemoteRun remote;
        remote.deployed = fixture.document.pipeline();
        remote.now = RunSession::State::Running;
        fixture.session.show(&remote);
        QTRY_VERIFY2(fixture.said().contains(QLatin1String("listen to it for five seconds.")),
                     qPrintable(fixture.said()));
        QVERIFY(fixture.button("Listen 5 s") != nullptr && fixture.listens()->isEnabled());
    }

    /// What a run does not have may be listened to beside it.
    void anotherPortIsListenedToBesideARun() {
        ListeningFixture fixture;
        const test::SocketWorld others;
        fixture.addTable();
        fixture.run();
        fixture.document.setParam(fixture.live, "address", others.address());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.button("Listen 5 s")->click();
        QVERIFY(fixture.panel.findChild<Listener*>()->isBusy());
        fixture.panel.findChild<Listener*>()->cancel();
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY(!fixture.session.isActive());
    }

    /// Another look at the sample has its rows, also where others are known by then.
    void theWayOfARowIsThatOfTheSample() {
        ListeningFixture fixture;
        const NodeId twice = fixture.document.addNodeBehind(
            nodeOf("select", QStringLiteral("Twice"), Json{{"columns", {"n * 2 AS m"}}}), {300, 0},
            {fixture.live, "out"});
        fixture.document.selection().set({twice});
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.sockets.sendWhenHeard({R"({"n":1})", R"({"n":2})"});
        fixture.button("Listen 5 s")->click();
        const SampleModel& in = fixture.panel.model(SampleModel::Side::In);
        QTRY_COMPARE_WITH_TIMEOUT(in.rowCount(), 2, 60'000);
        (void)HeardStore().forgetAll();
        tableIn(fixture.panel, "Rows in").setCurrentIndex(in.index(1, 1));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.panel.findChild<RowWay*>()->model().rowCount(), 1, 30'000);
    }

    void itEndsWhenItIsCancelled() {
        ListeningFixture fixture;
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Listen 5 s") != nullptr, 30'000);
        fixture.button("Listen 5 s")->click();
        fixture.button("Cancel")->click();
        QVERIFY(fixture.button("Listen 5 s") != nullptr);
    }
};

QTEST_MAIN(TestListener)
#include "test_listener.moc"
