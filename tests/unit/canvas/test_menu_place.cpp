// What the context menu of the empty canvas adds comes to where the menu was opened.
#include <QContextMenuEvent>
#include <QMenu>
#include <QTimer>

#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/tools/snapping.h"

using namespace rw;
using namespace rw::ui;

class TestMenuPlace : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() { m_f.reset(); }
    void aCommentComesToThePointer();
    void alsoOnAScrolledAndZoomedCanvas();
    void pastedNodesComeToThePointer();
    void elsewhereAFreePlaceIsTaken();
    void theMenuOfTheKeyboardOpensAtAFreePlace();

 private:
    PipelineDocument& document() { return m_f->document; }
    CanvasView& view() { return m_f->canvas.view(); }
    CanvasActions& actions() { return m_f->canvas.actions(); }
    const Note& added() { return document().pipeline().notes.back(); }
    /// Opens the menu there and chooses that entry.
    void choose(QPoint at, QAction* entry, QContextMenuEvent::Reason reason = QContextMenuEvent::Mouse);
    /// Within the grid.
    static bool isNear(Point place, QPointF point) {
        return std::abs(place.x - point.x()) <= kGrid / 2.0 && std::abs(place.y - point.y()) <= kGrid / 2.0;
    }

    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_filter;
};

void TestMenuPlace::init() {
    m_f = std::make_unique<CanvasFixture>();
    m_filter = m_f->add("filter", "Busy", {64, 96});  // and it is selected
    m_f->show();
    m_f->waitForChecks();
}

void TestMenuPlace::choose(QPoint at, QAction* entry, QContextMenuEvent::Reason reason) {
    bool chosen = false;
    QTimer looks;  // the menu is not left before it is closed
    looks.callOnTimeout([&chosen, entry] {
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (menu == nullptr) return;
        if (menu->actions().contains(entry)) {
            chosen = true;
            entry->trigger();
        }
        menu->close();
    });
    looks.start(0);
    QContextMenuEvent event(reason, at, m_f->viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(m_f->viewport(), &event);
    QTRY_VERIFY(chosen);
}

void TestMenuPlace::aCommentComesToThePointer() {
    for (const QPoint at : {QPoint(700, 500), QPoint(40, 420), QPoint(900, 30)}) {
        choose(at, actions().addComment);
        QVERIFY(isNear(added().at, view().mapToScene(at)));
        QVERIFY(added().at.x == snapped(added().at.x) && added().at.y == snapped(added().at.y));
    }
    QCOMPARE(document().notes().size(), std::size_t{3});
    view().setSnapping(false);
    choose({533, 317}, actions().addComment);
    const QPointF exact = view().mapToScene(QPoint(533, 317));
    QVERIFY((added().at == Point{exact.x(), exact.y()}));
}

void TestMenuPlace::alsoOnAScrolledAndZoomedCanvas() {
    view().zoomTo(0.5, {100, 100});
    view().panBy({-130, 77});
    const QPoint at(611, 402);
    choose(at, actions().addComment);
    QVERIFY(isNear(added().at, view().mapToScene(at)));
}

void TestMenuPlace::pastedNodesComeToThePointer() {
    document().copy({ItemRef(m_filter)});
    const QPoint at(650, 430);
    choose(at, actions().paste);
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{2});
    QVERIFY(isNear(document().pipeline().nodes.back().at, view().mapToScene(at)));
}

/// Once the menu is closed, and from the menu bar.
void TestMenuPlace::elsewhereAFreePlaceIsTaken() {
    const QPoint at(700, 500);
    choose(at, actions().addComment);
    document().undoStack().undo();
    document().selection().set({m_filter});
    const Point free = view().placeForNewNode(NodeGroup::Window);
    QVERIFY(!isNear(free, view().mapToScene(at)));
    actions().addComment->trigger();
    QVERIFY(added().at == free);
}

void TestMenuPlace::theMenuOfTheKeyboardOpensAtAFreePlace() {
    const Point free = view().placeForNewNode(NodeGroup::Window);
    view().canvas().setFocusTarget({});
    choose({20, 20}, actions().addComment, QContextMenuEvent::Keyboard);
    QVERIFY(isNear(added().at, {free.x, free.y}));
    const QRectF card = view().canvas().node(m_filter)->cardRect();
    QVERIFY(!card.contains(QPointF(added().at.x, added().at.y)));
}

QTEST_MAIN(TestMenuPlace)
#include "test_menu_place.moc"
