// The item under the pointer is hovered, and the minimap covers no card.
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/popups/hover_strip.h"
#include "widgets/canvas/popups/wire_popover.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasHover : public QObject {
    Q_OBJECT

    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_source, m_filter;

    PipelineDocument& document() { return m_f->document; }
    CanvasView& view() { return m_f->canvas.view(); }
    const ItemRef& hovered() { return view().canvas().hover().item; }
    /// By the real pointer, so that widgets are entered and left.
    void point(QPoint inViewport) { QCursor::setPos(m_f->viewport()->mapToGlobal(inViewport)); }
    void hover(const NodeId& node) {
        int moves = 0;  // a window that has just come up may miss the first one
        QTRY_VERIFY((point(m_f->titleOf(node) + QPoint(++moves % 2, 0)), hovered() == ItemRef(node)));
    }
    QRect cardOf(const NodeId& node) {
        return view().mapFromScene(view().canvas().node(node)->cardRect()).boundingRect();
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        m_f = std::make_unique<CanvasFixture>();
        m_source = m_f->add("this_computer", "CPU", {32, 48}, R"({"table": "cpu"})");
        m_filter = m_f->add("filter", "Busy", {320, 48}, R"({"condition": "load > 0.5"})");
        m_f->wire({m_source, "out"}, {m_filter, "in"});
        document().selection().clear();
        m_f->show();
        m_f->waitForChecks();
    }
    void cleanup() {
        m_f.reset();
        QCursor::setPos(1590, 990);
    }

    void theStripKeepsNoCardHovered() {
        hover(m_filter);
        const auto* strip = m_f->canvas.findChild<HoverStrip*>();
        QTRY_VERIFY(strip->isVisible());
        QCursor::setPos(strip->mapToGlobal(strip->rect().center()));
        QTRY_VERIFY(strip->underMouse());
        QTRY_VERIFY(hovered().empty());
        QTest::qWait(400);  // longer than it waits after the pointer left the card
        QVERIFY(strip->isVisible());
        QCursor::setPos(1590, 990);
        QTRY_VERIFY(!strip->isVisible());
        QVERIFY(hovered().empty());
    }

    /// It is under its card where another one is close above.
    void theStripCoversNoOtherCard() {
        const auto* strip = m_f->canvas.findChild<HoverStrip*>();
        hover(m_filter);
        QTRY_VERIFY(strip->isVisible());
        QVERIFY(strip->geometry().bottom() < cardOf(m_filter).top());
        const QRectF above = view().canvas().node(m_filter)->cardRect();
        const NodeId below = m_f->add("filter", "Below", {above.left(), above.bottom() + 16});
        m_f->waitForChecks();
        hover(below);
        QTRY_VERIFY(strip->isVisible());
        QVERIFY(!strip->geometry().intersects(cardOf(m_filter)));
        QVERIFY(strip->y() > cardOf(below).bottom());
    }

    void aDialogTakesTheHoverAway() {
        hover(m_filter);
        QDialog dialog(m_f->canvas.window());
        dialog.setModal(true);
        dialog.show();
        QTRY_VERIFY(dialog.isActiveWindow());
        QTRY_VERIFY(hovered().empty());
    }

    void anotherWindowTakesTheHoverAway() {
        hover(m_source);
        QWidget other;
        other.resize(80, 80);
        other.show();
        other.activateWindow();
        QTRY_VERIFY(other.isActiveWindow());
        QTRY_VERIFY(hovered().empty());
    }

    void whatGoesFromUnderThePointerIsHoveredNoMore() {
        hover(m_filter);
        view().panBy({0, 240});
        QVERIFY(hovered().empty());
        view().panBy({0, -240});
        point(m_f->titleOf(m_filter) + QPoint(2, 2));
        QTRY_VERIFY(hovered() == ItemRef(m_filter));
        document().move({{ItemRef(m_filter), {320, 400}}});
        QTRY_VERIFY(hovered().empty());
    }

    void rowsOfAWireGoWithThePointer() {
        const Wire wire{{m_source, "out"}, {m_filter, "in"}};
        point(m_f->middleOf(wire) + QPoint(1, 0));
        point(m_f->middleOf(wire));
        auto* popover = m_f->canvas.findChild<WirePopover*>();
        QTRY_VERIFY(popover->isVisible());
        QCursor::setPos(popover->mapToGlobal(popover->rect().center()));
        QTRY_VERIFY(popover->underMouse());
        QTest::qWait(400);  // longer than it waits after the pointer left the wire
        QVERIFY(popover->isVisible());
        point({900, 500});
        QTRY_VERIFY(!popover->isVisible());
    }

    void theMinimapMakesRoomForCards() {
        const auto* minimap = m_f->canvas.findChild<Minimap*>();
        const auto covers = [&](const NodeId& node) {
            const QRect map(minimap->mapTo(&m_f->canvas, QPoint()), minimap->size());
            return minimap->isVisible() && map.intersects(cardOf(node));
        };
        view().fitAll();
        QVERIFY(minimap->isVisible());
        const QPoint place = minimap->pos();
        const int down = m_f->canvas.height() - 100 - cardOf(m_source).center().y();
        view().panBy({0, down});
        QVERIFY(!covers(m_source) && !covers(m_filter));
        // Cards in both corners: there is no place for it.
        const double right = view().visibleSceneRect().right(), bottom = view().visibleSceneRect().bottom();
        const NodeId third = m_f->add("filter", "Right", {right - 200, bottom - 160});
        const NodeId fourth =
            m_f->add("filter", "Left", {view().visibleSceneRect().left() + 20, bottom - 160});
        QTRY_VERIFY(!minimap->isVisible());
        view().panBy({0, 320});
        QVERIFY(!covers(third) && !covers(fourth));
        view().panBy({0, -down - 320 - 200});
        QTRY_VERIFY(!covers(third) && !covers(fourth) && !covers(m_source));
        view().fitAll();
        QVERIFY(minimap->isVisible());
        QCOMPARE(minimap->y(), place.y());
        for (const NodeId& node : {m_source, m_filter, third, fourth}) QVERIFY(!covers(node));
    }

    // A user who moves the view by it does not lose it.
    void theMinimapStaysWhileItIsUsed() {
        auto* minimap = m_f->canvas.findChild<Minimap*>();
        view().fitAll();
        QCursor::setPos(minimap->mapToGlobal(minimap->rect().center()));
        QTRY_VERIFY(minimap->underMouse());
        const NodeId under = m_f->add("filter", "Under", {0, 0});
        const QPointF place = view().mapToScene(minimap->geometry().topLeft());
        document().move({{ItemRef(under), {place.x(), place.y()}}});
        QVERIFY(minimap->isVisible());
        point({500, 60});
        QTRY_VERIFY(!minimap->isVisible() || !minimap->geometry().intersects(cardOf(under)));
    }

    void whereADragEndsIsHovered() {
        m_f->drag(m_f->titleOf(m_filter), m_f->titleOf(m_filter) + QPoint(64, 96));
        QVERIFY(hovered() == ItemRef(m_filter));
    }

    // The last one: its real pointer and its made ones leave Qt in doubt where the mouse is.
    void aDragThatEndsOutsideLeavesNothingHovered() {
        hover(m_filter);
        QTest::mousePress(m_f->viewport(), Qt::LeftButton, {}, m_f->titleOf(m_filter));
        QVERIFY(hovered().empty());  // the card is dragged, not pointed at
        m_f->dragOnTo({400, 300});
        m_f->dragOnTo({-40, 300});
        QTest::mouseRelease(m_f->viewport(), Qt::LeftButton, {}, {-40, 300});
        QVERIFY(hovered().empty());
    }

    void theMinimapCoversNoComment() {
        const auto* minimap = m_f->canvas.findChild<Minimap*>();
        document().addNote({"Left and below", {32, 600}, {240, 100}});
        document().addNote({"Right and below", {1100, 600}, {240, 100}});
        view().fitAll();
        const QRect map(minimap->mapTo(&m_f->canvas, QPoint()), minimap->size());
        for (const NoteItem* note : view().canvas().notes())
            QVERIFY(!minimap->isVisible() ||
                    !map.intersects(view().mapFromScene(note->frame()).boundingRect()));
    }

    // A wire that was drawn by mouse left its source with a dashed edge and a ring at its port.
    void theMouseLeavesNoMarkOfTheKeyboard() {
        const NodeId table = m_f->add("table_view", "Table", {620, 48}, "{}");
        const auto marked = [this](const NodeId& node) { return view().canvas().node(node)->look().focused; };
        view().setFocus();
        m_f->drag(m_f->portOf(m_filter, "out", false), m_f->portOf(table, "in", true));
        QCOMPARE(view().canvas().focusTarget().item, ItemRef(m_filter));
        QVERIFY(!marked(m_filter));
        QTest::keyClick(&view(), Qt::Key_Shift);
        QVERIFY(marked(m_filter));
        QLineEdit elsewhere(&m_f->canvas);
        elsewhere.show();
        elsewhere.setFocus();
        QVERIFY(!marked(m_filter));
        view().setFocus(Qt::TabFocusReason);
        QVERIFY(marked(m_filter));
    }
};

QTEST_MAIN(TestCanvasHover)
#include "test_canvas_hover.moc"
