// The Data panel: the newest rows of the selection, also of a run that was over before it was shown.
#include <QtWidgets/QtWidgets>

#include "core/data/text.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/save_rows.h"
#include "widgets/panels/data_panel.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct PanelFixture : SessionFixture {
    NodeId source, filter, sink;
    DataPanel panel{parts};

    PanelFixture() {
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

    void rowsInsideASubflow() {
        PanelFixture fixture;
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("part.rill")));
        const Json part{{"rill", 1},
                        {"name", "part"},
                        {"nodes",
                         {{{"id", "in"},
                           {"type", "subflow_input"},
                           {"params", {{"columns", {"core INT", "name STRING"}}}}},
                          {{"id", "last"}, {"type", "filter"}, {"params", {{"condition", "core > 2"}}}},
                          {{"id", "out"}, {"type", "subflow_output"}}}},
                        {"wires", {{{"from", "in"}, {"to", "last"}}, {{"from", "last"}, {"to", "out"}}}}};
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(QByteArray::fromStdString(part.dump())) > 0);
        file.close();
        const NodeId sub = fixture.document.addNode(
            nodeOf("subflow", QStringLiteral("Part"), Json{{"file", file.fileName().toStdString()}}),
            {300, 300});
        fixture.document.connectPorts({fixture.source, "out"}, {sub, "in"});
        const NodeId table =
            fixture.document.addNode(nodeOf("table_view", QStringLiteral("End"), Json::object()), {600, 300});
        fixture.document.connectPorts({sub, "out"}, {table, "in"});
        QVERIFY(fixture.validated());
        QVERIFY(fixture.runToTheEnd());
        Node inside;
        inside.id = insideOf(sub, "last");
        inside.type = "filter";
        inside.params = Json{{"condition", "core > 2"}};
        fixture.panel.watchInside(inside);
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
        QCOMPARE(fixture.cell(0, 1), QStringLiteral("c"));
        // Questions about its rows are asked by its path.
        fixture.table().setCurrentIndex(fixture.panel.model().index(0, 0));
        const auto row = fixture.panel.currentRow(fixture.table());
        QVERIFY(row.has_value());
        QCOMPARE(row->from.node, inside.id);
        // Then those of the selection again.
        fixture.document.selection().set({fixture.source});
        QCOMPARE(fixture.panel.model().rowCount(), 1);
        fixture.panel.watchInside(std::nullopt);
        QTRY_COMPARE(fixture.panel.model().rowCount(), 3);
    }

    void rowsOfARunThatIsOver() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        fixture.document.selection().set({fixture.source});
        QTRY_COMPARE(fixture.panel.model().rowCount(), 3);
        QCOMPARE(fixture.cell(0, 1), QStringLiteral("a,b"));
        QCOMPARE(fixture.cell(1, 1), QStringLiteral("NULL"));
        const auto head = [&](int column) {
            return fixture.panel.model()
                .headerData(column, Qt::Horizontal, TypedHeader::kTypeRole)
                .toString();
        };
        QCOMPARE(head(0), QStringLiteral("INT"));
        QCOMPARE(head(1), QStringLiteral("STRING"));
    }

    /// Tables have times in UTC, which heads say where charts have another zone: also once that is changed.
    void headsOfTimesSayUtc() {
        PanelFixture fixture;
        const NodeId times = fixture.document.addNode(
            nodeOf("rows", QStringLiteral("Times"),
                   Json{{"columns", {"ts TIMESTAMP(3)"}},
                        {"rows", Json::array({Json::array({"2024-03-01 12:00:00"})})}}),
            {0, 300});
        QVERIFY(fixture.validated());
        fixture.document.selection().set({times});
        const auto head = [&] {
            return fixture.panel.model().headerData(0, Qt::Horizontal, TypedHeader::kTypeRole).toString();
        };
        QTRY_COMPARE(head(), QStringLiteral("TIMESTAMP(3)"));
        QSignalSpy changed(&fixture.panel.model(), &QAbstractItemModel::headerDataChanged);
        Settings settings = fixture.document.pipeline().settings;
        settings.timeZone = "Europe/Vienna";
        fixture.document.setSettings(settings);
        QTRY_COMPARE(head(), QStringLiteral("TIMESTAMP(3), UTC"));
        QVERIFY(changed.count() > 0);
    }

    void aSinkShowsWhatEntersIt() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        fixture.document.selection().set({fixture.sink});
        QTRY_COMPARE(fixture.panel.model().rowCount(), 2);
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("2"));
    }

    void aWireShowsWhatFlowsOnIt() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        fixture.document.selection().set({fixture.document.pipeline().wires.front()});
        QTRY_COMPARE(fixture.panel.model().rowCount(), 3);
    }

    void portsAreChosen() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        fixture.document.selection().set({fixture.filter});
        auto* ports = fixture.panel.tools()->findChild<SegmentedControl*>();
        QVERIFY(ports->count() == static_cast<int>(fixture.document.kindOf(fixture.filter)->outputs.size()));
        QTRY_COMPARE(fixture.panel.model().rowCount(), 2);
        Q_EMIT ports->chosen(1);
        QTRY_COMPARE(fixture.panel.model().rowCount(), 0);  // none was rejected
        Q_EMIT ports->chosen(0);
        QTRY_COMPARE(fixture.panel.model().rowCount(), 2);
    }

    void frozenRowsStay() {
        SessionFixture fixture;
        const NodeId source = fixture.document.addNode(
            nodeOf("generator", QStringLiteral("Numbers"), {{"columns", {"n BIGINT = i"}}, {"rate", 1000}}),
            {0, 0});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()),
                                       {300, 0}, {source, "out"});
        DataPanel panel(fixture.parts);
        panel.show();
        fixture.document.selection().set({source});
        const auto newest = [&] {
            return panel.model().index(panel.model().rowCount() - 1, 0).data().toLongLong();
        };
        const auto given = [&] { return fixture.session.snapshot().metrics.sourceRows; };
        fixture.session.start();
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
        PanelFixture fixture;
        fixture.document.selection().set({fixture.source});
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 3);
        fixture.panel.setFrozen(true);
        fixture.document.setParam(fixture.source, "rows", Json::array({Json::array({9, "z"})}));
        QVERIFY(fixture.validated());
        QCOMPARE(fixture.panel.model().rowCount(), 3);
        QVERIFY(fixture.runToTheEnd());  // another run has other rows
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
    }

    void anotherStreamIsNotFrozen() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        fixture.document.selection().set({fixture.source});
        QTRY_COMPARE(fixture.panel.model().rowCount(), 3);
        fixture.panel.setFrozen(true);
        fixture.document.selection().set({fixture.filter});
        QTRY_COMPARE(fixture.panel.model().rowCount(), 2);
    }

    void aChangeOfLanguageKeepsWhatIsShown() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        fixture.document.selection().set({fixture.filter});
        QTRY_COMPARE(fixture.panel.model().rowCount(), 2);
        fixture.panel.setFrozen(true);
        QEvent change(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&fixture.panel, &change);
        QCOMPARE(fixture.panel.model().rowCount(), 2);
    }

    void copiesChosenRows() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        fixture.document.selection().set({fixture.source});
        QTRY_COMPARE(fixture.panel.model().rowCount(), 3);
        fixture.table().selectRow(2);
        fixture.panel.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("core\tname\n3\tc\n"));
        fixture.table().clearSelection();
        fixture.panel.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("core\tname\n1\ta,b\n2\t\n3\tc\n"));
        QCOMPARE(csvOf(fixture.panel.model().batches()), std::string("core,name\n1,\"a,b\"\n2,\n3,c\n"));
    }

    void unreadRowsAreCountedOverBatches() {
        ColumnBuilder texts(Type::of(TypeId::String));
        texts.appendString("fine");
        texts.appendString(std::string("a\0b", 3));
        Batch batch;
        batch.schema = std::make_shared<Schema>(Schema{{{"s", Type::of(TypeId::String)}}});
        batch.columns = {texts.finish()};
        batch.rows = 2;
        UnreadRows unread;
        QCOMPARE(csvOf({batch, batch}, &unread).size(), std::size_t{2 + 5 + 6 + 5 + 6});
        QCOMPARE(unread.rows, std::uint64_t{4});
        QCOMPARE(unread.count, std::uint64_t{2});
        QCOMPARE(unread.first, std::uint64_t{2});
        UnreadRows none;
        csvOf({numbers(0, 3)}, &none);
        QCOMPARE(none.count, std::uint64_t{0});
    }

    void saysWhyThereIsNothing() {
        PanelFixture fixture;
        QVERIFY(!fixture.table().isVisible());
        const auto* empty = fixture.panel.findChild<EmptyState*>();
        QCOMPARE(empty->accessibleName(), QStringLiteral("Select a node or a wire"));
        fixture.document.selection().set({fixture.source});
        QCOMPARE(empty->accessibleName(), QStringLiteral("Not run yet"));
        QPushButton* run = nullptr;
        for (QPushButton* button : fixture.panel.findChildren<QPushButton*>())
            if (button->isVisible() && button->property("role") == QLatin1String("link")) run = button;
        QVERIFY(run != nullptr);
        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_COMPARE(fixture.session.state(), RunSession::State::Finished);
        QTRY_VERIFY(fixture.table().isVisible());
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

    // The selection and the run of meanwhile are found when it is shown.
    void looksAtNothingWhileItIsHidden() {
        PanelFixture fixture;
        fixture.document.selection().set({fixture.source});
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 3);
        fixture.panel.hide();
        fixture.document.selection().set({fixture.filter});
        QVERIFY(fixture.validated());
        QCOMPARE(fixture.panel.model().rowCount(), 3);
        fixture.document.setParam(fixture.source, "rows", Json::array({Json::array({9, "z"})}));
        QVERIFY(fixture.runToTheEnd());
        QCOMPARE(fixture.panel.model().rowCount(), 3);
        fixture.panel.show();
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("9"));
    }

    /// As the button of the tool bar: it refuses with errors, and is not there where that one exports.
    void runKeepsTheRuleOfTheToolBar() {
        PanelFixture fixture;
        fixture.document.selection().set({fixture.source});
        auto* run = fixture.panel.findChild<EmptyState*>()->findChild<QPushButton*>();
        QTRY_COMPARE(run->text(), QStringLiteral("Run"));
        QVERIFY(!run->isHidden());
        fixture.document.portability().setEngine(Engine::Flink);
        QVERIFY(run->isHidden());
        fixture.document.portability().setEngine(std::nullopt);
        QVERIFY(!run->isHidden());
        fixture.document.setParam(fixture.filter, "condition", "nowhere > 1");
        QVERIFY(fixture.validated());
        QSignalSpy refused(&fixture.session, &RunSession::refused);
        run->click();
        QCOMPARE(refused.count(), 1);
        QVERIFY(!fixture.session.isActive());
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
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        fixture.document.selection().set({fixture.source});
        QTRY_COMPARE(fixture.panel.model().rowCount(), 3);
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.panel, 30'000));
        QVERIFY(fixture.table().isVisible());
        keepPicture(fixture.panel, QStringLiteral("data-dark"));
    }
};

QTEST_MAIN(TestDataPanel)
#include "test_data_panel.moc"
