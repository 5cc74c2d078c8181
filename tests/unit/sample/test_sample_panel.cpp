// The Sample panel: rows in and out side by side before any run and beside one, words where there are none,
// and a new sample after each edit.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/sample/row_way.h"
#include "widgets/sample/sample_header.h"
#include "widgets/sample/sample_panel.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Side = SampleModel::Side;

struct SampleFixture : SessionFixture {
    SamplePanel panel{parts};
    NodeId rows, euros, sums;

    SampleFixture() {
        rows = document.addNode(
            nodeOf("rows", QStringLiteral("Orders"),
                   Json::parse(R"json({"columns": ["ts TIMESTAMP(3)", "shop STRING", "amount STRING"],
            "rows": [["2024-01-01 00:00:01", "graz", "10"], ["2024-01-01 00:00:02", "wien", "n/a"],
                     ["2024-01-01 00:00:13", "graz", "30"]], "event_time": "ts"})json")),
            {0, 0});
        euros =
            document.addNodeBehind(nodeOf("select", QStringLiteral("Euros"),
                                          Json{{"columns", {"ts", "shop", "CAST(amount AS DOUBLE) AS eur"}}}),
                                   {300, 0}, {rows, "out"});
        sums = document.addNodeBehind(nodeOf("window_aggregate", QStringLiteral("Sums"),
                                             Json{{"window", "tumble"},
                                                  {"size", "10s"},
                                                  {"keys", {"shop"}},
                                                  {"aggregates", {"SUM(eur) AS eur"}}}),
                                      {600, 0}, {euros, "out"});
        panel.resize(1200, 400);
    }
    /// Nothing runs to its end from now on.
    void addEndless() {
        const NodeId endless = document.addNode(
            nodeOf("generator", QStringLiteral("Endless"), Json{{"rate", 20}, {"columns", {"n BIGINT = i"}}}),
            {0, 300});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Newest"), Json::object()), {300, 300},
                               {endless, "out"});
    }
    bool show(const NodeId& node) {
        document.selection().set({node});
        panel.show();
        return settled();
    }
    /// Waits for the sample of what is there now; false: none comes.
    bool settled() {
        auto* taker = panel.findChild<SampleTaker*>();
        return QTest::qWaitFor([taker] { return !taker->isWaiting(); }, 30'000) &&
               QTest::qWaitFor([] { return true; }, 30'000);
    }
    const SampleModel& model(Side side) const { return panel.model(side); }
    QString cell(Side side, int row, int column) const {
        return model(side).index(row, column).data().toString();
    }
    QString note(int row) const {
        return model(Side::Out).index(row, 1).data(SampleModel::kNoteRole).toString();
    }
    /// What is said in place of all rows.
    QString words() const {
        for (auto* each : panel.findChildren<EmptyState*>()) {
            const bool ofWay = panel.findChild<RowWay*>()->isAncestorOf(each);
            if (each->isVisible() && !ofWay) return each->accessibleName() + u' ' + each->accessibleDescription();
        }
        return {};
    }
    const RowWayModel& way() const { return panel.findChild<RowWay*>()->model(); }
    QString wayText() const {
        QStringList lines;
        for (const RowWayLine& line : way().lines()) lines << line.title + QStringLiteral(": ") + line.words;
        return lines.join(u'\n');
    }
    void chooseRow(int row) const {
        tableIn(panel, "Rows in").setCurrentIndex(model(Side::In).index(row, 1));
    }
    bool says(const char* text) const { return words().contains(QLatin1String(text)); }
    QString summary() const {
        QStringList all;
        for (auto* label : panel.findChildren<QLabel*>()) all << label->text();
        return all.join(u'\n');
    }
};

/// What is seen of a cell, or of its first pixels from the left; null: it is out of sight.
QImage pictureOf(const QAbstractItemView& view, const QModelIndex& index, int width = 0) {
    QRect room = view.visualRect(index);
    if (width > 0) room.setWidth(width);
    room &= view.viewport()->rect();
    return room.isEmpty() ? QImage() : view.viewport()->grab(room).toImage();
}

template <class Counts>
int pixelsOf(const QImage& image, Counts counts) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) found += counts(image.pixelColor(x, y)) ? 1 : 0;
    }
    return found;
}

}  // namespace

