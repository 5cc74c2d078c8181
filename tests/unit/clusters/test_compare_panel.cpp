// The Compare panel: two engines to choose from, differences row by row with their causes, obstacles to a
// comparison, and each as text for others.
#include <QtWidgets/QtWidgets>

#include "tests/support/made_comparison.h"
#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/clusters/compare_panel.h"
#include "widgets/clusters/compare_session.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using rw::testing::MadeComparison;

namespace {

Target targetOf(const char* name, Engine engine = Engine::Flink) {
    Target target;
    target.name = name;
    target.engine = engine;
    target.flink.gateway = target.flink.jobManager = "http://127.0.0.1:1";
    return target;
}

struct ComparePanelFixture : SessionFixture {
    QTemporaryDir folder{};
    TargetList targets{folder.filePath(QStringLiteral("targets.json")).toStdString()};
    ClusterSession cluster{document, targets, environmentSecret};
    CompareSession compared{document, environmentSecret};
    ComparePanel panel{parts, compared, targets, cluster};
    std::shared_ptr<MadeComparison> made = std::make_shared<MadeComparison>();
    NodeId out, shown;

    ComparePanelFixture() {
        compared.setComparing(rw::testing::comparingBy(made));
        made->held = false;
        panel.resize(900, 260);
    }
    ~ComparePanelFixture() { made->held = false; }

    void draw() {
        const NodeId rows =
            document.addNode(nodeOf("rows", QStringLiteral("Made"),
                                    Json::parse(R"({"columns": ["a INT"], "rows": [[1], [2]]})")),
                             {0, 0});
        out = document.addNodeBehind(nodeOf("table_view", QStringLiteral("Kept"), Json::object()), {300, 0},
                                     {rows, "out"});
        shown = document.addNodeBehind(nodeOf("table_view", QStringLiteral("Seen"), Json::object()),
                                       {300, 200}, {rows, "out"});
        made->report = rw::testing::madeReport(out, shown);
    }
    bool addTargets(std::vector<Target> all) { return targets.set(std::move(all)).ok(); }
    /// With a target, a pipeline and the panel on.
    void ready() {
        draw();
        if (!addTargets({targetOf("staging"), targetOf("grid", Engine::Spark)})) qFatal("no targets");
        panel.show();
    }
    bool done() {
        return QTest::qWaitFor([this] { return compared.state() == CompareSession::State::Done; }, 20'000);
    }
    bool compareNow() {
        begin().click();
        return done();
    }
    QPushButton& begin() const { return *panel.findChild<QPushButton*>(QStringLiteral("compareButton")); }
    QPushButton& cancel() const { return *panel.findChild<QPushButton*>(QStringLiteral("endCompareButton")); }
    EmptyState& empty() const { return *panel.findChild<EmptyState*>(); }
    QPushButton& emptyAction() const { return *empty().findChild<QPushButton*>(); }
    QTableView& table(const char* name) const { return tableIn(panel, name); }
    QComboBox& engine(const char* name) const {
        for (auto* each : panel.findChildren<QComboBox*>()) {
            if (each->accessibleName() == QLatin1String(name)) return *each;
        }
        qFatal("no such list");
    }
    QString words() const { return panel.findChild<QScrollArea*>()->findChild<QLabel*>()->text(); }
    QString found(int row) const { return panel.found().index(row, CompareModel::Found).data().toString(); }
    QString cell(int row, int column) const { return panel.rows().index(row, column).data().toString(); }
};

}  // namespace

class TestComparePanel : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

