// Two engines compared from the menu of the window: with an engine that a test plays and with the real one,
// followed, told, cancelled, and closed in the middle.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "core/cluster/target_file.h"
#include "tests/support/made_comparison.h"
#include "tests/unit/app/made_cluster.h"
#include "widgets/clusters/compare_panel.h"
#include "widgets/clusters/compare_session.h"
#include "widgets/files/file_actions.h"
#include "widgets/settings/preferences_dialog.h"
#include "widgets/theme/empty_state.h"

using namespace rw;
using namespace rw::ui;
using rw::testing::MadeComparison;
using State = CompareSession::State;

namespace {

CompareSession& sessionOf(const WindowFixture& fixture) {
    return *fixture.window->findChild<CompareSession*>();
}

ComparePanel& panelOf(const WindowFixture& fixture) {
    return *fixture.window->findChild<ComparePanel*>();
}

/// Beside the tabs of the panels.
template <class W>
W& toolOf(const WindowFixture& fixture, const char* name) {
    for (auto* each : panelOf(fixture).tools()->findChildren<W*>()) {
        if (each->objectName() == QLatin1String(name) || each->accessibleName() == QLatin1String(name))
            return *each;
    }
    qFatal("no such tool");
}

QPushButton& beginOf(const WindowFixture& fixture) {
    return toolOf<QPushButton>(fixture, "compareButton");
}

bool opened(const WindowFixture& fixture) {
    fixture.action(QStringLiteral("Compare engines…"))->trigger();
    return panelOf(fixture).isOn();
}

bool reached(const WindowFixture& fixture, State state) {
    return QTest::qWaitFor([&] { return sessionOf(fixture).state() == state; }, 20'000);
}

/// With a pipeline, and engines with the behaviour that the test sets.
struct CompareWindow : ClusterWindow {
    CompareWindow() {
        addOrders();
        made->report = rw::testing::madeReport(sink, sink);
        sessionOf(*this).setComparing(rw::testing::comparingBy(made));
    }
    ~CompareWindow() { made->held = false; }
    std::shared_ptr<MadeComparison> made = std::make_shared<MadeComparison>();
};

}  // namespace

class TestCompareEngines : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void theMenuOpensThePanel() {
        CompareWindow fixture;
        QVERIFY(opened(fixture));
        QVERIFY(panelOf(fixture).isAncestorOf(QApplication::focusWidget()));
        QTRY_VERIFY(panelOf(fixture).tools()->isVisible());  // below the tabs, where they have no room beside
        leavePicture(*fixture.window, QStringLiteral("compare_begin"));
        int listed = 0;
        for (const SearchItem& item : fixture.window->searchItems().all())
            listed += item.title == QStringLiteral("Compare engines…") ? 1 : 0;
        QCOMPARE(listed, 1);
    }

    // Without a cluster there is no tab either, until it is asked for; then it names the missing part.
    void withoutATargetItSaysWhatIsMissing() {
        WindowFixture fixture;
        QVERIFY(!panelOf(fixture).isPresent());
        fixture.window->findChild<FileActions*>()->startEmpty();
        QVERIFY(!fixture.action(QStringLiteral("Compare engines…"))->isEnabled());
        fixture.document().addNode({"rows"}, {});
        QVERIFY(opened(fixture));
        auto* empty = panelOf(fixture).findChild<EmptyState*>();
        QVERIFY(empty->accessibleName().contains(QLatin1String("no other engine")));
        empty->findChild<QPushButton*>()->click();
        auto* dialog = fixture.window->findChild<PreferencesDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        dialog->close();
        fixture.document().startEmpty();
    }

    void aDifferenceIsShownAndTold() {
        CompareWindow fixture;
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(opened(fixture));
        QCOMPARE(toolOf<QComboBox>(fixture, "Second engine").currentText(),
                 QStringLiteral("staging · Flink"));
        beginOf(fixture).click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made->begun.load(), 1, 20'000);
        // The window goes on meanwhile: an edit, another panel.
        fixture.document().setTitle(fixture.filter, QStringLiteral("Larger ones"));
        fixture.pane("log")->opens()->trigger();
        QVERIFY(!panelOf(fixture).isOn());
        fixture.made->held = false;
        QVERIFY(reached(fixture, State::Done));
        QTRY_VERIFY(fixture.statusSays(QStringLiteral("Embedded and staging differ at")));
        QCOMPARE(panelOf(fixture).count(), 1);
        panelOf(fixture).opens()->trigger();
        QCOMPARE(panelOf(fixture).found().rowCount(), 4);
        leavePicture(*fixture.window, QStringLiteral("compare_differs"));
        fixture.document().selection().clear();
        for (auto* table : panelOf(fixture).findChildren<QTableView*>()) {
            if (table->model() == &panelOf(fixture).found())
                Q_EMIT table->activated(table->model()->index(0, 0));
        }
        QCOMPARE(fixture.document().selection().nodes(), std::vector<NodeId>{fixture.sink});
    }

