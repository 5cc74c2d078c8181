// Cells of an aggregate show all of their text: where a line has no room for two of them, the name stands
// below the column.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/sql/aggregates/aggregates.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/fields/aggregate_row.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestAggregateRoom : public QObject {
    Q_OBJECT

    static std::vector<ExpressionEdit*> cellsOf(const AggregateRow& row) {
        std::vector<ExpressionEdit*> cells;
        for (auto* cell : row.findChildren<ExpressionEdit*>())
            if (cell->isVisible()) cells.push_back(cell);
        return cells;
    }
    static bool areWhole(const AggregateRow& row) {
        const auto cells = cellsOf(row);
        return cells.size() == 2 && std::all_of(cells.begin(), cells.end(), [](const ExpressionEdit* cell) {
                   return QFontMetrics(cell->font()).horizontalAdvance(cell->toPlainText()) < cell->width();
               });
    }
    static bool isOneLine(const AggregateRow& row) {
        const auto cells = cellsOf(row);
        return cells.size() == 2 && cells[0]->y() == cells[1]->y();
    }
    /// In a form of an ordinary width.
    static AggregateRow* shownIn(QWidget& window) {
        auto* layout = new QVBoxLayout(&window);
        auto* row = new AggregateRow;
        layout->addWidget(row);
        window.resize(340, 200);
        window.show();
        return row;
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void longNamesStandBelow() {
        QWidget window;
        AggregateRow* const row = shownIn(window);
        row->setText("AVG(load) AS mean");
        QCoreApplication::processEvents();
        QVERIFY(areWhole(*row) && isOneLine(*row));
        row->setText("AVG(unit_price_cents) AS average_price_cents");
        QTRY_VERIFY(!isOneLine(*row));
        QTRY_VERIFY(areWhole(*row));
        // A wide form has room for both.
        window.resize(900, 200);
        QTRY_VERIFY(isOneLine(*row) && areWhole(*row));
        window.resize(340, 200);
        QTRY_VERIFY(!isOneLine(*row) && areWhole(*row));
        row->setText("COUNT(*) AS n");
        QTRY_VERIFY(isOneLine(*row));
    }

    /// A name of a function that its column would cut has a line for itself; cells stay below their heads.
    void longFunctionsStandAlone() {
        QWidget window;
        AggregateRow* const row = shownIn(window);
        row->setText("AVG(load) AS mean");
        QCoreApplication::processEvents();
        auto* function = row->findChild<QComboBox*>();
        const int column = cellsOf(*row).front()->x();
        const auto isWhole = [&] {
            QStyleOptionComboBox option;
            option.initFrom(function);
            option.editable = false;
            const QRect words = function->style()->subControlRect(QStyle::CC_ComboBox, &option,
                                                                  QStyle::SC_ComboBoxEditField, function);
            return function->fontMetrics().horizontalAdvance(function->currentText()) <= words.width();
        };
        QVERIFY(isWhole() && function->y() == cellsOf(*row).front()->y());
        for (const sql::AggregateInfo& info : sql::aggregateFunctions()) {
            row->setText(std::string(info.name) + "(load) AS mean");
            QTRY_VERIFY2(isWhole(), std::string(info.name).c_str());
            QVERIFY(isOneLine(*row) && areWhole(*row));
            QCOMPARE(cellsOf(*row).front()->x(), column);
        }
        row->setText("AVG(load) AS mean");
        QTRY_VERIFY(function->y() == cellsOf(*row).front()->y());
    }

    /// The list is wider than its box where a name needs it.
    void theListOfFunctionsShowsWholeNames() {
        QWidget window;
        AggregateRow* const row = shownIn(window);
        row->setText("AVG(load) AS mean");
        QVERIFY(QTest::qWaitForWindowExposed(&window, 30'000));
        auto* function = row->findChild<QComboBox*>();
        function->showPopup();
        const QAbstractItemView& list = *function->view();
        QTRY_VERIFY(list.isVisible());
        QTRY_VERIFY(list.viewport()->width() >= list.sizeHintForColumn(0));
        function->hidePopup();
    }

    // A field that moves away while the user types in it would take the caret along.
    void whoTypesSeesThemMoveApartOnly() {
        QWidget window;
        AggregateRow* const row = shownIn(window);
        QVERIFY(QTest::qWaitForWindowActive(&window, 30'000));
        row->setText("AVG(load) AS mean");
        ExpressionEdit* name = cellsOf(*row).at(1);
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("average_load_of_all_cores"));
        QTRY_VERIFY(!isOneLine(*row));
        QVERIFY(name->hasFocus());
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("m"));
        QTRY_COMPARE(row->text(), std::string("AVG(load) AS m"));
        QVERIFY(!isOneLine(*row));
    }
};

QTEST_MAIN(TestAggregateRoom)
#include "test_aggregate_room.moc"
