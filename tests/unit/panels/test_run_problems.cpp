// Problems of a run that no node shows by itself: rows dropped as NULL, a join without pairs; and that long
// messages are whole.
#include <QtWidgets/QtWidgets>
#include <algorithm>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/issues/issue_delegate.h"
#include "widgets/issues/issue_list.h"
#include "widgets/panels/problems_panel.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestRunProblems : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    // A condition that is NULL may be meant so: it is told, and counts as no problem.
    void rowsDroppedAsNullAreANotice() {
        SessionFixture fixture;
        PipelineDocument& document = fixture.document;
        const NodeId source = document.addNode(
            nodeOf("rows", QStringLiteral("Orders"),
                   Json::parse(R"json({"columns": ["discount INT"], "rows": [[5], [null], [null]]})json")),
            {0, 0});
        const NodeId filter = document.addNodeBehind(
            nodeOf("filter", QStringLiteral("Small"), Json{{"condition", "discount < 50"}}), {300, 0},
            {source, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {filter, "out"});
        QVERIFY(fixture.validated());
        ProblemsPanel panel(fixture.parts);
        panel.resize(1000, 240);
        panel.show();
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(panel.model().notices(), 1);
        QCOMPARE(panel.count(), 0);
        QCOMPARE(panel.model().warnings(), 0);
        QCOMPARE(english(panel.model().issue(0).message),
                 std::string("2 rows were dropped because the condition was NULL. It reads “discount”."));
        QVERIFY(panel.model().line(0).startsWith(QStringLiteral("Notice\tSmall\t2 rows")));
        QCOMPARE(panel.model().index(0, IssueModel::Fix).data().toString(),
                 QStringLiteral("Keep rows where it is NULL"));
        keepPicture(panel, QStringLiteral("null_rows"));
        const Issue notice = panel.model().issue(0);
        document.applyFix(notice, notice.quickFixes.front());
        QCOMPARE(document.node(filter)->params["condition"], Json("(discount < 50) IS NOT FALSE"));
        QTRY_COMPARE(panel.model().rowCount(), 0);
    }

    /// A fix that is not applied yet changes nothing of the run, and would look like one that does not help.
    void aFixWaitsForApply() {
        SessionFixture fixture;
        PipelineDocument& document = fixture.document;
        const NodeId source = document.addNode(
            nodeOf("generator", QStringLiteral("Live"), Json{{"rate", 50}, {"columns", {"n BIGINT = i"}}}),
            {0, 0});
        const NodeId filter =
            document.addNodeBehind(nodeOf("filter", QStringLiteral("Some"), Json{{"condition", "n >= 0"}}),
                                   {300, 0}, {source, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {filter, "out"});
        QVERIFY(fixture.validated());
        ProblemsPanel panel(fixture.parts);
        panel.tools()->show();
        panel.show();
        const auto waits = [&panel] {
            const auto chips = panel.tools()->findChildren<Chip*>();
            return std::any_of(chips.begin(), chips.end(), [](const Chip* chip) {
                return !chip->isHidden() && chip->text().contains(QLatin1String("press Apply"));
            });
        };
        QVERIFY(!waits());
        fixture.session.start();
        QTRY_VERIFY(fixture.session.state() == RunSession::State::Running);
        QVERIFY(!waits());
        document.setParam(filter, "condition", "n >= 1");
        QTRY_VERIFY(waits());
        fixture.session.revert();
        QTRY_VERIFY(!waits());
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY(!fixture.session.isActive());
    }

    void aJoinWithoutPairsLeadsToTheQuestion() {
        SessionFixture fixture;
        PipelineDocument& document = fixture.document;
        const auto side = [&document](const char* title, const char* blank, double y) {
            Json rows = Json::array();
            for (int row = 0; row < 100; ++row)
                rows.push_back(Json::array({"C" + std::to_string(row) + blank}));
            return document.addNode(
                nodeOf("rows", QString::fromUtf8(title), Json{{"columns", {"k STRING"}}, {"rows", rows}}),
                {0, y});
        };
        const NodeId left = side("Orders", "", 0), right = side("Customers", " ", 200);
        const NodeId join =
            document.addNode(nodeOf("join", QStringLiteral("Both"),
                                    Json{{"on", "left.k = right.k"}, {"kind", "left"}, {"state_ttl", "1d"}}),
                             {300, 0});
        document.connectPorts({left, "out"}, {join, "left"});
        document.connectPorts({right, "out"}, {join, "right"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {join, "out"});
        QVERIFY(fixture.validated());
        ProblemsPanel panel(fixture.parts);
        panel.resize(1000, 240);
        panel.show();
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(panel.count(), 1);
        const Issue issue = panel.model().issue(0);
        QCOMPARE(issue.node, join);
        QCOMPARE(english(issue.message),
                 std::string("0 of 100 rows from “Orders” met one of the 100 from “Customers”."));
        const QModelIndex fix = panel.model().index(0, IssueModel::Fix);
        QCOMPARE(fix.data().toString(), QStringLiteral("Why no row?"));
        QSignalSpy asked(&panel, &ProblemsPanel::whyRequested);
        auto* table = panel.findChild<QTableView*>();
        const QRect button = IssueDelegate::buttonIn(table->visualRect(fix), fix);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().front().value<NodeId>(), join);
    }

    // Nothing of a message is left out where it has no room in a line.
    void aLongMessageHasAsManyLinesAsItNeeds() {
        SessionFixture fixture;
        ProblemsModel model(fixture.document);
        Issue issue;
        issue.severity = Severity::Warning;
        issue.node = "x";
        issue.message = RW_TEXT("test",
                                "1 h behind the others: the watermark has stood at 2024-03-01 12:00:00 since "
                                "2025-11-21 04:39:20 UTC. “Temperature” and 2 more nodes wait for it.");
        issue.fix = RW_TEXT("test", "Results go on when rows with later times come.");
        IssueList list(fixture.document, model);
        list.resize(1600, 300);
        list.show();
        model.set({issue}, false);
        const int wide = list.table().rowHeight(0);
        list.resize(700, 300);
        QVERIFY(QTest::qWaitForWindowExposed(&list, 30'000));
        QTRY_VERIFY(list.table().rowHeight(0) > wide);
        const QModelIndex what = model.index(0, IssueModel::What);
        const int width = list.table().visualRect(what).width();
        QCOMPARE(list.table().rowHeight(0), IssueDelegate::heightOf(what, width));
        list.resize(1600, 300);
        QCOMPARE(list.table().rowHeight(0), wide);
    }
};

QTEST_MAIN(TestRunProblems)
#include "test_run_problems.moc"
