// Comments on the canvas: sized, moved, chosen and changed by mouse and by keyboard.
#include <QAccessible>
#include <QClipboard>
#include <QPlainTextEdit>

#include "core/pipeline/limits.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/minimap.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasNotes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() { m_f.reset(); }
    void theCornerSizesByMouse();
    void sizingStopsAtTheLeastSize();
    void aFileMayHoldSmallerOnes();
    void escapeGivesUpSizing();
    void survivesAnUndoInTheMiddleOfSizing();
    void aBoxCanBeDrawnInside();
    void everyLineOfTheWordsTakesIt();
    void theTopmostOfTwoIsMeant();
    void keysChooseSizeAndMove();
    void keysStopAtTheLeastSize();
    void keysEditWordsAndDelete();
    void whatHasNoRoomIsTold();
    void framesMoveWithWhatIsSelected();
    void copiesWithCtrl();
    void screenReadersFindComments();
    void theMinimapHasComments();

 private:
    PipelineDocument& document() { return m_f->document; }
    CanvasScene& scene() { return m_f->canvas.view().canvas(); }
    Selection& selection() { return document().selection(); }
    const Note& note() { return *document().note(m_note); }
    QPoint onView(QPointF scene) { return m_f->canvas.view().mapFromScene(scene); }
    QPoint corner() { return onView(scene().note(m_note)->frame().bottomRight() - QPointF(5, 5)); }
    QPoint head() { return onView(scene().note(m_note)->frame().topLeft() + QPointF(20, 10)); }
    void press(QPoint at) { QTest::mousePress(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, at); }
    void moveTo(QPoint at) {
        QMouseEvent move(QEvent::MouseMove, at, m_f->viewport()->mapToGlobal(at), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_f->viewport(), &move);
    }
    void release(QPoint at) { QTest::mouseRelease(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, at); }

    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_filter, m_chart;
    NoteId m_note{};
};

// A frame around the filter; the chart stands beside it.
void TestCanvasNotes::init() {
    m_f = std::make_unique<CanvasFixture>();
    m_filter = m_f->add("filter", "Busy", {64, 96});
    m_chart = m_f->add("line_chart", "Load", {640, 96});
    m_note = document().addNote({"What is busy", {32, 48}, {320, 256}});
    selection().clear();
    m_f->show();
    m_f->waitForChecks();
    QTest::mouseMove(m_f->viewport(), QPoint(900, 600));  // no hover strip covers a head
}

void TestCanvasNotes::theCornerSizesByMouse() {
    QTest::mouseMove(m_f->viewport(), corner());
    QTRY_COMPARE(m_f->viewport()->cursor().shape(), Qt::SizeFDiagCursor);
    QTest::mouseMove(m_f->viewport(), QPoint(900, 600));
    QTRY_COMPARE(m_f->viewport()->cursor().shape(), Qt::ArrowCursor);
    const int steps = document().undoStack().count();
    const QPoint from = corner();
    press(from);
    QVERIFY(selection().contains(m_note));
    moveTo(from + QPoint(70, 50));
    QCOMPARE(scene().note(m_note)->frame(), QRectF(32, 48, 384, 304));  // its corner is on the grid
    QVERIFY((note().size == Point{320, 256}));                          // the document hears of it at the end
    release(from + QPoint(70, 50));
    QVERIFY((note().size == Point{384, 304} && note().at == Point{32, 48}));
    QCOMPARE(document().undoStack().count(), steps + 1);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("Size comment"));
    document().undoStack().undo();
    QVERIFY((note().size == Point{320, 256}));
    QCOMPARE(scene().note(m_note)->frame(), QRectF(32, 48, 320, 256));
    document().undoStack().redo();
    QCOMPARE(scene().note(m_note)->frame(), QRectF(32, 48, 384, 304));
    QVERIFY((document().node(m_filter)->at == Point{64, 96}));  // the nodes inside stay
    m_f->canvas.view().setSnapping(false);
    m_f->drag(corner(), corner() + QPoint(5, 3));
    QVERIFY((note().size == Point{389, 307}));
}

