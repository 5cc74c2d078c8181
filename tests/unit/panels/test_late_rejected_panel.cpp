// The Late & rejected panel: which rows came too late or could not be used, filtered, told and written out.
#include <QtWidgets/QtWidgets>

#include "tests/support/pair_kind.h"
#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/document/number_text.h"
#include "widgets/panels/late_rejected_panel.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

KeptRow keptRow(KeptRow::Kind kind, const char* node, const char* row) {
    KeptRow kept;
    kept.kind = kind;
    kept.node = node;
    kept.row = row;
    if (kind == KeptRow::Kind::Late) {
        kept.eventTime = 1'709'294'400'000;
        kept.lateBy = 6'400;
        kept.stamp = kept.eventTime + kept.lateBy;
        kept.position = 11;
    } else {
        kept.reason = Text{"test", "Not a number"};
    }
    return kept;
}

// A window over rows of which the last one belongs to a window that has closed long ago.
struct PanelFixture : SessionFixture {
    NodeId window;
    LateRejectedPanel panel{parts};

    PanelFixture() {
        const NodeId source = document.addNode(nodeOf("rows", QStringLiteral("Samples"), Json::parse(R"json({
            "columns": ["ts TIMESTAMP(3)", "core INT"], "event_time": "ts",
            "rows": [["2024-03-01 12:00:00", 1], ["2024-03-01 12:01:00", 2], ["2024-03-01 12:00:03", 3]]})json")),
                                               {0, 0});
        window = document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("Per window"),
                   Json::parse(
                       R"json({"window": "tumble", "size": "10s", "aggregates": ["COUNT(*) AS n"]})json")),
            {300, 0}, {source, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {window, "out"});
        document.selection().clear();
        panel.resize(1032, 200);
        panel.show();
    }
    QTableView& table() { return *panel.findChild<QTableView*>(); }

    /// More late rows than are kept.
    bool runWithManyLateRows() {
        Json rows = Json::parse(R"json([["2024-03-01 12:00:00", 1], ["2024-03-01 12:01:00", 2]])json");
        for (int number = 0; number < kMany; ++number)
            rows.push_back(Json::array({"2024-03-01 12:00:03", number}));
        document.setParam(document.pipeline().nodes.front().id, "rows", rows);
        return runToTheEnd() && QTest::qWaitFor([this] { return panel.count() == kMany; }, 30'000);
    }
    /// The line above the list; empty: there is none.
    QString lineAbove() const {
        for (const QLabel* label : panel.findChildren<QLabel*>())
            if (label->isVisible() && label->property("role").toString() == QLatin1String("caption") &&
                (label->text().startsWith(QLatin1String("The newest")) ||
                 label->text().contains(QStringLiteral("Per window"))))
                return label->text();
        return {};
    }
    static constexpr int kMany = 3'000;
};

}  // namespace