    void itIsCancelled() {
        CompareWindow fixture;
        QVERIFY(opened(fixture));
        beginOf(fixture).click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made->begun.load(), 1, 20'000);
        toolOf<QPushButton>(fixture, "endCompareButton").click();
        QVERIFY(reached(fixture, State::None));
        QCOMPARE(fixture.made->cancelled.load(), 1);
        QVERIFY(
            panelOf(fixture).findChild<EmptyState*>()->accessibleName().contains(QLatin1String("was ended")));
    }

    // The real engine on both sides: the same file, the same rows, and nothing is written.
    void theEmbeddedEngineIsLikeItself() {
        ClusterWindow fixture;
        fixture.addOrders();
        QVERIFY(opened(fixture));
        auto& second = toolOf<QComboBox>(fixture, "Second engine");
        second.setCurrentIndex(0);
        Q_EMIT second.activated(0);
        beginOf(fixture).click();
        QVERIFY(reached(fixture, State::Done));
        const auto report = sessionOf(fixture).report();
        const Status failure = sessionOf(fixture).failure();
        QVERIFY2(report != nullptr, failure.ok() ? "nothing is told" : english(failure.error()).c_str());
        QVERIFY(report->same());
        QCOMPARE(report->nodes.size(), std::size_t{1});
        QCOMPARE(report->nodes[0].rowsA, std::uint64_t{1});
        QVERIFY(!QFile::exists(fixture.folder.filePath(QStringLiteral("out.csv"))));
        QTRY_VERIFY(fixture.statusSays(QStringLiteral("Embedded (1) and Embedded (2) give the same rows")));
    }

    // Nothing is sent: a node without an end is refused by name before.
    void whatHasNoEndIsRefused() {
        ClusterWindow fixture;
        const NodeId made = fixture.document().addNode(
            {"generator", Json::parse(R"({"columns": ["n BIGINT = i"], "rate": 10})"), {}}, {0, 0});
        fixture.document().addNodeBehind({"table_view", Json::object(), {}}, {300, 0}, {made, "out"});
        QVERIFY(opened(fixture));
        beginOf(fixture).click();
        QVERIFY(reached(fixture, State::Done));
        QVERIFY(panelOf(fixture).refusals().rowCount() > 0);
        QCOMPARE(panelOf(fixture).refusals().issue(0).node, made);
        QVERIFY(!panelOf(fixture).refusals().issue(0).fix.empty());
        leavePicture(*fixture.window, QStringLiteral("compare_refused"));
    }

    void errorsOfNodesAreNamed() {
        ClusterWindow fixture;
        fixture.addOrders();
        fixture.document().setParam(fixture.filter, "condition", "prise > 1");
        QVERIFY(opened(fixture));
        beginOf(fixture).click();
        QVERIFY(reached(fixture, State::Done));
        QCOMPARE(panelOf(fixture).refusals().rowCount(), 1);
        QCOMPARE(panelOf(fixture).refusals().issue(0).node, fixture.filter);
    }

    void aWindowThatIsClosedEndsIt() {
        const TargetsOnDisk targets({madeFlink("staging")});
        WindowFixture fixture;
        const QTemporaryDir folder;
        const auto made = std::make_shared<MadeComparison>();
        sessionOf(fixture).setComparing(rw::testing::comparingBy(made));
        fixture.window->findChild<FileActions*>()->startEmpty();
        fixture.document().addNode({"rows"}, {});
        QVERIFY(fixture.document().saveAs(folder.filePath(QStringLiteral("a.rill"))).ok());
        QVERIFY(opened(fixture));
        beginOf(fixture).click();
        QTRY_COMPARE_WITH_TIMEOUT(made->begun.load(), 1, 20'000);
        QVERIFY(fixture.window->close());
        QElapsedTimer clock;
        clock.start();
        fixture.window.reset();
        QVERIFY2(clock.elapsed() < CompareSession::kEndMillis, "it was not told to end");
        QCOMPARE(made->cancelled.load(), 1);
    }
};

QTEST_MAIN(TestCompareEngines)
#include "test_compare_engines.moc"