class TestSamplePanel : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsStandSideBySide() {
        SampleFixture fixture;
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::In).rowCount(), 3);
        QCOMPARE(fixture.model(Side::Out).rowCount(), 3);
        QCOMPARE(fixture.cell(Side::In, 2, 3), QStringLiteral("30"));
        QCOMPARE(fixture.cell(Side::Out, 2, 3), QStringLiteral("30"));
        // The one that could not be computed keeps its place, and says why.
        QVERIFY2(fixture.note(1).startsWith(QLatin1String("Rejected: ")) &&
                     fixture.note(1).contains(QLatin1String("n/a")),
                 qPrintable(fixture.note(1)));
        QCOMPARE(fixture.cell(Side::Out, 2, 0), QStringLiteral("3"));
        QVERIFY2(fixture.summary().contains(QLatin1String("Sample of 3 rows")) &&
                     fixture.summary().contains(QLatin1String("1 rejected")) &&
                     fixture.summary().contains(QStringLiteral("Input from “Orders” · 3 rows")),
                 qPrintable(fixture.summary()));
        keepPicture(fixture.panel, QStringLiteral("sample"));
    }

    /// In a narrow panel the grids have all of it, and nothing is looked for that nobody sees.
    void theWayOfARowNeedsRoom() {
        SampleFixture fixture;
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::In).rowCount(), 3);
        auto* const way = fixture.panel.findChild<RowWay*>();
        QVERIFY(way->isVisible());
        fixture.chooseRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 2, 30'000);
        fixture.panel.resize(600, 400);
        QTRY_VERIFY(!way->isVisible());
        fixture.chooseRow(1);
        QCOMPARE(fixture.way().rowCount(), 0);
        fixture.panel.resize(1200, 400);
        QTRY_VERIFY(way->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 1, 30'000);
    }

    /// In the grid its line, in the list of its way the sign of the node that rejected it; others are not.
    void aRejectedRowIsRed() {
        SampleFixture fixture;
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::In).rowCount(), 3);
        const QColor tint = Theme::of(&fixture.panel).tokens().error.tint;
        const QTableView& out = tableIn(fixture.panel, "Rows out");
        const auto tinted = [&](int row, int column) {
            const QImage cell = pictureOf(out, fixture.model(Side::Out).index(row, column));
            const int all = cell.width() * cell.height();
            const int red = pixelsOf(cell, [&tint](const QColor& color) { return color == tint; });
            return all == 0 ? 0.0 : static_cast<double>(red) / all;
        };
        QVERIFY2(tinted(1, 1) > 0.25, qPrintable(QString::number(tinted(1, 1))));
        for (int column = 0; column <= 3; ++column) {
            QCOMPARE(tinted(0, column), 0.0);
            QCOMPARE(tinted(2, column), 0.0);
        }
        const auto& list = *fixture.panel.findChild<RowWay*>()->findChild<QListView*>();
        const auto redInSign = [&] {
            const QImage sign = pictureOf(list, fixture.way().index(0), metrics::kGrid + metrics::kIconSmall);
            return pixelsOf(sign, [](const QColor& color) {
                return color.red() - std::max(color.green(), color.blue()) > 60;
            });
        };
        fixture.chooseRow(1);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 1, 30'000);
        QVERIFY2(redInSign() > 5, qPrintable(QString::number(redInSign())));
        fixture.chooseRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 2, 30'000);
        QCOMPARE(redInSign(), 0);
    }

    void theWayOfARowIsTold() {
        SampleFixture fixture;
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::In).rowCount(), 3);
        QCOMPARE(fixture.way().rowCount(), 0);
        fixture.chooseRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 2, 30'000);
        QVERIFY2(fixture.wayText().startsWith(QStringLiteral("Euros: Kept\nSums: In the window from ")) &&
                     fixture.wayText().contains(QLatin1String("shop = graz")),
                 qPrintable(fixture.wayText()));
        keepPicture(fixture.panel, QStringLiteral("sample_row_way"));
        fixture.chooseRow(1);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 1, 30'000);
        QVERIFY2(fixture.wayText().startsWith(QLatin1String("Euros: Rejected: ")) &&
                     fixture.wayText().contains(QLatin1String("n/a")),
                 qPrintable(fixture.wayText()));
        // Enter selects the node.
        fixture.chooseRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 2, 30'000);
        const auto* const shown = fixture.panel.findChild<RowWay*>();
        auto* list = shown->findChild<QListView*>();
        // The keyboard stays at the way of the row while that of another one is looked for.
        fixture.panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&fixture.panel, 30'000));
        list->setFocus();
        fixture.chooseRow(1);
        QVERIFY(shown->isAncestorOf(QApplication::focusWidget()));
        fixture.chooseRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 2, 30'000);
        QCOMPARE(QApplication::focusWidget(), list);
        Q_EMIT list->activated(fixture.way().index(1));
        QCOMPARE(fixture.document.selection().single()->id, fixture.sums);
        QTRY_COMPARE(fixture.way().rowCount(), 0);
    }

    /// Its times and its cause are read whole, however narrow the list is.
    void theWayOfARowIsWrapped() {
        SampleFixture fixture;
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::In).rowCount(), 3);
        fixture.chooseRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.way().rowCount(), 2, 30'000);
        QVERIFY2(fixture.wayText().contains(QLatin1String("from 2024-01-01 00:00:00 to 00:00:10, which")),
                 qPrintable(fixture.wayText()));
        auto* const shown = fixture.panel.findChild<RowWay*>();
        auto* const list = shown->findChild<QListView*>();
        auto* const sides = qobject_cast<QSplitter*>(shown->parentWidget());
        QVERIFY(sides != nullptr);
        const auto heightOf = [list](int row) {
            return list->visualRect(list->model()->index(row, 0)).height();
        };
        const auto give = [sides, shown](int width) {
            QList<int> sizes(sides->count(), (sides->width() - width) / std::max(1, sides->count() - 1));
            sizes[sides->indexOf(shown)] = width;
            sides->setSizes(sizes);
        };
        give(160);
        QTRY_VERIFY(heightOf(1) > heightOf(0));
        const int narrow = heightOf(1);
        give(900);
        QTRY_VERIFY(heightOf(1) < narrow);
        keepPicture(fixture.panel, QStringLiteral("sample_row_way_wide"));
    }

    void headsTellWhatIsInAColumn() {
        SampleFixture fixture;
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::In).rowCount(), 3);
        QCOMPARE(profileLines(fixture.model(Side::In), 2),
                 (QStringList{"2 distinct", "no NULL", QStringLiteral("graz – wien")}));
        QCOMPARE(profileLines(fixture.model(Side::Out), 3),
                 (QStringList{"all distinct", "no NULL", QStringLiteral("10 – 30")}));
        QVERIFY(profileLines(fixture.model(Side::In), 0).isEmpty());
    }

    void anEditTakesAnotherSample() {
        SampleFixture fixture;
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::Out).columnCount(), 4);
        fixture.document.setParam(fixture.euros, "columns", Json{"shop"});
        QTRY_COMPARE_WITH_TIMEOUT(fixture.model(Side::Out).columnCount(), 2, 30'000);
        QCOMPARE(fixture.note(1), QString());
        // A node that only moves is the same.
        fixture.document.move({{ItemRef{fixture.euros}, Point{10, 10}}});
        QVERIFY(!fixture.panel.findChild<SampleTaker*>()->isWaiting());
    }

    void openWindowsCloseOrNot() {
        SampleFixture fixture;
        QVERIFY(fixture.show(fixture.sums));
        QTRY_COMPARE(fixture.model(Side::In).rowCount(), 2);
        QCOMPARE(fixture.model(Side::Out).rowCount(), 2);
        auto* close = fixture.panel.findChild<QCheckBox*>();
        QVERIFY(close->isChecked());
        close->click();
        QVERIFY(fixture.settled());
        QTRY_VERIFY(fixture.summary().contains(QLatin1String("open windows from")));
        QCOMPARE(fixture.cell(Side::Out, 1, 1), QString());
        QVERIFY(fixture.model(Side::In)
                    .index(1, 0)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QLatin1String("open window")));
    }

    void wordsWhereThereAreNoRows() {
        SampleFixture fixture;
        fixture.document.selection().clear();
        fixture.panel.show();
        QTRY_VERIFY(fixture.says("Select a node"));
        // Broken: what comes in is there, and the error in place of what goes out.
        fixture.document.setParam(fixture.euros, "columns", Json{"nowhere"});
        QVERIFY(fixture.show(fixture.euros));
        QTRY_VERIFY2(fixture.says("has an error") && fixture.says("Euros"), qPrintable(fixture.words()));
        QCOMPARE(fixture.model(Side::In).rowCount(), 3);
        QVERIFY(fixture.show(fixture.sums));
        QTRY_VERIFY2(fixture.says("Euros"), qPrintable(fixture.words()));
        const NodeId live = fixture.document.addNode(
            nodeOf("this_computer", QStringLiteral("Cores"), Json{{"table", "cpu"}}), {0, 300});
        QVERIFY(fixture.show(live));
        QTRY_VERIFY2(fixture.says("is live"), qPrintable(fixture.words()));
    }

    void nothingIsTakenWhileItIsOff() {
        SampleFixture fixture;
        auto* taker = fixture.panel.findChild<SampleTaker*>();
        fixture.document.selection().set({fixture.euros});
        QVERIFY(!taker->isWaiting());
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::Out).columnCount(), 4);
        fixture.panel.hide();
        fixture.document.setParam(fixture.euros, "columns", Json{"shop"});
        QVERIFY(!taker->isWaiting());
        QCOMPARE(fixture.model(Side::Out).columnCount(), 4);
        fixture.panel.show();
        QVERIFY(taker->isWaiting());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.model(Side::Out).columnCount(), 2, 30'000);
    }

    /// What is edited meanwhile is shown before it is applied.
    void aRunGoesOnBeside() {
        SampleFixture fixture;
        fixture.addEndless();
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::Out).columnCount(), 4);
        auto* taker = fixture.panel.findChild<SampleTaker*>();
        QSignalSpy taken(taker, &SampleTaker::changed);
        fixture.session.start();
        QTRY_VERIFY(fixture.session.state() == RunSession::State::Running);
        // What runs is what is drawn: the sample stays as it is.
        QVERIFY(taken.isEmpty());
        QCOMPARE(fixture.words(), QString());
        QCOMPARE(fixture.model(Side::Out).rowCount(), 3);
        auto* const aside = fixture.panel.findChild<QLabel*>(QStringLiteral("sample_aside"));
        QVERIFY(!aside->isVisible());
        fixture.document.setParam(
            fixture.euros, "columns",
            Json::array({"ts", "shop", "UPPER(shop) AS large", "CAST(amount AS DOUBLE) AS eur"}));
        QVERIFY2(aside->isVisible() && aside->text().contains(QLatin1String("goes on without them")),
                 qPrintable(aside->text()));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.model(Side::Out).columnCount(), 5, 30'000);
        QCOMPARE(fixture.cell(Side::Out, 0, 3), QStringLiteral("GRAZ"));
        QVERIFY(fixture.session.isActive() && fixture.session.hasUnappliedChanges());
        QVERIFY(fixture.settled());
        keepPicture(fixture.panel, QStringLiteral("sample_beside_a_run"));
        fixture.session.revert();
        QVERIFY(!aside->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.model(Side::Out).columnCount(), 4, 30'000);
        QVERIFY(fixture.settled());
        // Nor does the end of the run take another: no source of it is live.
        QCoreApplication::processEvents();
        taken.clear();
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY(!fixture.session.isActive());
        QVERIFY(taken.isEmpty());
        QCOMPARE(fixture.words(), QString());
    }

    void bothGridsAreScrolledAndChosenInAsOne() {
        SampleFixture fixture;
        Json many = Json::array();
        for (int row = 0; row < 200; ++row)
            many.push_back({"2024-01-01 00:00:01", "graz", std::to_string(row)});
        fixture.document.setParam(fixture.rows, "rows", many);
        QVERIFY(fixture.show(fixture.euros));
        QTRY_COMPARE(fixture.model(Side::Out).rowCount(), 200);
        QTableView &in = tableIn(fixture.panel, "Rows in"), &out = tableIn(fixture.panel, "Rows out");
        in.setCurrentIndex(in.model()->index(150, 1));
        QCOMPARE(out.currentIndex().row(), 150);
        in.verticalScrollBar()->setValue(in.verticalScrollBar()->maximum());
        QCOMPARE(out.verticalScrollBar()->value(), in.verticalScrollBar()->value());
    }
};

QTEST_MAIN(TestSamplePanel)
#include "test_sample_panel.moc"
