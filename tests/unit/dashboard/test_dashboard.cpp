// The dashboard as a person uses it: held by its one button, cards dragged and sized by the mouse, taken away
// by their menu.
#include <QMenu>
#include <QPushButton>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/charts/cards/chart_window.h"
#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/dashboard/board_export.h"
#include "widgets/dashboard/card_grid.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/dashboard/time_bar.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// Three charts that wait for their first run: “a” over the whole width, “b” and “c” side by side below.
struct ThreeCards {
    const Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    std::vector<NodeId> charts;
    std::unique_ptr<RunSession> session;
    ChartScheduler scheduler;
    std::unique_ptr<Dashboard> dashboard;

    ThreeCards() {
        for (int i = 0; i < 3; ++i)
            charts.push_back(
                document.addNode({"bar_chart", Json::parse(R"({"category": "name", "value": "n"})")}, {}));
        document.setCards({{.node = charts[0], .column = 0, .row = 0, .width = 12, .height = 1},
                           {.node = charts[1], .column = 0, .row = 1, .width = 6, .height = 2},
                           {.node = charts[2], .column = 6, .row = 1, .width = 6, .height = 2}},
                          {});
        session = std::make_unique<RunSession>(document);
        dashboard = std::make_unique<Dashboard>(PaneParts{document, *session, scheduler});
        dashboard->resize(1200, 800);
        dashboard->show();
        (void)QTest::qWaitForWindowExposed(dashboard.get(), 30'000);
    }

    ChartCard* card(std::size_t place) const {
        for (ChartCard* found : dashboard->findChildren<ChartCard*>()) {
            if (found->node() == charts[place]) return found;
        }
        return nullptr;
    }
    /// As “column, row, width × height”.
    QString place(std::size_t chart) const {
        for (const DashboardCard& found : document.pipeline().cards) {
            if (found.node == charts[chart])
                return QStringLiteral("%1, %2, %3 × %4")
                    .arg(found.column)
                    .arg(found.row)
                    .arg(found.width)
                    .arg(found.height);
        }
        return QStringLiteral("none");
    }
    /// Presses there in the card, moves the pointer so far in a few steps, and lets go.
    void drag(std::size_t chart, QPoint from, QPoint by) const {
        QWindow* window = dashboard->windowHandle();
        const QPoint start = card(chart)->mapTo(dashboard.get(), from);
        QTest::mousePress(window, Qt::LeftButton, {}, start);
        for (int i = 1; i <= 5; ++i) QTest::mouseMove(window, start + by * i / 5);
        QTest::mouseRelease(window, Qt::LeftButton, {}, start + by);
    }
    int visibleCards() const {
        int count = 0;
        for (const ChartCard* found : dashboard->findChildren<ChartCard*>()) count += found->isVisible();
        return count;
    }
    IconButton* button(const QString& label) const {
        for (auto* found : dashboard->findChildren<IconButton*>()) {
            if (found->accessibleName() == label) return found;
        }
        return nullptr;
    }
    QMenu* openMenu() const {
        (void)QTest::qWaitFor([] { return qobject_cast<QMenu*>(QApplication::activePopupWidget()); }, 30'000);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    }
    bool anyCovered() const {
        const auto cards = dashboard->findChildren<ChartCard*>();
        for (const ChartCard* a : cards) {
            for (const ChartCard* b : cards) {
                if (a != b && a->geometry().intersects(b->geometry())) return true;
            }
        }
        return false;
    }
};

}  // namespace

class TestDashboard : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void cardsAreDraggedByTheirHeads() {
        ThreeCards cards;
        const QPoint head(80, 12);
        const int row = cards.card(1)->y() - cards.card(0)->y();
        cards.drag(1, head, {600, 0});  // over “c”, which moves down
        QCOMPARE(cards.place(1), QStringLiteral("6, 1, 6 × 2"));
        QCOMPARE(cards.place(2), QStringLiteral("6, 3, 6 × 2"));
        QVERIFY(!cards.anyCovered());
        cards.drag(0, head, {0, 6 * row});  // below all: no hole stays where it was
        QCOMPARE(cards.place(1), QStringLiteral("6, 0, 6 × 2"));
        QCOMPARE(cards.place(2), QStringLiteral("6, 2, 6 × 2"));
        QCOMPARE(cards.place(0), QStringLiteral("0, 4, 12 × 1"));
        QVERIFY(!cards.anyCovered());
        cards.drag(2, head, {-600, 0});  // to the left, and up into the hole there
        QCOMPARE(cards.place(2), QStringLiteral("0, 0, 6 × 2"));
        QCOMPARE(cards.place(0), QStringLiteral("0, 2, 12 × 1"));
        cards.document.undoStack().undo();
        QCOMPARE(cards.place(2), QStringLiteral("6, 2, 6 × 2"));
    }

    void cardsAreSizedByTheirCorners() {
        const ThreeCards cards;
        const QSize size = cards.card(0)->size();
        const int row = cards.card(1)->y() - cards.card(0)->y();
        cards.drag(0, {size.width() - 4, size.height() - 4}, {-600, row});
        QCOMPARE(cards.place(0), QStringLiteral("0, 0, 6 × 2"));
        QCOMPARE(cards.place(1), QStringLiteral("0, 2, 6 × 2"));
        QCOMPARE(cards.place(2), QStringLiteral("6, 0, 6 × 2"));  // up into the room that was made
        QVERIFY(!cards.anyCovered());
    }

    /// However far the pointer goes: never narrower than two columns or lower than a row, and never off the
    /// grid.
    void cardsStayOnTheGrid() {
        ThreeCards cards;
        const auto corner = [&](std::size_t chart) {
            const QSize size = cards.card(chart)->size();
            return QPoint(size.width() - 4, size.height() - 4);
        };
        cards.drag(2, corner(2), {-2000, -2000});
        QCOMPARE(cards.place(2), QStringLiteral("6, 1, 2 × 1"));
        cards.document.undoStack().undo();
        QCOMPARE(cards.place(2), QStringLiteral("6, 1, 6 × 2"));
        QCOMPARE(cards.document.undoStack().redoText(), QStringLiteral("Size card"));
        cards.document.undoStack().redo();
        QCOMPARE(cards.place(2), QStringLiteral("6, 1, 2 × 1"));
        cards.drag(2, corner(2), {2000, 0});
        QCOMPARE(cards.place(2), QStringLiteral("6, 1, 6 × 1"));
        cards.drag(2, {80, 12}, {2000, 0});
        QCOMPARE(cards.place(2), QStringLiteral("6, 1, 6 × 1"));
        cards.drag(1, {80, 12}, {-2000, -2000});  // above all: the others make room
        QCOMPARE(cards.place(1), QStringLiteral("0, 0, 6 × 2"));
        QCOMPARE(cards.document.undoStack().undoText(), QStringLiteral("Move card"));
        QVERIFY(!cards.anyCovered());
    }

    /// Cards are drawn where they would land while one is dragged; the document hears of it at the end.
    void othersMakeWayWhileOneIsDragged() {
        ThreeCards cards;
        const int steps = cards.document.undoStack().count();
        QWindow* window = cards.dashboard->windowHandle();
        const QPoint head = cards.card(1)->mapTo(cards.dashboard.get(), QPoint(80, 12));
        const QRect before = cards.card(2)->geometry();
        QTest::mousePress(window, Qt::LeftButton, {}, head);
        QTest::mouseMove(window, head + QPoint(300, 0));
        QTest::mouseMove(window, head + QPoint(600, 0));
        QTRY_VERIFY(cards.card(2)->geometry() != before);
        QCOMPARE(cards.place(2), QStringLiteral("6, 1, 6 × 2"));
        QTest::mouseMove(window, head);
        QTest::mouseRelease(window, Qt::LeftButton, {}, head);
        QTRY_COMPARE(cards.card(2)->geometry(), before);
        QCOMPARE(cards.document.undoStack().count(), steps);
    }

    void aPressWithoutAMoveChangesNothing() {
        ThreeCards cards;
        const int steps = cards.document.undoStack().count();
        cards.drag(0, {80, 12}, {0, 0});
        QCOMPARE(cards.document.undoStack().count(), steps);
    }

    /// The chip that says how much of the run a chart shows takes the release, so the card never heard of it.
    void aPressOnAChipOfItsHeadDragsNoCard() {
        ThreeCards cards;
        cards.document.remove({cards.charts[0], cards.charts[1], cards.charts[2]});
        const NodeId rows = cards.document.addNode(
            {"rows", Json::parse(R"({"columns": ["ts TIMESTAMP", "n INT"], "event_time": "ts",
                                     "rows": [["2024-01-01 00:00:00", 1], ["2024-01-01 12:00:00", 2]]})")},
            {});
        cards.charts = {cards.document.addNode({"line_chart", Json::parse(R"({"y": ["n"]})")}, {})};
        cards.document.connectPorts({rows, "out"}, {cards.charts[0], "in"});
        cards.document.setCards({{.node = cards.charts[0], .column = 0, .row = 0, .width = 6, .height = 4}},
                                {});
        cards.session->start();
        QTRY_COMPARE(cards.session->state(), RunSession::State::Finished);
        ChartCard* card = cards.card(0);
        const auto chip = [card] {
            for (Chip* found : card->findChildren<Chip*>()) {
                if (found->isVisible()) return found;
            }
            return static_cast<Chip*>(nullptr);
        };
        QTRY_VERIFY(chip() != nullptr);
        QCOMPARE(chip()->text(), QStringLiteral("Whole run"));
        const QRect before = card->geometry();
        cards.drag(0, chip()->mapTo(card, chip()->rect().center()), {600, 0});
        QCOMPARE(card->geometry(), before);
    }

    /// It lives on until the event loop deletes it, which may be after more keys.
    void theCardOfADeletedNodeTakesNoPart() {
        ThreeCards cards;
        ChartCard* card = cards.card(1);
        card->setFocus();
        QSignalSpy enlarged(cards.dashboard->findChild<CardGrid*>(), &CardGrid::enlargeRequested);
        QTest::keyClick(card, Qt::Key_Return);
        QCOMPARE(enlarged.count(), 1);
        QVERIFY(cards.dashboard->findChild<ChartWindow*>());
        cards.document.remove({cards.charts[1]});
        QVERIFY(!card->isVisible() && !card->hasFocus());
        QTest::keyClick(card, Qt::Key_Return);
        QCOMPARE(enlarged.count(), 1);
    }

    /// A card is taken away by its own menu, also by keyboard, and before anything ran.
    void cardsAreTakenAwayByTheirMenu() {
        const ThreeCards cards;
        IconButton* more = nullptr;
        for (auto* button : cards.card(1)->findChildren<IconButton*>()) {
            if (button->accessibleName() == QLatin1String("Show the menu of this card")) more = button;
        }
        QVERIFY(more && more->isVisible() && more->isEnabled());
        QVERIFY((more->focusPolicy() & Qt::TabFocus) != 0);
        more->setFocus();
        QTest::keyClick(more, Qt::Key_Space);
        QTRY_VERIFY(qobject_cast<QMenu*>(QApplication::activePopupWidget()));
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu->actions().last()->text().contains(QLatin1String("Remove")));
        QTest::keyClick(menu, Qt::Key_Up);  // from the top to the last
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(cards.place(1), QStringLiteral("none"));
        QCOMPARE(cards.place(2), QStringLiteral("6, 1, 6 × 2"));
    }

