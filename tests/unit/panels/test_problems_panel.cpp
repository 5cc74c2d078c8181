// The Problems panel: the issues of validation are listed in order, lead to their places and are fixed from here.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/issues/issue_delegate.h"
#include "widgets/issues/issue_list.h"
#include "widgets/panels/problems_panel.h"
#include "widgets/session/run_findings.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct PanelFixture : SessionFixture {
    NodeId source, filter;
    ProblemsPanel panel{parts};

    // A filter on a column that is nearly there, and a source without readers.
    PanelFixture() {
        source = document.addNode(
            nodeOf("rows", QStringLiteral("Samples"),
                   Json::parse(R"json({"columns": ["core INT", "load DOUBLE"], "rows": [[1, 0.5]]})json")),
            {0, 0});
        filter = document.addNodeBehind(nodeOf("filter", QStringLiteral("Busy samples"),
                                               Json::parse(R"json({"condition": "core < 16"})json")),
                                        {300, 0}, {source, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {filter, "out"});
        document.setParam(filter, "condition", "lod > 0.2\nAND core < 16");
        panel.show();
    }
    QTableView& table() { return *panel.findChild<QTableView*>(); }
    int rowOf(const NodeId& node) const {
        for (int row = 0; row < panel.model().rowCount(); ++row)
            if (panel.model().issue(row).node == node) return row;
        return -1;
    }
};

Issue issueOf(Severity severity, const char* key) {
    Issue issue;
    issue.severity = severity;
    issue.message = Text{"test", key};
    return issue;
}

}  // namespace