void TestCanvasNotes::sizingStopsAtTheLeastSize() {
    const Point least = PipelineDocument::kLeastNote;
    const QPoint from = corner();
    press(from);
    moveTo(from - QPoint(2000, 2000));
    QCOMPARE(scene().note(m_note)->frame(), QRectF(32, 48, least.x, least.y));
    release(from - QPoint(2000, 2000));
    QVERIFY(note().size == least);
    QVERIFY((note().at == Point{32, 48}));
    // Small as it is, it can be taken hold of still.
    m_f->drag(corner(), corner() + QPoint(64, 64));
    QVERIFY(note().size.x > least.x && note().size.y > least.y);
}

void TestCanvasNotes::aFileMayHoldSmallerOnes() {
    Pipeline pipeline = document().pipeline();
    pipeline.notes.front().size = {10, 10};
    QVERIFY(document().restore(savePipeline(pipeline), {}, {}).ok());
    m_note = document().notes().front();
    document().move({{m_note, {64, 400}}});
    QVERIFY((note().size == Point{10, 10}));
    document().sizeNotes({{m_note, {11, 11}}});
    QVERIFY(note().size == PipelineDocument::kLeastNote);
}

void TestCanvasNotes::escapeGivesUpSizing() {
    const int steps = document().undoStack().count();
    const QPoint from = corner();
    press(from);
    moveTo(from + QPoint(100, 100));
    m_f->key(Qt::Key_Escape);
    QCOMPARE(scene().note(m_note)->frame(), QRectF(32, 48, 320, 256));
    release(from + QPoint(100, 100));
    QCOMPARE(document().undoStack().count(), steps);
    press(from);  // and without a move it is a click
    release(from);
    QCOMPARE(document().undoStack().count(), steps);
    QCOMPARE(selection().items(), std::vector<ItemRef>{m_note});
}

void TestCanvasNotes::survivesAnUndoInTheMiddleOfSizing() {
    const QPoint from = corner();
    press(from);
    moveTo(from + QPoint(50, 50));
    document().undoStack().undo();  // the comment is gone
    moveTo(from + QPoint(80, 80));
    release(from + QPoint(80, 80));
    QVERIFY(document().notes().empty());
    QVERIFY(!m_f->canvas.view().isToolActive());
}

// Between head and corner a comment is as good as empty canvas.
void TestCanvasNotes::everyLineOfTheWordsTakesIt() {
    document().setNote(m_note, {"one\ntwo\nthree", {32, 48}, {320, 256}}, QStringLiteral("Words"));
    const NoteItem& item = *scene().note(m_note);
    const double words = NoteItem::heightFor(item.text(), 320);
    QVERIFY(words > 2 * NoteItem::kHead);
    QVERIFY(item.isHead(item.frame().topLeft() + QPointF(40, words - 4)));
    QVERIFY(!item.isHead(item.frame().topLeft() + QPointF(40, words + 4)));
    QVERIFY(!item.isHead(item.frame().topRight() + QPointF(4, 10)));
    const QPoint third = onView(item.frame().topLeft() + QPointF(280, words - 4));
    press(third);
    release(third);
    QVERIFY(selection().contains(ItemRef(m_note)));
    // A frame that is too low for its words has no more than itself.
    document().setNote(m_note, {"one\ntwo\nthree", {32, 48}, {320, 40}}, QStringLiteral("Size"));
    QVERIFY(!item.isHead(item.frame().bottomLeft() + QPointF(40, 2)));
}

void TestCanvasNotes::aBoxCanBeDrawnInside() {
    m_f->drag(onView({40, 80}), onView({260, 290}));
    QCOMPARE(selection().items(), std::vector<ItemRef>{m_filter});
    m_f->drag(onView({16, 16}), onView({400, 330}));
    QCOMPARE(selection().items(), (std::vector<ItemRef>{m_filter, m_note}));
}

// The one that is painted last, also when it came back before another.
void TestCanvasNotes::theTopmostOfTwoIsMeant() {
    const NoteId upper = document().addNote({"Above", {200, 40}, {240, 80}});
    const QPointF both(230, 55);
    QVERIFY(scene().hitAt(both).item == upper);
    document().remove({m_note});
    document().undoStack().undo();
    QCOMPARE(document().notes(), (std::vector<NoteId>{m_note, upper}));
    QVERIFY(scene().hitAt(both).item == upper);
    QCOMPARE(scene().notes().back()->id(), upper);
}

