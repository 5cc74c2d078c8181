// The Data panel: the newest rows of what is selected, also of a run that was over before anybody looked.
#include <QtWidgets/QtWidgets>

#include "core/data/text.h"
#include "tests/unit/panels/bench.h"
#include "widgets/document/save_rows.h"
#include "widgets/panels/data_panel.h"
#include "widgets/theme/dressed_table.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct PanelBench : Bench {
    NodeId source, filter, sink;
    DataPanel panel{parts};

    PanelBench() {
        source = document.addNode(nodeOf("rows", QStringLiteral("Samples"),
                                         {{"columns", {"core INT", "name STRING"}},
                                          {"rows", {{1, "a,b"}, {2, nullptr}, {3, "c"}}}}),
                                  {0, 0});
        filter = document.addNodeBehind(nodeOf("filter", QStringLiteral("Some"), {{"condition", "core > 1"}}),
                                        {300, 0}, {source, "out"});
        sink = document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                                      {filter, "out"});
        document.selection().clear();
        panel.resize(700, 220);
        panel.show();
    }
    QString cell(int row, int column) const { return panel.model().index(row, column).data().toString(); }
    QTableView& table() { return *panel.findChild<QTableView*>(); }
};

Batch numbers(int from, int count, std::shared_ptr<const std::vector<RowKind>> kinds = {}) {
    ColumnBuilder column(Type::of(TypeId::Int));
    for (int i = 0; i < count; ++i) column.append(from + i);
    Batch batch;
    batch.schema = std::make_shared<Schema>(Schema{{{"n", Type::of(TypeId::Int)}}});
    batch.columns = {column.finish()};
    batch.rows = static_cast<std::size_t>(count);
    batch.kinds = std::move(kinds);
    return batch;
}

}  // namespace