class TestProblemsPanel : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void rowsThatARunLostAreListedAndShown() {
        SessionFixture fixture;
        PipelineDocument& document = fixture.document;
        const NodeId source = document.addNode(
            nodeOf("rows", QStringLiteral("Texts"),
                   Json::parse(R"json({"columns": ["a STRING"], "rows": [["1"], ["x"], ["3"]]})json")),
            {0, 0});
        const NodeId filter =
            document.addNodeBehind(nodeOf("filter", QStringLiteral("Large"),
                                          Json::parse(R"json({"condition": "CAST(a AS INT) > 0"})json")),
                                   {300, 0}, {source, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {filter, "out"});
        QVERIFY(fixture.validated());
        ProblemsPanel panel(fixture.parts);
        panel.resize(1000, 240);
        panel.show();
        QCOMPARE(panel.count(), 0);
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(panel.count(), 1);
        const Issue issue = panel.model().issue(0);
        QCOMPARE(issue.node, filter);
        QCOMPARE(english(issue.message), std::string("1 row was rejected."));
        QCOMPARE(panel.model().index(0, IssueModel::Fix).data().toString(), QStringLiteral("Show the rows"));
        keepPicture(panel, QStringLiteral("lost_rows"));
        QSignalSpy wanted(&panel, &ProblemsPanel::rowsRequested);
        auto* table = panel.findChild<QTableView*>();
        const QModelIndex fix = panel.model().index(0, IssueModel::Fix);
        const QRect button = IssueDelegate::buttonIn(table->visualRect(fix), fix);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().value<NodeId>(), filter);
        QCOMPARE(document.undoStack().count(), 3);  // showing is no edit
        // Rows with a reader are not lost.
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Bad ones"), Json::object()), {600, 200},
                               {filter, "rejected"});
        QTRY_COMPARE(panel.count(), 0);
    }

    void rowsThatCameTooLateAreListedAndShown() {
        SessionFixture fixture;
        PipelineDocument& document = fixture.document;
        const NodeId source = document.addNode(nodeOf("rows", QStringLiteral("Times"), Json::parse(R"json({
            "columns": ["ts TIMESTAMP(3)"], "event_time": "ts",
            "rows": [["2024-03-01 12:00:00"], ["2024-03-01 12:01:00"], ["2024-03-01 12:00:03"]]})json")),
                                               {0, 0});
        const NodeId sort = document.addNodeBehind(
            nodeOf("sort", QStringLiteral("In order"), Json::object()), {300, 0}, {source, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {sort, "out"});
        QVERIFY(fixture.validated());
        ProblemsPanel panel(fixture.parts);
        panel.show();
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(panel.count(), 1);
        const Issue issue = panel.model().issue(0);
        QCOMPARE(issue.node, sort);
        QCOMPARE(english(issue.message), std::string("1 row came too late."));
        QCOMPARE(panel.model().index(0, IssueModel::Fix).data().toString(),
                 QStringLiteral("Delay of 58\u2009s in “Times”"));
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Late ones"), Json::object()), {600, 200},
                               {sort, "late"});
        QTRY_COMPARE(panel.count(), 0);
    }

    void whatIsChosenStaysWhileItsFiguresGrow() {
        SessionFixture fixture;
        ProblemsModel model(fixture.document);
        const auto late = [](int rows) {
            Issue issue = issueOf(Severity::Warning, "x");
            issue.message = RW_TEXT("lost rows", "%1 rows came too late.").with(rows);
            return issue;
        };
        IssueList list(fixture.document, model);
        list.resize(800, 200);
        list.show();
        model.set({issueOf(Severity::Warning, "a"), late(41)}, true);
        list.table().selectRow(1);
        list.keepChosen([&] { model.set({issueOf(Severity::Warning, "a"), late(42)}, true); });
        QCOMPARE(list.chosenRow(), 1);
    }

    void errorsComeFirst() {
        SessionFixture fixture;
        ProblemsModel model(fixture.document);
        model.set({issueOf(Severity::Warning, "a"), issueOf(Severity::Error, "b"),
                   issueOf(Severity::Warning, "c"), issueOf(Severity::Error, "d")},
                  true);
        QStringList order;
        for (int row = 0; row < model.rowCount(); ++row)
            order << model.index(row, ProblemsModel::What).data().toString();
        QCOMPARE(order, (QStringList{QStringLiteral("b"), QStringLiteral("d"), QStringLiteral("a"),
                                     QStringLiteral("c")}));
        QCOMPARE(model.errors(), 2);
        QCOMPARE(model.warnings(), 2);
    }

    /// Until a run is asked for, missing parts stand last, and are no errors.
    void whatIsStillToDoIsNoError() {
        SessionFixture fixture;
        Issue todo = issueOf(Severity::Error, "e");
        todo.missing = true;
        ProblemsModel model(fixture.document);
        const auto order = [&] {
            QStringList words;
            for (int row = 0; row < model.rowCount(); ++row)
                words << model.index(row, ProblemsModel::What).data().toString();
            return words.join(QString());
        };
        Issue unused = issueOf(Severity::Warning, "u");
        unused.missing = true;
        const std::vector<Issue> issues{unused, todo, issueOf(Severity::Warning, "a"),
                                        issueOf(Severity::Error, "b")};
        model.set(issues, true);
        QCOMPARE(order(), QStringLiteral("baue"));
        QCOMPARE(model.errors(), 1);
        QCOMPARE(model.warnings(), 1);
        QCOMPARE(model.unfinished(), 2);
        QVERIFY(model.line(2).startsWith(QStringLiteral("To do")));
        model.set(issues, false);
        QCOMPARE(order(), QStringLiteral("ebau"));
        QCOMPARE(model.errors(), 2);
        QCOMPARE(model.warnings(), 1);
        QCOMPARE(model.unfinished(), 1);
        // What is offered to be done is none, however often a run was asked for.
        todo.offered = true;
        model.set({todo}, false);
        QCOMPARE(model.errors(), 0);
        QCOMPARE(model.unfinished(), 1);
    }

    void saysWhatWhereAndHow() {
        PanelFixture fixture;
        QSignalSpy counted(&fixture.panel, &ProblemsPanel::countChanged);
        QVERIFY(fixture.validated());
        const int row = fixture.rowOf(fixture.filter);
        QVERIFY(row >= 0);
        const auto cell = [&](int column) {
            return fixture.panel.model().index(row, column).data().toString();
        };
        QVERIFY2(cell(ProblemsModel::What).contains(QStringLiteral("No column “lod”")),
                 qPrintable(cell(ProblemsModel::What)));
        QCOMPARE(cell(ProblemsModel::Where), QStringLiteral("Busy samples"));
        QVERIFY2(cell(ProblemsModel::Place).endsWith(QStringLiteral("line 1")),
                 qPrintable(cell(ProblemsModel::Place)));
        QVERIFY(cell(ProblemsModel::Fix).contains(QStringLiteral("load")));
        QVERIFY(!counted.isEmpty());
        QCOMPARE(counted.last().first().toInt(), fixture.panel.count());
    }

    void aPortIsCalledAsOnItsCard() {
        PanelFixture fixture;
        const NodeId alone = fixture.document.addNode(
            nodeOf("filter", QStringLiteral("Alone"), Json{{"condition", "TRUE"}}), {0, 300});
        QVERIFY(fixture.validated());
        const int row = fixture.rowOf(alone);
        QVERIFY(row >= 0);
        QCOMPARE(fixture.panel.model().index(row, ProblemsModel::Place).data().toString(),
                 QStringLiteral("Input rows"));
    }

    void enterGoesToTheProblem() {
        PanelFixture fixture;
        QVERIFY(fixture.validated());
        fixture.document.selection().clear();
        QSignalSpy revealed(&fixture.document.selection(), &Selection::revealed);
        fixture.table().selectRow(fixture.rowOf(fixture.filter));
        QTest::keyClick(&fixture.table(), Qt::Key_Return);
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{fixture.filter});
    }

    void altEnterFixesIt() {
        PanelFixture fixture;
        QVERIFY(fixture.validated());
        fixture.table().selectRow(fixture.rowOf(fixture.filter));
        QTest::keyClick(&fixture.table(), Qt::Key_Return, Qt::AltModifier);
        QTRY_COMPARE(fixture.rowOf(fixture.filter), -1);
        QCOMPARE(fixture.document.pipeline().find(fixture.filter)->params["condition"].get<std::string>(),
                 "load > 0.2\nAND core < 16");
        fixture.document.undoStack().undo();
        QTRY_VERIFY(fixture.rowOf(fixture.filter) >= 0);
    }

    void aClickOnTheButtonFixesIt() {
        PanelFixture fixture;
        QVERIFY(fixture.validated());
        fixture.panel.resize(1032, 232);
        fixture.panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.panel, 30'000));
        const QModelIndex fix =
            fixture.panel.model().index(fixture.rowOf(fixture.filter), ProblemsModel::Fix);
        const QRect button = IssueDelegate::buttonIn(fixture.table().visualRect(fix), fix);
        QTest::mouseClick(fixture.table().viewport(), Qt::LeftButton, {}, button.center());
        QTRY_COMPARE(fixture.rowOf(fixture.filter), -1);
    }

    void whatIsWrongIsReadInANarrowWindow() {
        PanelFixture fixture;
        QVERIFY(fixture.validated());
        fixture.panel.show();
        for (const int width : {640, 1040}) {
            fixture.panel.resize(width, 200);
            QCoreApplication::sendPostedEvents();  // layouts
            QTRY_VERIFY2(fixture.table().columnWidth(ProblemsModel::What) > width / 3,
                         qPrintable(QString::number(fixture.table().columnWidth(ProblemsModel::What))));
            QVERIFY(fixture.table().columnWidth(ProblemsModel::Fix) > width / 6);
        }
    }

    void quickFixesAreReadWhole_data() {
        QTest::addColumn<int>("percent");
        QTest::addColumn<int>("width");
        for (const int percent : {100, 200}) {
            for (const int width : {480, 640, 1040})
                QTest::addRow("%d %%, %d pixels", percent, width) << percent << width;
        }
    }
    void quickFixesAreReadWhole() {
        QFETCH(int, percent);
        QFETCH(int, width);
        Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = percent});
        const auto back = qScopeGuard([] { Theme::of().apply({.mode = ThemeMode::Dark}); });
        SessionFixture fixture;
        const NodeId node = fixture.document.addNode(
            nodeOf("filter", QStringLiteral("Busy samples"), Json::object()), {0, 0});
        Issue issue =
            issueOf(Severity::Error, "There is no column of that name, and what is said of it is long");
        issue.node = node;
        issue.param = "condition";
        issue.quickFixes.push_back({.label = Text{"test", "Replace it with “customer_region”"}});
        ProblemsModel model(fixture.document);
        IssueList list(fixture.document, model);
        list.resize(width, 240);
        list.show();
        model.set({issue}, true);
        QTRY_COMPARE(list.width(), width);
        const QModelIndex fix = model.index(0, IssueModel::Fix);
        const QString words = fix.data().toString();
        const auto shown = [&] {
            const QRect cell = list.table().visualRect(fix);
            return IssueDelegate::linesOfFix(words, cell.width()).join(u' ');
        };
        QTRY_COMPARE(shown(), words);
        const QRect cell = list.table().visualRect(fix);
        QVERIFY(list.table().viewport()->rect().contains(cell));
        QVERIFY(cell.contains(IssueDelegate::buttonIn(cell, fix)));
        QCOMPARE(fix.data(Qt::ToolTipRole).toString(), words);
        // The message is cut instead, and whole in its tooltip.
        const QModelIndex what = model.index(0, IssueModel::What);
        QVERIFY(list.table().columnWidth(IssueModel::What) >= width / 6);
        QVERIFY(what.data(Qt::ToolTipRole).toString().startsWith(what.data().toString()));
        keepPicture(list, QStringLiteral("fixes-%1-%2").arg(percent).arg(width));
    }

    void aWideListHasRoomForThePlaces() {
        PanelFixture fixture;
        QVERIFY(fixture.validated());
        for (const int width : {1040, 300, 1040}) {
            fixture.panel.resize(width, 200);
            QTRY_COMPARE(fixture.table().isColumnHidden(ProblemsModel::Place), width == 300);
        }
        QVERIFY(!fixture.table().isColumnHidden(ProblemsModel::Where));
        QVERIFY(fixture.table().columnWidth(ProblemsModel::Place) > 100);
    }

    void stepsGoRound() {
        PanelFixture fixture;
        QVERIFY(fixture.validated());
        fixture.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 300});
        QVERIFY(fixture.validated());
        QVERIFY(fixture.panel.model().rowCount() >= 2);
        fixture.panel.step(1);
        QCOMPARE(fixture.table().currentIndex().row(), 0);
        fixture.panel.step(-1);
        QCOMPARE(fixture.table().currentIndex().row(), fixture.panel.model().rowCount() - 1);
        fixture.panel.step(1);
        QCOMPARE(fixture.table().currentIndex().row(), 0);
    }

    void countsAlsoWhileItIsHidden() {
        PanelFixture fixture;
        fixture.panel.hide();
        QVERIFY(fixture.validated());
        QVERIFY(fixture.panel.count() > 0);
        QCOMPARE(fixture.panel.model().rowCount(), 0);
        fixture.panel.show();
        QCOMPARE(fixture.panel.model().rowCount(), fixture.panel.count());
    }

    void theChosenProblemStaysChosen() {
        PanelFixture fixture;
        QVERIFY(fixture.validated());
        fixture.table().selectRow(fixture.rowOf(fixture.filter));
        fixture.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 300});
        QVERIFY(fixture.validated());
        QCOMPARE(fixture.table().currentIndex().row(), fixture.rowOf(fixture.filter));
    }

    void delaysSeenAreAdvice() {
        SessionFixture fixture;
        const NodeId window = fixture.document.addNode(
            nodeOf("window_aggregate", QStringLiteral("Load per core"),
                   Json::parse(R"json({"window": "tumble", "size": "10s", "allowed_lateness": "5s",
                                       "aggregates": ["COUNT(*) AS n"]})json")),
            {0, 0});
        RunSnapshot snapshot;
        NodeMetrics& metrics = snapshot.metrics.nodes[window];
        RunFindings findings(fixture.document);
        const auto adviceNow = [&] {
            ++snapshot.sequence;
            findings.update(snapshot, true);
            return findings.advice();
        };
        QVERIFY(adviceNow().empty());
        metrics.late = 41;
        metrics.largestLateBy = 6'400;
        const auto advice = adviceNow();
        QCOMPARE(advice.size(), std::size_t{1});
        QCOMPARE(english(advice[0].fix),
                 std::string("41 rows came when the watermark of their own source had passed the end of "
                             "their window. The longest delay was 6.4\u2009s."));
        fixture.document.applyFix(advice[0], advice[0].quickFixes.at(0));
        QCOMPARE(fixture.document.pipeline().find(window)->params["allowed_lateness"].get<std::string>(),
                 "7s");
        QVERIFY(adviceNow().empty());
    }

    // As the page of figures says of the source.
    void whoIsHeldBackIsKnown() {
        SessionFixture fixture;
        PipelineDocument& document = fixture.document;
        const auto source = [&document](const char* title, double y) {
            return document.addNode(
                nodeOf("csv_source", QString::fromUtf8(title), Json{{"path", "x.csv"}, {"follow", true}}),
                {0, y});
        };
        const NodeId ahead = source("Orders", 0), behind = source("Returns", 200);
        const NodeId both =
            document.addNode(nodeOf("union", QStringLiteral("Both"), Json::object()), {300, 0});
        const NodeId window = document.addNode(
            nodeOf("window_aggregate", QStringLiteral("A minute"),
                   Json::parse(
                       R"json({"window": "tumble", "size": "1min", "aggregates": ["COUNT(*) AS n"]})json")),
            {600, 0});
        document.connectPorts({ahead, "out"}, {both, "in"});
        document.connectPorts({behind, "out"}, {both, "in"});
        document.connectPorts({both, "out"}, {window, "in"});
        RunSnapshot snapshot;
        constexpr Instant kTime = 1'709'294'400'000;
        for (const auto& [node, at] : {std::pair(ahead, kTime + 180'000), std::pair(behind, kTime),
                                       std::pair(both, kTime), std::pair(window, kTime)}) {
            snapshot.metrics.nodes[node].watermark = at;
            snapshot.metrics.nodes[node].rowsIn = snapshot.metrics.nodes[node].rowsOut = 9;
        }
        snapshot.metrics.nodes[window].openFrom = kTime;
        snapshot.metrics.nodes[window].openUntil = kTime + 60'000;
        const RunFindings findings(document);
        QCOMPARE(findings.heldBackBy(snapshot, behind), std::vector<NodeId>{window});
        QVERIFY(findings.heldBackBy(snapshot, ahead).empty());
        QVERIFY(findings.heldBackBy(snapshot, "gone").empty());
    }

    void saysThatThereAreNone() {
        SessionFixture fixture;
        ProblemsPanel panel(fixture.parts);
        panel.show();
        QVERIFY(!panel.findChild<QTableView*>()->isVisible());
        QVERIFY(panel.findChild<EmptyState*>()->isVisible());
        QCOMPARE(panel.findChild<EmptyState*>()->accessibleName(), QStringLiteral("No problems"));
    }

    void looks() {
        PanelFixture fixture;
        QVERIFY(fixture.validated());
        fixture.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 300});
        QVERIFY(fixture.validated());
        fixture.panel.resize(1032, 200);
        fixture.panel.step(1);
        fixture.panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.panel, 30'000));
        QTRY_COMPARE(fixture.table().rowHeight(0), IssueDelegate::kRowHeight);
        keepPicture(fixture.panel, QStringLiteral("problems-dark"));
        Theme::of().apply({.mode = ThemeMode::Light});
        keepPicture(fixture.panel, QStringLiteral("problems-light"));
    }
};

QTEST_MAIN(TestProblemsPanel)
#include "test_problems_panel.moc"