void TestCanvasNotes::keysChooseSizeAndMove() {
    const NoteId lower = document().addNote({"Below", {32, 400}, {240, 80}});
    selection().clear();
    m_f->key(Qt::Key_N);
    QCOMPARE(selection().items(), std::vector<ItemRef>{m_note});
    m_f->key(Qt::Key_N);
    QCOMPARE(selection().items(), std::vector<ItemRef>{lower});
    m_f->key(Qt::Key_N);
    QCOMPARE(selection().items(), std::vector<ItemRef>{m_note});
    m_f->key(Qt::Key_N, Qt::ShiftModifier);
    QCOMPARE(selection().items(), std::vector<ItemRef>{lower});
    m_f->key(Qt::Key_N, Qt::ShiftModifier);
    const int steps = document().undoStack().count();
    m_f->key(Qt::Key_Right, Qt::ShiftModifier);
    m_f->key(Qt::Key_Right, Qt::ShiftModifier);
    m_f->key(Qt::Key_Up, Qt::ShiftModifier);
    QVERIFY((note().size == Point{352, 240} && note().at == Point{32, 48}));
    QCOMPARE(document().undoStack().count(), steps + 1);
    m_f->key(Qt::Key_Down, Qt::AltModifier);
    m_f->key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(document().undoStack().count(), steps + 2);
    QVERIFY((note().at == Point{32, 80} && note().size == Point{352, 240}));
    QVERIFY((document().node(m_filter)->at == Point{64, 128}));  // inside it, goes along
    QVERIFY((document().node(m_chart)->at == Point{640, 96}));
    document().undoStack().undo();
    QVERIFY((note().at == Point{32, 48} && document().node(m_filter)->at == Point{64, 96}));
    document().undoStack().undo();
    QVERIFY((note().size == Point{320, 256}));
}

void TestCanvasNotes::keysStopAtTheLeastSize() {
    selection().set({m_note});
    const int steps = document().undoStack().count();
    for (int i = 0; i < 40; ++i) {
        m_f->key(Qt::Key_Left, Qt::ShiftModifier);
        m_f->key(Qt::Key_Up, Qt::ShiftModifier);
    }
    QVERIFY(note().size == PipelineDocument::kLeastNote);
    QCOMPARE(document().undoStack().count(), steps + 1);
    // Without a comment the keys are not the canvas's.
    selection().set({m_filter});
    m_f->key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(document().undoStack().count(), steps + 1);
    QCOMPARE(selection().items(), std::vector<ItemRef>{m_filter});
}

void TestCanvasNotes::keysEditWordsAndDelete() {
    auto* editor = m_f->canvas.findChild<QPlainTextEdit*>(QStringLiteral("note_editor"));
    m_f->key(Qt::Key_N);
    m_f->key(Qt::Key_F2);
    QVERIFY(editor->isVisible());
    QTest::keyClicks(editor, QStringLiteral("Other words"));
    QTest::keyClick(editor, Qt::Key_Escape);
    QCOMPARE(note().text, std::string("Other words"));
    m_f->key(Qt::Key_Return);  // the same, on the item with the focus
    QVERIFY(editor->isVisible());
    QTest::keyClick(editor, Qt::Key_Escape);
    m_f->key(Qt::Key_Space);
    QVERIFY(selection().empty());
    m_f->key(Qt::Key_Space);
    m_f->key(Qt::Key_Delete);
    QVERIFY(document().notes().empty());
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{2});
    QVERIFY(scene().focusTarget() == CanvasFocus());
    document().undoStack().undo();
    QCOMPARE(document().notes(), std::vector<NoteId>{m_note});
}