class TestDataPanel : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void rowsOfARunThatIsOver() {
        PanelBench bench;
        QVERIFY(bench.runToTheEnd());
        bench.document.selection().set({bench.source});
        QTRY_COMPARE(bench.panel.model().rowCount(), 3);
        QCOMPARE(bench.cell(0, 1), QStringLiteral("a,b"));
        QCOMPARE(bench.cell(1, 1), QStringLiteral("NULL"));
        const auto head = [&](int column) {
            return bench.panel.model().headerData(column, Qt::Horizontal, TypedHeader::kTypeRole).toString();
        };
        QCOMPARE(head(0), QStringLiteral("INT"));
        QCOMPARE(head(1), QStringLiteral("STRING"));
    }

    void aSinkShowsWhatEntersIt() {
        PanelBench bench;
        QVERIFY(bench.runToTheEnd());
        bench.document.selection().set({bench.sink});
        QTRY_COMPARE(bench.panel.model().rowCount(), 2);
        QCOMPARE(bench.cell(0, 0), QStringLiteral("2"));
    }

    void aWireShowsWhatFlowsOnIt() {
        PanelBench bench;
        QVERIFY(bench.runToTheEnd());
        bench.document.selection().set({bench.document.pipeline().wires.front()});
        QTRY_COMPARE(bench.panel.model().rowCount(), 3);
    }

    void portsAreChosen() {
        PanelBench bench;
        QVERIFY(bench.runToTheEnd());
        bench.document.selection().set({bench.filter});
        auto* ports = bench.panel.tools()->findChild<SegmentedControl*>();
        QVERIFY(ports->count() == static_cast<int>(bench.document.kindOf(bench.filter)->outputs.size()));
        QTRY_COMPARE(bench.panel.model().rowCount(), 2);
        Q_EMIT ports->chosen(1);
        QTRY_COMPARE(bench.panel.model().rowCount(), 0);  // none was rejected
        Q_EMIT ports->chosen(0);
        QTRY_COMPARE(bench.panel.model().rowCount(), 2);
    }

    void frozenRowsStay() {
        Bench bench;
        const NodeId source = bench.document.addNode(
            nodeOf("generator", QStringLiteral("Numbers"), {{"columns", {"n BIGINT = i"}}, {"rate", 1000}}),
            {0, 0});
        bench.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {300, 0},
                                     {source, "out"});
        DataPanel panel(bench.parts);
        panel.show();
        bench.document.selection().set({source});
        const auto newest = [&] {
            return panel.model().index(panel.model().rowCount() - 1, 0).data().toLongLong();
        };
        const auto given = [&] { return bench.session.snapshot().metrics.sourceRows; };
        bench.session.start();
        QTRY_VERIFY(panel.model().rowCount() > 0);
        panel.setFrozen(true);
        const qlonglong kept = newest();
        const auto before = given();
        QTRY_VERIFY(given() > before + 500);
        QCOMPARE(newest(), kept);
        panel.setFrozen(false);
        QTRY_VERIFY(newest() > kept + 200);
    }

    void frozenRowsGiveWayToThoseOfAnotherRun() {
        PanelBench bench;
        bench.document.selection().set({bench.source});
        QVERIFY(bench.runToTheEnd());
        QTRY_COMPARE(bench.panel.model().rowCount(), 3);
        bench.panel.setFrozen(true);
        bench.document.setParam(bench.source, "rows", Json::array({Json::array({9, "z"})}));
        QVERIFY(bench.validated());
        QCOMPARE(bench.panel.model().rowCount(), 3);
        QVERIFY(bench.runToTheEnd());  // another run has other rows
        QTRY_COMPARE(bench.panel.model().rowCount(), 1);
    }

    void anotherStreamIsNotFrozen() {
        PanelBench bench;
        QVERIFY(bench.runToTheEnd());
        bench.document.selection().set({bench.source});
        QTRY_COMPARE(bench.panel.model().rowCount(), 3);
        bench.panel.setFrozen(true);
        bench.document.selection().set({bench.filter});
        QTRY_COMPARE(bench.panel.model().rowCount(), 2);
    }

    void aChangeOfLanguageKeepsWhatIsShown() {
        PanelBench bench;
        QVERIFY(bench.runToTheEnd());
        bench.document.selection().set({bench.filter});
        QTRY_COMPARE(bench.panel.model().rowCount(), 2);
        bench.panel.setFrozen(true);
        QEvent change(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&bench.panel, &change);
        QCOMPARE(bench.panel.model().rowCount(), 2);
    }

    void copiesChosenRows() {
        PanelBench bench;
        QVERIFY(bench.runToTheEnd());
        bench.document.selection().set({bench.source});
        QTRY_COMPARE(bench.panel.model().rowCount(), 3);
        bench.table().selectRow(2);
        bench.panel.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("core\tname\n3\tc\n"));
        bench.table().clearSelection();
        bench.panel.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("core\tname\n1\ta,b\n2\t\n3\tc\n"));
        QCOMPARE(csvOf(bench.panel.model().batches()), std::string("core,name\n1,\"a,b\"\n2,\n3,c\n"));
    }

    void saysWhyThereIsNothing() {
        PanelBench bench;
        QVERIFY(!bench.table().isVisible());
        const auto* empty = bench.panel.findChild<EmptyState*>();
        QCOMPARE(empty->accessibleName(), QStringLiteral("Select a node or a wire"));
        bench.document.selection().set({bench.source});
        QCOMPARE(empty->accessibleName(), QStringLiteral("Not run yet"));
        QPushButton* run = nullptr;
        for (QPushButton* button : bench.panel.findChildren<QPushButton*>())
            if (button->isVisible() && button->property("role") == QLatin1String("link")) run = button;
        QVERIFY(run != nullptr);
        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_COMPARE(bench.session.state(), RunSession::State::Finished);
        QTRY_VERIFY(bench.table().isVisible());
    }

    void modelCountsOverBatches() {
        BatchModel model;
        model.setColumns(numbers(0, 1).schema, -1);
        model.setBatches({numbers(0, 3), numbers(10, 2)});
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.index(2, 0).data().toString(), QStringLiteral("2"));
        QCOMPARE(model.index(3, 0).data().toString(), QStringLiteral("10"));
        const auto picked = model.picked({1, 4});
        QCOMPARE(csvOf(picked), std::string("n\n1\n11\n"));
        model.setBatches({numbers(7, 1)});
        QCOMPARE(model.rowCount(), 1);
    }

    // What is selected meanwhile, and what runs, is found when somebody looks.
    void looksAtNothingWhileItIsHidden() {
        PanelBench bench;
        bench.document.selection().set({bench.source});
        QVERIFY(bench.runToTheEnd());
        QTRY_COMPARE(bench.panel.model().rowCount(), 3);
        bench.panel.hide();
        bench.document.selection().set({bench.filter});
        QVERIFY(bench.validated());
        QCOMPARE(bench.panel.model().rowCount(), 3);
        bench.document.setParam(bench.source, "rows", Json::array({Json::array({9, "z"})}));
        QVERIFY(bench.runToTheEnd());
        QCOMPARE(bench.panel.model().rowCount(), 3);
        bench.panel.show();
        QTRY_COMPARE(bench.panel.model().rowCount(), 1);
        QCOMPARE(bench.cell(0, 0), QStringLiteral("9"));
    }

    void changesShowWhatTheyDo() {
        BatchModel model;
        model.setColumns(numbers(0, 1).schema, -1);
        const auto kinds = std::make_shared<const std::vector<RowKind>>(
            std::vector{RowKind::UpdateBefore, RowKind::UpdateAfter});
        model.setBatches({numbers(1, 2, kinds)});
        QCOMPARE(model.columnCount(), 2);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("-U"));
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("+U"));
        QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("2"));
    }

    void looks() {
        PanelBench bench;
        QVERIFY(bench.runToTheEnd());
        bench.document.selection().set({bench.source});
        QTRY_COMPARE(bench.panel.model().rowCount(), 3);
        QVERIFY(QTest::qWaitForWindowExposed(&bench.panel));
        QVERIFY(bench.table().isVisible());
        keepPicture(bench.panel, QStringLiteral("data-dark"));
    }
};

QTEST_MAIN(TestDataPanel)
#include "test_data_panel.moc"
