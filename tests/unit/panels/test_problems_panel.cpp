// The Problems panel: what validation finds is listed in order, leads to its place and is mended from here.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/bench.h"
#include "widgets/document/run_findings.h"
#include "widgets/panels/problem_delegate.h"
#include "widgets/panels/problems_panel.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct PanelBench : Bench {
    NodeId source, filter;
    ProblemsPanel panel{parts};

    // A filter on a column that is nearly there, and a source of which nobody reads.
    PanelBench() {
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

    void errorsComeFirst() {
        Bench bench;
        ProblemsModel model(bench.document);
        model.set({issueOf(Severity::Warning, "a"), issueOf(Severity::Error, "b"),
                   issueOf(Severity::Warning, "c"), issueOf(Severity::Error, "d")});
        QStringList order;
        for (int row = 0; row < model.rowCount(); ++row)
            order << model.index(row, ProblemsModel::What).data().toString();
        QCOMPARE(order, (QStringList{QStringLiteral("b"), QStringLiteral("d"), QStringLiteral("a"),
                                     QStringLiteral("c")}));
        QCOMPARE(model.errors(), 2);
        QCOMPARE(model.warnings(), 2);
    }

    void saysWhatWhereAndHow() {
        PanelBench bench;
        QSignalSpy counted(&bench.panel, &ProblemsPanel::countChanged);
        QVERIFY(bench.validated());
        const int row = bench.rowOf(bench.filter);
        QVERIFY(row >= 0);
        const auto cell = [&](int column) {
            return bench.panel.model().index(row, column).data().toString();
        };
        QVERIFY2(cell(ProblemsModel::What).contains(QStringLiteral("No column “lod”")),
                 qPrintable(cell(ProblemsModel::What)));
        QCOMPARE(cell(ProblemsModel::Where), QStringLiteral("Busy samples"));
        QVERIFY2(cell(ProblemsModel::Place).endsWith(QStringLiteral("line 1")),
                 qPrintable(cell(ProblemsModel::Place)));
        QVERIFY(cell(ProblemsModel::Fix).contains(QStringLiteral("load")));
        QVERIFY(!counted.isEmpty());
        QCOMPARE(counted.last().first().toInt(), bench.panel.count());
    }

    void enterGoesToTheProblem() {
        PanelBench bench;
        QVERIFY(bench.validated());
        bench.document.selection().clear();
        QSignalSpy revealed(&bench.document.selection(), &Selection::revealed);
        bench.table().selectRow(bench.rowOf(bench.filter));
        QTest::keyClick(&bench.table(), Qt::Key_Return);
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(bench.document.selection().nodes(), std::vector<NodeId>{bench.filter});
    }

    void altEnterMendsIt() {
        PanelBench bench;
        QVERIFY(bench.validated());
        bench.table().selectRow(bench.rowOf(bench.filter));
        QTest::keyClick(&bench.table(), Qt::Key_Return, Qt::AltModifier);
        QTRY_COMPARE(bench.rowOf(bench.filter), -1);
        QCOMPARE(bench.document.pipeline().find(bench.filter)->params["condition"].get<std::string>(),
                 "load > 0.2\nAND core < 16");
        bench.document.undoStack().undo();
        QTRY_VERIFY(bench.rowOf(bench.filter) >= 0);
    }

    void aClickOnTheButtonMendsIt() {
        PanelBench bench;
        QVERIFY(bench.validated());
        bench.panel.resize(1032, 232);
        bench.panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bench.panel));
        const QModelIndex fix = bench.panel.model().index(bench.rowOf(bench.filter), ProblemsModel::Fix);
        const QRect button = ProblemDelegate::buttonIn(bench.table().visualRect(fix), fix);
        QTest::mouseClick(bench.table().viewport(), Qt::LeftButton, {}, button.center());
        QTRY_COMPARE(bench.rowOf(bench.filter), -1);
    }

    void whatIsWrongIsReadInANarrowWindow() {
        PanelBench bench;
        QVERIFY(bench.validated());
        bench.panel.show();
        for (const int width : {640, 1040}) {
            bench.panel.resize(width, 200);
            QCoreApplication::sendPostedEvents();  // layouts
            QTRY_VERIFY2(bench.table().columnWidth(ProblemsModel::What) > width / 3,
                         qPrintable(QString::number(bench.table().columnWidth(ProblemsModel::What))));
            QVERIFY(bench.table().columnWidth(ProblemsModel::Fix) > width / 6);
        }
    }

    void stepsGoRound() {
        PanelBench bench;
        QVERIFY(bench.validated());
        bench.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 300});
        QVERIFY(bench.validated());
        QVERIFY(bench.panel.count() >= 2);
        bench.panel.step(1);
        QCOMPARE(bench.table().currentIndex().row(), 0);
        bench.panel.step(-1);
        QCOMPARE(bench.table().currentIndex().row(), bench.panel.count() - 1);
        bench.panel.step(1);
        QCOMPARE(bench.table().currentIndex().row(), 0);
    }

    void countsAlsoWhileItIsHidden() {
        PanelBench bench;
        bench.panel.hide();
        QVERIFY(bench.validated());
        QVERIFY(bench.panel.count() > 0);
        QCOMPARE(bench.panel.model().rowCount(), 0);
        bench.panel.show();
        QCOMPARE(bench.panel.model().rowCount(), bench.panel.count());
    }

    void theChosenProblemStaysChosen() {
        PanelBench bench;
        QVERIFY(bench.validated());
        bench.table().selectRow(bench.rowOf(bench.filter));
        bench.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 300});
        QVERIFY(bench.validated());
        QCOMPARE(bench.table().currentIndex().row(), bench.rowOf(bench.filter));
    }

    void delaysSeenAreAdvice() {
        Bench bench;
        const NodeId window = bench.document.addNode(
            nodeOf("window_aggregate", QStringLiteral("Load per core"),
                   Json::parse(R"json({"window": "tumble", "size": "10s", "allowed_lateness": "5s",
                                       "aggregates": ["COUNT(*) AS n"]})json")),
            {0, 0});
        RunSnapshot snapshot;
        NodeMetrics& metrics = snapshot.metrics.nodes[window];
        RunFindings findings(bench.document);
        const auto adviceNow = [&] {
            ++snapshot.pictures;
            findings.update(snapshot, true);
            return findings.advice();
        };
        QVERIFY(adviceNow().empty());
        metrics.late = 41;
        metrics.largestLateBy = 6'400;
        const auto advice = adviceNow();
        QCOMPARE(advice.size(), std::size_t{1});
        QCOMPARE(english(advice[0].mend),
                 std::string("41 rows arrived after their window closed. The longest delay was 6.4 s."));
        bench.document.applyFix(advice[0], advice[0].fixes.at(0));
        QCOMPARE(bench.document.pipeline().find(window)->params["allowed_lateness"].get<std::string>(), "7s");
        QVERIFY(adviceNow().empty());
    }

    void saysThatThereAreNone() {
        Bench bench;
        ProblemsPanel panel(bench.parts);
        panel.show();
        QVERIFY(!panel.findChild<QTableView*>()->isVisible());
        QVERIFY(panel.findChild<EmptyState*>()->isVisible());
        QCOMPARE(panel.findChild<EmptyState*>()->accessibleName(), QStringLiteral("No problems"));
    }

    void looks() {
        PanelBench bench;
        QVERIFY(bench.validated());
        bench.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 300});
        QVERIFY(bench.validated());
        bench.panel.resize(1032, 200);
        bench.panel.step(1);
        bench.panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bench.panel));
        QCOMPARE(bench.table().rowHeight(0), ProblemDelegate::kRowHeight);
        keepPicture(bench.panel, QStringLiteral("problems-dark"));
        Theme::of().apply({.mode = ThemeMode::Light});
        keepPicture(bench.panel, QStringLiteral("problems-light"));
    }
};

QTEST_MAIN(TestProblemsPanel)
#include "test_problems_panel.moc"