    /// One by one, also the last: then the dashboard is empty, says so, and takes them back.
    void theLastCardCanBeTakenAway() {
        ThreeCards cards;
        for (const std::size_t chart : {0U, 1U, 2U}) {
            Q_EMIT cards.card(chart)->removeRequested(cards.charts[chart]);
            QCOMPARE(cards.visibleCards(), 2 - static_cast<int>(chart));
        }
        for (const auto* label : cards.dashboard->findChildren<QLabel*>())
            QVERIFY(!label->isVisible() || !label->text().contains(QLatin1String("each drawn")));
        QPushButton* back = nullptr;
        for (auto* button : cards.dashboard->findChild<EmptyState*>()->findChildren<QPushButton*>()) {
            if (button->isVisible()) back = button;
        }
        QVERIFY(back && back->text() == QLatin1String("Add chart"));
        back->click();
        cards.openMenu()->actions().at(1)->trigger();
        QCOMPARE(cards.visibleCards(), 1);
        QCOMPARE(cards.place(1), QStringLiteral("0, 0, 6 × 4"));
        while (cards.document.undoStack().canUndo()) cards.document.undoStack().undo();
        QCOMPARE(cards.visibleCards(), 0);  // nor are the charts there
    }

    /// The only chart of a pipeline has a card that the file does not name.
    void theOnlyCardCanBeTakenAway() {
        ThreeCards cards;
        cards.document.remove({cards.charts[1], cards.charts[2]});
        cards.document.remove({cards.charts[0]});
        const NodeId only =
            cards.document.addNode({"bar_chart", Json::parse(R"({"category": "name", "value": "n"})")}, {});
        QCOMPARE(cards.visibleCards(), 1);
        Q_EMIT cards.dashboard->findChildren<ChartCard*>().last()->removeRequested(only);
        QCOMPARE(cards.visibleCards(), 0);
        cards.document.undoStack().undo();
        QCOMPARE(cards.visibleCards(), 1);
    }