 private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit());
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    void isThereWithATargetOrWhenAskedFor() {
        ComparePanelFixture fixture;
        QVERIFY(!fixture.panel.isPresent());
        QVERIFY(fixture.addTargets({targetOf("staging")}));
        QVERIFY(fixture.panel.isPresent());
        QVERIFY(fixture.addTargets({}));
        QVERIFY(!fixture.panel.isPresent());
        QAction* entry = fixture.panel.entries().front().action;
        QVERIFY(!entry->isEnabled());  // there is nothing to compare
        fixture.draw();
        QVERIFY(entry->isEnabled());
        QSignalSpy asked(&fixture.panel, &Pane::openRequested);
        entry->trigger();
        QVERIFY(fixture.panel.isPresent());
        QCOMPARE(asked.count(), 1);
    }

    void emptyItSaysWhatToDo() {
        ComparePanelFixture fixture;
        fixture.panel.show();
        QVERIFY2(fixture.empty().accessibleName().contains(QLatin1String("Nothing to compare")),
                 qPrintable(fixture.empty().accessibleName()));
        QVERIFY(!fixture.begin().isEnabled());
        fixture.draw();
        QVERIFY(fixture.empty().accessibleName().contains(QLatin1String("no other engine")));
        QSignalSpy targets(&fixture.panel, &ComparePanel::targetsRequested);
        fixture.emptyAction().click();
        QCOMPARE(targets.count(), 1);
        QVERIFY(fixture.addTargets({targetOf("staging")}));
        QVERIFY(fixture.empty().accessibleName().startsWith(QLatin1String("Do both engines")));
        QVERIFY(fixture.empty().accessibleDescription().contains(QLatin1String("saved or not")));
        keepPicture(fixture.panel, QStringLiteral("compare_empty"));
        fixture.emptyAction().click();
        QVERIFY(fixture.done());
    }

    void theEnginesAreOffered() {
        ComparePanelFixture fixture;
        fixture.ready();
        QComboBox &first = fixture.engine("First engine"), &second = fixture.engine("Second engine");
        QCOMPARE(first.currentText(), QStringLiteral("Embedded"));
        QCOMPARE(second.currentText(), QStringLiteral("staging · Flink"));
        QCOMPARE(second.count(), 3);
        fixture.cluster.setTarget(*fixture.targets.named(QStringLiteral("grid")));
        QCOMPARE(second.currentText(), QStringLiteral("grid · Spark"));
        second.setCurrentIndex(1);
        Q_EMIT second.activated(1);
        fixture.cluster.setTarget(std::nullopt);
        QCOMPARE(second.currentText(), QStringLiteral("staging · Flink"));  // by hand: it stays
        QVERIFY(fixture.compareNow());
        QVERIFY(!fixture.made->asked().a.target);
        QCOMPARE(fixture.made->asked().b.target->name, std::string("staging"));
        QVERIFY(fixture.addTargets({targetOf("grid", Engine::Spark)}));
        QCOMPARE(second.currentText(), QStringLiteral("grid · Spark"));  // the other one is gone
    }

    void whatDiffersIsListed() {
        ComparePanelFixture fixture;
        fixture.ready();
        QSignalSpy told(&fixture.panel, &ComparePanel::told);
        QVERIFY(fixture.compareNow());
        QCOMPARE(told.count(), 1);
        QVERIFY2(told[0][0].toString().startsWith(QLatin1String("Embedded and staging differ at")),
                 qPrintable(told[0][0].toString()));
        QCOMPARE(fixture.panel.count(), 1);
        QCOMPARE(fixture.panel.found().rowCount(), 4);
        QCOMPARE(fixture.panel.found().index(0, CompareModel::Where).data().toString(),
                 QStringLiteral("Kept"));
        QCOMPARE(fixture.found(0), QStringLiteral("2 only on Embedded · 1 only on staging · 1 different"));
        QVERIFY2(fixture.found(1).startsWith(QLatin1String("The same: 5 row")), qPrintable(fixture.found(1)));
        QCOMPARE(fixture.found(2), QStringLiteral("While no row is late: not held"));
        QCOMPARE(fixture.found(3), QStringLiteral("While no sum overflows: held"));
        QVERIFY(fixture.table("What was compared").isVisible());
        // The first one that differs is chosen.
        QVERIFY2(fixture.words().contains(QLatin1String("Rows: 8 on Embedded, 7 on staging.")),
                 qPrintable(fixture.words()));
        QVERIFY(fixture.words().contains(QLatin1String("Cause: late. Rows were late: per_minute (3).")));
        QVERIFY(fixture.words().contains(
            QLatin1String("Cause: unfired windows, rows: 2. One side did not close them.")));
        keepPicture(fixture.panel, QStringLiteral("compare"));
    }

    void valuesStandSideBySide() {
        ComparePanelFixture fixture;
        fixture.ready();
        QVERIFY(fixture.compareNow());
        QCOMPARE(fixture.panel.rows().rowCount(), 4);
        QCOMPARE(fixture.panel.rows().headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("k"));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("only on Embedded"));
        QCOMPARE(fixture.cell(1, 1) + fixture.cell(1, 2), QStringLiteral("b2"));
        QCOMPARE(fixture.cell(2, 0), QStringLiteral("only on staging"));
        QCOMPARE(fixture.cell(2, 2), QStringLiteral("NULL"));
        QCOMPARE(fixture.cell(3, 0), QStringLiteral("different"));
        QCOMPARE(fixture.cell(3, 1), QStringLiteral("d"));
        QCOMPARE(fixture.cell(3, 2), QStringLiteral("3 ≠ 4"));
        const QModelIndex changed = fixture.panel.rows().index(3, 2);
        QCOMPARE(changed.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Embedded: 3\nstaging: 4"));
        QVERIFY(changed.data(Qt::ForegroundRole).isValid());
        QVERIFY(!fixture.panel.rows().index(3, 1).data(Qt::ForegroundRole).isValid());
        QTableView& rows = fixture.table("Rows that differ");
        rows.selectRow(3);
        for (QAction* action : rows.actions()) {
            if (action->shortcut() == QKeySequence::Copy) action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Rows\tk\tn\ndifferent\td\t3 ≠ 4\n"));
    }

    void whatIsTheSameHasNoRows() {
        ComparePanelFixture fixture;
        fixture.ready();
        QVERIFY(fixture.compareNow());
        fixture.table("What was compared").selectRow(1);
        QVERIFY(!fixture.table("Rows that differ").isVisible());
        QCOMPARE(fixture.words(), QStringLiteral("Both sides have the same rows: 5."));
        fixture.table("What was compared").selectRow(2);
        QVERIFY(fixture.words().contains(QLatin1String("no row is late: not held")));
        fixture.table("What was compared").selectRow(0);
        QVERIFY(fixture.table("Rows that differ").isVisible());
    }

    void manyRowsAreCut() {
        ComparePanelFixture fixture;
        fixture.ready();
        auto& only = fixture.made->report.nodes[0].difference.onlyB;
        const CompareRow row = only.front();
        only.assign(DifferenceModel::kMost + 5, row);
        QVERIFY(fixture.compareNow());
        QCOMPARE(fixture.panel.rows().rowCount(), static_cast<int>(2 + DifferenceModel::kMost + 1));
        QCOMPARE(fixture.cell(fixture.panel.rows().rowCount() - 1, 0), QStringLiteral("different"));
        QVERIFY2(fixture.words().contains(QLatin1String("the first 200 rows")), qPrintable(fixture.words()));
    }

    // A panel that grew with its words would take the canvas away.
    void manyCausesScroll() {
        ComparePanelFixture fixture;
        fixture.ready();
        auto& causes = fixture.made->report.nodes[0].causes;
        const Cause cause = causes.front();
        causes.assign(30, cause);
        QVERIFY(fixture.compareNow());
        QCoreApplication::processEvents();
        QVERIFY(fixture.panel.findChild<QScrollArea*>()->height() <= fixture.panel.height() / 2);
        QVERIFY(fixture.panel.minimumSizeHint().height() <= fixture.panel.height());
        QVERIFY(fixture.table("Rows that differ").isVisible());
    }

    void enterGoesToTheNode() {
        ComparePanelFixture fixture;
        fixture.ready();
        QVERIFY(fixture.compareNow());
        fixture.document.selection().clear();
        QTableView& list = fixture.table("What was compared");
        list.selectRow(1);
        Q_EMIT list.activated(fixture.panel.found().index(1, 0));
        QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{fixture.shown});
        list.selectRow(0);
        Q_EMIT fixture.table("Rows that differ").activated(fixture.panel.rows().index(0, 0));
        QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{fixture.out});
        fixture.document.remove({fixture.shown});
        Q_EMIT list.activated(fixture.panel.found().index(1, 0));  // it is gone
        QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{fixture.out});
    }

    void whatKeepsItFromBeingComparedIsListed() {
        ComparePanelFixture fixture;
        fixture.ready();
        fixture.made->report = {};
        fixture.made->report.refusals.push_back({"staging",
                                                 fixture.out,
                                                 {},
                                                 RW_TEXT("test", "It can't be there."),
                                                 RW_TEXT("test", "Take another."),
                                                 {}});
        fixture.made->report.refusals.push_back(
            {{}, fixture.shown + "/inner", "rows", RW_TEXT("test", "It has no end."), {}, {}});
        QVERIFY(fixture.compareNow());
        QCOMPARE(fixture.panel.count(), 2);
        const RefusalsModel& model = fixture.panel.refusals();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.line(0), QStringLiteral("staging: It can't be there.\tKept\tTake another."));
        QCOMPARE(model.issue(1).node, fixture.shown);  // the subflow that it is in
        QVERIFY(model.issue(1).param.empty());
        QTableView& table = fixture.table("Why nothing was compared");
        QVERIFY(table.isVisible());
        fixture.document.selection().clear();
        table.selectRow(0);
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{fixture.out});
        QVERIFY(fixture.panel.asText().startsWith(QLatin1String("refused: staging: ")));
        keepPicture(fixture.panel, QStringLiteral("compare_refused"));
    }

    void aFailureIsListed() {
        ComparePanelFixture fixture;
        fixture.ready();
        fixture.made->failure = Status(ErrorCode::Io, RW_TEXT("test", "The gateway does not answer."),
                                       RW_TEXT("test", "Start it."));
        QSignalSpy told(&fixture.panel, &ComparePanel::told);
        QVERIFY(fixture.compareNow());
        QCOMPARE(fixture.panel.refusals().rowCount(), 1);
        QCOMPARE(fixture.panel.count(), 1);
        QVERIFY(told[0][0].toString().contains(QLatin1String("The gateway does not answer.")));
        QVERIFY(fixture.panel.asText().startsWith(QLatin1String("error: The gateway does not answer.")));
        fixture.made->failure = {};
        QVERIFY(fixture.begin().isVisible());
        fixture.begin().click();
        QTRY_COMPARE(fixture.panel.found().rowCount(), 4);
        QCOMPARE(fixture.panel.refusals().rowCount(), 0);
    }

    void itIsFollowedAndEnded() {
        ComparePanelFixture fixture;
        fixture.ready();
        fixture.made->held = true;
        fixture.begin().click();
        QVERIFY(!fixture.begin().isVisible() && fixture.cancel().isVisible());
        QVERIFY(!fixture.engine("First engine").isEnabled());
        QCOMPARE(fixture.empty().accessibleName(), QStringLiteral("Comparing Embedded with staging"));
        QTRY_VERIFY2(
            fixture.empty().accessibleDescription().startsWith(QLatin1String("Running it on staging")),
            qPrintable(fixture.empty().accessibleDescription()));
        QCOMPARE(fixture.emptyAction().text(), QStringLiteral("Cancel the comparison"));
        fixture.cancel().click();
        QTRY_VERIFY(fixture.begin().isVisible());
        QVERIFY(fixture.empty().accessibleName().contains(QLatin1String("was ended")));
        QCOMPARE(fixture.panel.count(), 0);
        fixture.made->held = false;
        fixture.emptyAction().click();
        QTRY_COMPARE(fixture.panel.found().rowCount(), 4);
    }

    // The keyboard stays where a button was pressed.
    void theKeyboardIsNotLost() {
        ComparePanelFixture fixture;
        fixture.ready();
        fixture.made->held = true;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.panel, 30'000));
        fixture.begin().setFocus();
        QTest::keyClick(&fixture.begin(), Qt::Key_Space);
        QVERIFY(fixture.cancel().hasFocus());
        QTest::keyClick(&fixture.cancel(), Qt::Key_Space);
        QTRY_VERIFY(fixture.begin().isVisible());
    }

    void theTextIsThatOfTheCommandLine() {
        ComparePanelFixture fixture;
        fixture.ready();
        QVERIFY(fixture.panel.asText().isEmpty());
        auto* copy = fixture.panel.tools()->findChild<IconButton*>();
        QVERIFY(!copy->isEnabled());
        QVERIFY(fixture.compareNow());
        QGuiApplication::clipboard()->clear();
        copy->click();
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.startsWith(QString::fromStdString(fixture.out) +
                                 QStringLiteral(": 8 rows and 7; 2 only in embedded, 1 only in staging")),
                 qPrintable(text));
        QVERIFY(text.contains(QLatin1String("conditions of the verdicts")));
    }

    void anOldReportSaysSo() {
        ComparePanelFixture fixture;
        fixture.ready();
        QVERIFY(fixture.compareNow());
        QVERIFY(!fixture.words().contains(QLatin1String("changed since")));
        fixture.document.remove({fixture.shown});
        QVERIFY(fixture.words().contains(QLatin1String("changed since")));
        fixture.document.startEmpty();
        QCOMPARE(fixture.panel.found().rowCount(), 0);
        QCOMPARE(fixture.panel.count(), 0);
    }

    void countsWhileItIsHidden() {
        ComparePanelFixture fixture;
        fixture.ready();
        fixture.made->held = true;
        fixture.begin().click();
        fixture.panel.hide();
        fixture.made->held = false;
        QSignalSpy told(&fixture.panel, &ComparePanel::told);
        QVERIFY(fixture.done());
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(fixture.panel.count(), 1);
        QCOMPARE(fixture.panel.found().rowCount(), 0);
        fixture.panel.show();
        QCOMPARE(fixture.panel.found().rowCount(), 4);
    }
};

QTEST_MAIN(TestComparePanel)
#include "test_compare_panel.moc"