class TestLateRejectedPanel : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void aLateRowIsListedWithItsDelay() {
        PanelFixture fixture;
        QSignalSpy counted(&fixture.panel, &LateRejectedPanel::countChanged);
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
        QTRY_COMPARE(counted.size(), 1);
        QCOMPARE(counted[0][0].toInt(), 1);
        const auto cell = [&](int column) {
            return fixture.panel.model().index(0, column).data().toString();
        };
        QCOMPARE(cell(KeptRowsModel::Time), QStringLiteral("2024-03-01 12:00:03.000"));
        QCOMPARE(cell(KeptRowsModel::Where), QStringLiteral("Per window"));
        QCOMPARE(cell(KeptRowsModel::Delay), QStringLiteral("+50\u2009s"));
        QCOMPARE(cell(KeptRowsModel::Why),
                 QStringLiteral("Window until 12:00:10 closed, watermark 12:01:00"));
        QVERIFY(cell(KeptRowsModel::Row).contains(QStringLiteral("core=3")));
        QVERIFY(fixture.table().isVisible());
    }

    /// Of one node it is said how many rows it has, and not how many all have.
    void aFilterTellsItsOwnCount() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
        QCOMPARE(fixture.lineAbove(), QString());
        fixture.panel.showNode(fixture.window);
        QCOMPARE(fixture.lineAbove(), QStringLiteral("1 row of “Per window”."));
        QVERIFY(fixture.runWithManyLateRows());
        QTRY_VERIFY2(
            fixture.lineAbove().startsWith(QLatin1String("The newest ")) &&
                fixture.lineAbove().endsWith(QStringLiteral(" of 3\u2009000 rows of “Per window” are kept.")),
            qPrintable(fixture.lineAbove()));
    }

    void anotherRunStartsOver() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
        fixture.document.setParam(fixture.window, "size", "10min");
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 0);
        QTRY_VERIFY(!fixture.table().isVisible());
    }

    void countsAlsoWhileItIsHidden() {
        PanelFixture fixture;
        fixture.panel.hide();
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.count(), 1);
        QCOMPARE(fixture.panel.model().rowCount(), 0);
        fixture.panel.show();
        QCOMPARE(fixture.panel.model().rowCount(), 1);
        fixture.panel.hide();
        fixture.document.setParam(fixture.window, "size", "10min");
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.count(), 0);
        fixture.panel.show();
        QCOMPARE(fixture.panel.model().rowCount(), 0);
    }

    // Of as many nodes as before: another name, and another node.
    void nodesAreListedByTheNamesOfNow() {
        PanelFixture fixture;
        auto* nodes = fixture.panel.tools()->findChild<QComboBox*>();
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(nodes->count(), 2);
        QCOMPARE(nodes->itemText(1), QStringLiteral("Per window"));
        fixture.document.setTitle(fixture.window, QStringLiteral("Minutes"));
        QCOMPARE(nodes->itemText(1), QStringLiteral("Minutes"));
        fixture.panel.hide();
        fixture.document.setTitle(fixture.window, QStringLiteral("Hours"));
        fixture.panel.show();
        QCOMPARE(nodes->itemText(1), QStringLiteral("Hours"));
        const NodeTemplate other = nodeOf("window_aggregate", QStringLiteral("Another"),
                                          fixture.document.node(fixture.window)->params);
        const PortRef source = fixture.document.pipeline().wires.front().from;
        fixture.document.remove(
            {fixture.window, fixture.document.pipeline().nodes.back().id});  // with its table
        const NodeId another = fixture.document.addNodeBehind(other, {300, 0}, source);
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Rows"), Json::object()),
                                       {600, 100}, {another, "out"});
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(nodes->itemText(1), QStringLiteral("Another"));
        QCOMPARE(nodes->count(), 2);
    }

    void aClickSelectsTheNode() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.panel, 30'000));
        const QRect cell = fixture.table().visualRect(fixture.table().model()->index(0, 0));
        QTest::mouseClick(fixture.table().viewport(), Qt::LeftButton, {}, cell.center());
        QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{fixture.window});
    }

    void kindNodeAndWordsFilter() {
        SessionFixture fixture;
        KeptRowsModel model(fixture.document);
        KeptRowsFilter filter;
        filter.setSourceModel(&model);
        model.add({keptRow(KeptRow::Kind::Late, "a", "x=1"), keptRow(KeptRow::Kind::Rejected, "a", "x=2"),
                   keptRow(KeptRow::Kind::Rejected, "b", "x=3")});
        filter.setKind(KeptRow::Kind::Rejected);
        QCOMPARE(filter.rowCount(), 2);
        filter.setNode("b");
        QCOMPARE(filter.rowCount(), 1);
        filter.setNode({});
        filter.setSearchText(QStringLiteral("NUMBER"));
        QCOMPARE(filter.rowCount(), 2);
        filter.setSearchText(QStringLiteral("x=2"));
        QCOMPARE(filter.rowCount(), 1);
        filter.setKind(KeptRow::Kind::Late);
        QCOMPARE(filter.rowCount(), 0);
    }

    void numbersAreSortedByTheirValue() {
        SessionFixture fixture;
        KeptRowsModel model(fixture.document);
        KeptRowsFilter filter;
        filter.setSourceModel(&model);
        std::vector<KeptRow> rows;
        for (const std::int64_t position : {1'199, 7, 10, 99}) {
            rows.push_back(keptRow(KeptRow::Kind::Rejected, "a", "x=1"));
            rows.back().position = position;
        }
        rows.push_back(keptRow(KeptRow::Kind::Late, "b", "x=0"));
        rows.back().position = -1;
        model.add(rows);
        const auto positions = [&filter] {
            QStringList all;
            for (int row = 0; row < filter.rowCount(); ++row)
                all << filter.index(row, KeptRowsModel::Position).data().toString();
            return all.join(u' ');
        };
        const QString came = positions();
        filter.sort(KeptRowsModel::Position);
        QCOMPARE(positions(), QStringLiteral("– 8 11 100 ") + countText(1'200));
        filter.sort(KeptRowsModel::Position, Qt::DescendingOrder);
        QCOMPARE(positions(), countText(1'200) + QStringLiteral(" 100 11 8 –"));
        filter.sort(KeptRowsModel::Delay, Qt::DescendingOrder);
        QCOMPARE(filter.index(0, KeptRowsModel::Delay).data().toString(), QStringLiteral("+6.4\u2009s"));
        filter.sort(KeptRowsModel::Row);
        QCOMPARE(filter.index(0, KeptRowsModel::Row).data().toString(), QStringLiteral("x=0"));
        filter.sort(-1);
        QCOMPARE(positions(), came);
    }

    void aClickOnAHeadSorts() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        QTRY_VERIFY(fixture.table().isVisible());
        const QHeaderView& head = *fixture.table().horizontalHeader();
        QCOMPARE(head.sortIndicatorSection(), -1);
        const QPoint position(head.sectionViewportPosition(KeptRowsModel::Position) + 20, head.height() / 2);
        for (const int sorted :
             {int(KeptRowsModel::Position), int(KeptRowsModel::Position), -1}) {  // up, down, as they came
            QTest::mouseClick(head.viewport(), Qt::LeftButton, {}, position);
            QCOMPARE(head.sortIndicatorSection(), sorted);
            const auto* shown = qobject_cast<QSortFilterProxyModel*>(fixture.table().model());
            QCOMPARE(shown->sortColumn(), sorted);
        }
        for (int section = 0; section < head.count(); ++section) {  // a column may be too narrow for its name
            const QString name = head.model()->headerData(section, Qt::Horizontal).toString();
            QCOMPARE(head.model()->headerData(section, Qt::Horizontal, Qt::ToolTipRole).toString(), name);
        }
    }

    // The end of the list was followed before.
    void sortedRowsAreShownFromTheFirst() {
        PanelFixture fixture;
        QVERIFY(fixture.runWithManyLateRows());
        const QScrollBar& bar = *fixture.table().verticalScrollBar();
        QTRY_VERIFY(bar.maximum() > 0 && bar.value() == bar.maximum());
        const QHeaderView& head = *fixture.table().horizontalHeader();
        const QPoint position(head.sectionViewportPosition(KeptRowsModel::Position) + 20, head.height() / 2);
        for (int click = 0; click < 3; ++click) {  // up, down, as they came
            fixture.table().scrollToBottom();
            QVERIFY(bar.value() > 0);
            QTest::mouseClick(head.viewport(), Qt::LeftButton, {}, position);
            QCOMPARE(bar.value(), 0);
            QCoreApplication::processEvents();
            QCOMPARE(bar.value(), 0);
        }
    }

    void rejectedRowsHaveNoDelay() {
        SessionFixture fixture;
        KeptRowsModel model(fixture.document);
        model.add({keptRow(KeptRow::Kind::Late, "a", "x=1"), keptRow(KeptRow::Kind::Rejected, "a", "x=2")});
        QCOMPARE(model.index(0, KeptRowsModel::Delay).data().toString(), QStringLiteral("+6.4\u2009s"));
        QCOMPARE(model.index(0, KeptRowsModel::Position).data().toString(), QStringLiteral("12"));
        QCOMPARE(model.index(1, KeptRowsModel::Delay).data().toString(), QStringLiteral("–"));
        QCOMPARE(model.index(1, KeptRowsModel::Time).data().toString(), QStringLiteral("–"));
        QCOMPARE(model.index(1, KeptRowsModel::Why).data().toString(), QStringLiteral("Not a number"));
    }

    // Joins are among the windows, and few of them have any.
    void whyARowWasLateIsItsOwn() {
        const Catalogue kinds = test::withPairs(builtin());
        PipelineDocument document(kinds);
        const NodeId join =
            document.addNode(nodeOf("pairs", QStringLiteral("Pairs"), Json::object()), {0, 0});
        KeptRowsModel model(document);
        KeptRow row = keptRow(KeptRow::Kind::Late, join.c_str(), "x=1");
        row.port = "late_right";
        model.add({row});
        row.windowEnd = row.eventTime + 10'000;
        row.stamp = row.eventTime + 43'200'000;  // another day is named
        row.port = "late_left";
        model.add({row});
        row.node = "gone";
        model.add({row});
        const auto why = [&model](int at) { return model.index(at, KeptRowsModel::Why).data().toString(); };
        QCOMPARE(why(0), QStringLiteral("The watermark had reached 12:00:06.400 (late right)"));
        QCOMPARE(why(1),
                 QStringLiteral("Window until 12:00:10 closed, watermark 2024-03-02 00:00:00 (late left)"));
        QCOMPARE(why(2), QStringLiteral("Window until 12:00:10 closed, watermark 2024-03-02 00:00:00"));
    }

    void staysBounded() {
        SessionFixture fixture;
        KeptRowsModel model(fixture.document);
        for (int block = 0; block < 10; ++block) {
            model.add(std::vector<KeptRow>(700, keptRow(KeptRow::Kind::Late, "a", "x=1")));
            QVERIFY(model.rowCount() <= KeptRowsModel::kCapacity);
        }
        QVERIFY(model.rowCount() > KeptRowsModel::kCapacity / 2);
        model.add({keptRow(KeptRow::Kind::Rejected, "a", "newest")});
        QCOMPARE(model.row(model.rowCount() - 1).row, std::string("newest"));
    }

    // Many late rows came after few rejected ones, and among them.
    void eachKindHasItsOwnRoom() {
        SessionFixture fixture;
        KeptRowsModel model(fixture.document);
        const KeptRow late = keptRow(KeptRow::Kind::Late, "a", "x=1");
        for (int number = 0; number < 50; ++number) {
            std::vector<KeptRow> rows(100, late);
            rows[40] = keptRow(KeptRow::Kind::Rejected, "a", std::to_string(number).c_str());
            model.add(rows);
            QVERIFY(model.count(KeptRow::Kind::Late) <= KeptRowsModel::kCapacity);
        }
        QCOMPARE(model.count(KeptRow::Kind::Rejected), 50);
        QVERIFY(model.count(KeptRow::Kind::Late) > KeptRowsModel::kCapacity / 2);
        int next = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.row(row).kind == KeptRow::Kind::Late) continue;
            QCOMPARE(model.row(row).row, std::to_string(next++));
        }
        model.add(std::vector<KeptRow>(KeptRowsModel::kCapacity + 1, late));
        QCOMPARE(model.count(KeptRow::Kind::Late), KeptRowsModel::kCapacity);
        QCOMPARE(model.count(KeptRow::Kind::Rejected), 50);
    }

    void saysThatNotAllRowsAreKept() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
        QCOMPARE(fixture.lineAbove(), QString());
        QVERIFY(fixture.runWithManyLateRows());
        const int kept = fixture.panel.model().rowCount();
        QVERIFY(kept > 0 && kept < PanelFixture::kMany);
        const QString line =
            QStringLiteral("The newest %1 of %2 rows are kept.")
                .arg(countText(static_cast<std::uint64_t>(kept)), countText(PanelFixture::kMany));
        QCOMPARE(fixture.lineAbove(), line);
        const QScrollBar& bar = *fixture.table().verticalScrollBar();
        QTRY_VERIFY(bar.maximum() > 0 && bar.value() == bar.maximum());
        QString title;
        QTimer looking;
        connect(&looking, &QTimer::timeout, &looking, [&title] {
            auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            title = dialog->windowTitle();
            dialog->reject();
        });
        looking.start(20);
        toolIn(*fixture.panel.tools(), "Export").click();
        QVERIFY2(title.endsWith(line), qPrintable(title));
    }

    void writesExactValues() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        QTRY_COMPARE(fixture.panel.model().rowCount(), 1);
        const QStringList lines =
            QString::fromStdString(fixture.panel.csv()).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0], QStringLiteral("kind,event_time,node,late_by,stamp,late_for,why,row,source_row"));
        // The row before was at 12:01, its window ended with 12:00:09.999.
        const QString start = QStringLiteral(
                                  "late,2024-03-01 12:00:03.000,%1,50001,2024-03-01 12:01:00.000,"
                                  "2024-03-01 12:00:10.000,\"Window until 12:00:10 closed, "
                                  "watermark 12:01:00\",")
                                  .arg(QString::fromStdString(fixture.window));
        QVERIFY2(lines[1].startsWith(start), qPrintable(lines[1]));
        QVERIFY(lines[1].endsWith(QStringLiteral(",3")));
    }

    void aFilterThatHidesAllOffersToShowAll() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        QTRY_VERIFY(fixture.table().isVisible());
        fixture.panel.tools()->findChild<SearchField*>()->setText(QStringLiteral("nowhere"));
        QVERIFY(!fixture.table().isVisible());
        for (QPushButton* button : fixture.panel.findChildren<QPushButton*>())
            if (button->property("role") == QLatin1String("link") && button->isVisible()) button->click();
        QVERIFY(fixture.table().isVisible());
    }

    void looks() {
        PanelFixture fixture;
        QVERIFY(fixture.runToTheEnd());
        QTRY_VERIFY(fixture.table().isVisible());
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.panel, 30'000));
        keepPicture(fixture.panel, QStringLiteral("late-dark"));
        Theme::of().apply({.mode = ThemeMode::Light});
        keepPicture(fixture.panel, QStringLiteral("late-light"));
    }
};

QTEST_MAIN(TestLateRejectedPanel)
#include "test_late_rejected_panel.moc"