    /// The document may change while the menu with the charts is open.
    void aChartThatIsGoneIsNotAdded() {
        ThreeCards cards;
        cards.document.setCards({{.node = cards.charts[0], .column = 0, .row = 0, .width = 6, .height = 4}},
                                {});
        for (auto* button : cards.dashboard->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == QLatin1String("Add chart")) button->click();
        }
        QAction* add = cards.openMenu()->actions().at(0);
        cards.document.remove({cards.charts[1]});
        add->trigger();
        QCOMPARE(cards.place(1), QStringLiteral("none"));
        QCOMPARE(cards.visibleCards(), 1);
    }

    /// A menu stays open while another page comes in front of the dashboard.
    void theMenuOfAChartThatIsGoneDoesNothing() {
        ThreeCards cards;
        for (auto* button : cards.card(0)->findChildren<IconButton*>()) {
            if (button->accessibleName().startsWith(QLatin1String("Show the menu"))) button->click();
        }
        QAction* large = cards.openMenu()->actions().at(0);
        QVERIFY(large->text().startsWith(QLatin1String("Show this chart large")));
        cards.dashboard->hide();
        cards.document.remove({cards.charts[0]});
        large->trigger();
        QCOMPARE(cards.dashboard->window()->findChildren<ChartWindow*>().size(), 0);
        cards.dashboard->show();
        QCOMPARE(cards.visibleCards(), 2);
    }

    void exportsOnlyExport() {
        const ThreeCards cards;
        for (auto* button : cards.card(0)->findChildren<IconButton*>()) {
            if (!button->accessibleName().startsWith(QLatin1String("Export"))) continue;
            button->setEnabled(true);
            button->click();
            QTRY_VERIFY(qobject_cast<QMenu*>(QApplication::activePopupWidget()));
            auto* exports = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            for (const QAction* action : exports->actions())
                QVERIFY2(!action->text().contains(QLatin1String("Remove")), qPrintable(action->text()));
            exports->close();
        }
    }

    /// On a small card the title has the room; the commands of its buttons are in its menu.
    void smallCardsKeepTheirTitles() {
        ThreeCards cards;
        cards.document.setCards({{.node = cards.charts[0], .column = 0, .row = 0, .width = 2, .height = 1}},
                                {});
        int seen = 0;
        for (const auto* button : cards.card(0)->findChildren<IconButton*>())
            seen += button->isVisible() ? 1 : 0;
        QCOMPARE(seen, 1);
    }

    /// Esc gives the page its cards back, and so does leaving the page.
    void theCardsCanBeAloneOnTheScreen() {
        ThreeCards cards;
        auto* grid = cards.dashboard->findChild<CardGrid*>();
        IconButton* whole = cards.button(QStringLiteral("Show the charts alone on the whole screen"));
        QVERIFY(whole != nullptr && whole->isEnabled());
        for (const bool byPage : {false, true}) {
            whole->click();
            QVERIFY(grid->window() != cards.dashboard->window() && grid->isVisible());
            QVERIFY(cards.dashboard->findChild<EmptyState*>()->isVisibleTo(cards.dashboard.get()));
            byPage ? cards.dashboard->hide() : QTest::keyClick(grid->window(), Qt::Key_Escape);
            QCOMPARE(grid->window(), cards.dashboard->window());
            cards.dashboard->show();
            QVERIFY(grid->isVisible());
            QCOMPARE(cards.visibleCards(), 3);
        }
        whole->click();
        cards.document.remove({cards.charts[0], cards.charts[1], cards.charts[2]});
        QCOMPARE(grid->window(), cards.dashboard->window());  // nothing is left to see there
        cards.document.undoStack().undo();
        QCOMPARE(cards.visibleCards(), 3);
    }

    void allChartsAreOneFile() {
        ThreeCards cards;
        auto* grid = cards.dashboard->findChild<CardGrid*>();
        QTemporaryDir folder;
        const QString png = folder.filePath(QStringLiteral("board.png"));
        const Result<ExportRest> drawn = drawBoardPng(*grid, QStringLiteral("Board"), png, 2);
        QVERIFY(drawn.ok() && (*drawn)().ok());
        const QImage picture(png);
        QCOMPARE(picture.width(), 2 * grid->width());
        QVERIFY(picture.height() > 2 * grid->covered().height());
        const QPoint inside =
            2 * cards.card(1)->pos() + QPoint(40, picture.height() - 2 * grid->covered().height() + 20);
        QVERIFY(picture.pixelColor(1, picture.height() - 2) == Theme::of().tokens().bg);
        QVERIFY(picture.pixelColor(inside) != Theme::of().tokens().bg);
        const QString pdf = folder.filePath(QStringLiteral("board.pdf"));
        QVERIFY(drawBoardPdf(*grid, QStringLiteral("Board"), pdf)().ok());
        QFile file(pdf);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.startsWith("%PDF-") && bytes.size() > 2000);
        QCOMPARE(bytes.count("/Type /Page\n"), 1);
        const Status status = drawBoardPdf(*grid, {}, QStringLiteral("/nowhere/board.pdf"))();
        QVERIFY(!status.ok() && !status.error().fix.empty());
    }

    void timesAreChosenWhereChartsHaveThem() {
        ThreeCards bars;
        QVERIFY(!bars.dashboard->findChild<TimeBar*>()->isVisible());
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        const NodeId rows = document.addNode(
            {"rows", Json::parse(
                         R"json({"columns": ["ts TIMESTAMP(3)", "n INT"], "event_time": "ts", "rows":
                     [["2024-03-01 12:00:00", 1], ["2024-03-01 12:10:00", 2], ["2024-03-01 12:20:00", 3]]})json")},
            {});
        const NodeId line =
            document.addNode({"line_chart", Json::parse(R"({"y": ["n"], "span": "0s"})")}, {});
        document.connectPorts({rows, "out"}, {line, "in"});
        RunSession session(document);
        ChartScheduler scheduler;
        Dashboard dashboard(PaneParts{document, session, scheduler});
        dashboard.resize(1200, 800);
        dashboard.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dashboard, 30'000));
        session.start();
        QTRY_COMPARE(session.state(), RunSession::State::Finished);
        auto* bar = dashboard.findChild<TimeBar*>();
        QTRY_VERIFY(bar->isVisible());
        auto* choice = bar->findChild<QPushButton*>(QStringLiteral("shownTimes"));
        QCOMPARE(choice->text(), QStringLiteral("Times of each chart"));
        const auto* chart = dashboard.findChild<ChartCard*>()->chart();
        Q_EMIT choice->menu()->aboutToShow();
        for (QAction* action : choice->menu()->actions()) {
            if (action->text() == QStringLiteral("Last 5\u2009min")) action->trigger();
        }
        QCOMPARE(choice->text(), QStringLiteral("Last 5\u2009min"));
        QCOMPARE(chart->rangeText(), QStringLiteral("12:15:00–12:20:00"));
        bar->findChildren<IconButton*>().first()->click();  // the times before
        QCOMPARE(chart->rangeText(), QStringLiteral("12:10:00–12:15:00"));
        QCOMPARE(choice->text(), QStringLiteral("12:10:00 – 12:15:00"));
        session.start();
        QTRY_COMPARE(session.state(), RunSession::State::Finished);
        QTRY_COMPARE(chart->rangeText(), QStringLiteral("12:15:00–12:20:00"));  // a new run shows itself
        document.startEmpty();
        QCOMPARE(choice->text(), QStringLiteral("Times of each chart"));
    }

    void holdsAllChartsUntilTheNextRun() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        const NodeId rows = document.addNode(
            {"rows", Json::parse(R"({"columns": ["name STRING", "n INT"], "rows": [["b", 2], ["a", 1]]})")},
            {});
        std::vector<NodeId> bars;
        for (int i = 0; i < 2; ++i) {
            bars.push_back(
                document.addNode({"bar_chart", Json::parse(R"({"category": "name", "value": "n"})")}, {}));
            document.connectPorts({rows, "out"}, {bars.back(), "in"});
        }
        document.setCards({{.node = bars[0], .column = 0, .row = 0, .width = 6, .height = 4}}, {});
        RunSession session(document);
        ChartScheduler scheduler;
        Dashboard dashboard(PaneParts{document, session, scheduler});
        dashboard.resize(1200, 800);
        dashboard.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dashboard, 30'000));
        const auto runToItsEnd = [&] {
            session.start();
            QTRY_COMPARE(session.state(), RunSession::State::Finished);
        };
        const auto frozen = [&] {
            int count = 0;
            for (const ChartCard* card : dashboard.findChildren<ChartCard*>())
                count += card->chart() && card->chart()->isFrozen() ? 1 : 0;
            return count;
        };
        runToItsEnd();
        QPushButton* freeze = nullptr;
        for (auto* button : dashboard.findChildren<QPushButton*>()) {
            if (button->text() == QLatin1String("Freeze")) freeze = button;
        }
        QVERIFY(freeze != nullptr);
        freeze->click();
        QCOMPARE(frozen(), 1);
        document.setCards({{.node = bars[0], .column = 0, .row = 0, .width = 6, .height = 4},
                           {.node = bars[1], .column = 6, .row = 0, .width = 6, .height = 4}},
                          {});
        QCOMPARE(frozen(), 2);
        runToItsEnd();
        QVERIFY(!freeze->isChecked());
        QCOMPARE(frozen(), 0);
    }
};

QTEST_MAIN(TestDashboard)
#include "test_dashboard.moc"