void TestCanvasNotes::whatHasNoRoomIsTold() {
    QWidget* editor = m_f->canvas.findChild<QWidget*>(QStringLiteral("note_editor"));
    Qt::Key end = Qt::Key_Escape;
    const QSignalSpy told(&m_f->canvas, &CanvasWidget::told);
    const auto paste = [&](std::size_t characters) {
        QGuiApplication::clipboard()->setText(QString(static_cast<qsizetype>(characters), u'x'));
        m_f->key(Qt::Key_F2);
        QVERIFY(editor->isVisible());
        QTest::keyClick(editor, Qt::Key_V, Qt::ControlModifier);
        QTest::keyClick(editor, end);
    };
    selection().set({m_note});
    paste(kMaxNote);
    QCOMPARE(note().text.size(), kMaxNote);
    QCOMPARE(told.size(), 0);
    paste(3 * kMaxNote);
    QCOMPARE(note().text.size(), kMaxNote);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.last().first().toString(),
             QStringLiteral("The comment has room for 10\u2009000 characters: the rest was left out."));
    selection().set({m_filter});
    editor = m_f->canvas.findChild<QWidget*>(QStringLiteral("title_editor"));
    end = Qt::Key_Return;
    paste(kMaxTitle + 1);
    QCOMPARE(document().node(m_filter)->title.size(), kMaxTitle);
    QCOMPARE(told.last().first().toString(),
             QStringLiteral("The title has room for 500 characters: the rest was left out."));
}

// Dragged by one of several selected things all of them go, and the nodes inside.
void TestCanvasNotes::framesMoveWithWhatIsSelected() {
    selection().set({m_note, m_chart});
    const QPoint from = m_f->titleOf(m_chart);
    m_f->canvas.view().setSnapping(false);
    m_f->drag(from, from + QPoint(24, 40));
    QVERIFY((note().at == Point{56, 88}));
    QVERIFY((document().node(m_filter)->at == Point{88, 136}));
    QVERIFY((document().node(m_chart)->at == Point{664, 136}));
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("Move"));
    document().undoStack().undo();
    QCOMPARE(scene().note(m_note)->frame(), QRectF(32, 48, 320, 256));
    QCOMPARE(scene().node(m_filter)->pos(), QPointF(64, 96));
}

void TestCanvasNotes::copiesWithCtrl() {
    const QPoint from = head();
    m_f->drag(from, from + QPoint(0, 288), Qt::ControlModifier);
    QCOMPARE(document().pipeline().notes.size(), std::size_t{2});
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{3});
    QVERIFY((note().at == Point{32, 48}));
    QVERIFY((document().pipeline().notes.back().at == Point{32, 336}));
    QVERIFY((document().pipeline().nodes.back().at == Point{64, 384}));
}

void TestCanvasNotes::screenReadersFindComments() {
    QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&m_f->canvas.view());
    QCOMPARE(canvas->childCount(), 3);
    QAccessibleInterface* comment = canvas->child(2);
    QCOMPARE(comment->text(QAccessible::Name), QStringLiteral("comment: What is busy"));
    QCOMPARE(canvas->indexOfChild(comment), 2);
    QCOMPARE(comment->parent(), canvas);
    QVERIFY(comment->rect().contains(m_f->viewport()->mapToGlobal(head())));
    m_f->key(Qt::Key_N);
    QCOMPARE(canvas->focusChild(), comment);
    QVERIFY(comment->state().focused && comment->state().selected);
}

// Its frame, behind the cards inside; and it goes with the comment.
void TestCanvasNotes::theMinimapHasComments() {
    auto* const minimap = m_f->canvas.findChild<Minimap*>();
    QTRY_VERIFY(minimap->isVisible());
    const auto framed = [minimap] {
        const QImage image = minimap->grab().toImage();
        const QRgb line = Theme::of().tokens().line2.rgb();
        int pixels = 0;
        // Without its own edge.
        for (int y = 4; y < image.height() - 4; ++y) {
            for (int x = 4; x < image.width() - 4; ++x) pixels += image.pixel(x, y) == line ? 1 : 0;
        }
        return pixels;
    };
    const int one = framed();
    QVERIFY2(one > 40, qPrintable(QString::number(one)));
    leavePicture(*minimap, QStringLiteral("minimap_comments"));
    document().addNote({"Drawn", {640, 300}, {240, 96}});
    QTRY_VERIFY(framed() > one + 20);
    document().undoStack().undo();
    QTRY_COMPARE(framed(), one);
    document().remove({ItemRef(m_note)});
    QTRY_COMPARE(framed(), 0);
}

QTEST_MAIN(TestCanvasNotes)
#include "test_canvas_notes.moc"
