// The words of a comment, in several lines, and its colour.
#include <QClipboard>
#include <QMenu>
#include <QPlainTextEdit>

#include "core/pipeline/json/note_color.h"
#include "core/pipeline/limits.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/minimap.h"

using namespace rw;
using namespace rw::ui;

class TestNoteEditor : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() {
        m_f.reset();
        Theme::of().apply({.mode = ThemeMode::Dark});
    }
    void enterBeginsAnotherLine();
    void aClickElsewhereTakesTheWordsOver();
    void whatWasNotChangedIsNoStep();
    void aCommentThatIsGoneMeanwhile();
    void charactersCountAsInTheFile();
    void theFrameGrowsWithItsLines();
    void theFieldIsAsLargeAsTheComment();
    void theWordsFitAtAnyTextSize();
    void theMenuGivesColours();
    void severalAreColouredInOneStep();
    void copiesKeepTheColour();
    void theMinimapShowsTheColour();

 private:
    PipelineDocument& document() { return m_f->document; }
    Selection& selection() { return document().selection(); }
    const Note& note() { return *document().note(m_note); }
    const NoteItem& item() { return *m_f->canvas.view().canvas().note(m_note); }
    QPlainTextEdit* editor() { return m_f->canvas.findChild<QPlainTextEdit*>(QStringLiteral("note_editor")); }
    void open() {
        m_f->canvas.view().startNoteEdit(m_note);
        QVERIFY(editor()->isVisible());
        QTRY_VERIFY(editor()->hasFocus());
    }
    /// Chooses that entry of the comment's menu of colours.
    void choose(const QString& words);

    std::unique_ptr<CanvasFixture> m_f;
    NoteId m_note{};
};

void TestNoteEditor::init() {
    m_f = std::make_unique<CanvasFixture>();
    m_note = document().addNote({"What is busy", {64, 96}, {320, 96}});
    selection().clear();
    m_f->show();
}

void TestNoteEditor::choose(const QString& words) {
    QMenu menu;
    m_f->canvas.actions().fillMenu(menu, Hit{.item = m_note});
    for (QAction* each : menu.actions()) {
        if (each->menu() == nullptr) continue;
        for (QAction* action : each->menu()->actions()) {
            if (action->text() == words) return action->trigger();
        }
    }
    QFAIL(qPrintable(words));
}

void TestNoteEditor::enterBeginsAnotherLine() {
    open();
    QTest::keyClicks(editor(), QStringLiteral("one"));
    QTest::keyClick(editor(), Qt::Key_Return);
    QTest::keyClicks(editor(), QStringLiteral("two"));
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(editor(), QStringLiteral("three"));
    QCOMPARE(note().text, std::string("What is busy"));  // the document hears of it at the end
    const int steps = document().undoStack().count();
    QTest::keyClick(editor(), Qt::Key_Escape);
    QVERIFY(!editor()->isVisible());
    QCOMPARE(note().text, std::string("one\ntwo\nthree"));
    QCOMPARE(item().text(), QStringLiteral("one\ntwo\nthree"));
    QCOMPARE(document().undoStack().count(), steps + 1);
    QVERIFY(m_f->canvas.view().hasFocus());
    document().undoStack().undo();
    QCOMPARE(note().text, std::string("What is busy"));
    document().undoStack().redo();
    open();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("one\ntwo\nthree"));
}

void TestNoteEditor::aClickElsewhereTakesTheWordsOver() {
    open();
    QTest::keyClicks(editor(), QStringLiteral("Clicked"));
    QTest::mouseClick(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, {800, 500});
    QTRY_VERIFY(!editor()->isVisible());
    QCOMPARE(note().text, std::string("Clicked"));
    open();
    QTest::keyClicks(editor(), QStringLiteral("Scrolled"));
    m_f->canvas.view().panBy({40, 40});
    QVERIFY(!editor()->isVisible());
    QCOMPARE(note().text, std::string("Scrolled"));
}

void TestNoteEditor::whatWasNotChangedIsNoStep() {
    Note next = note();
    next.text = "with blanks at its end  ";
    document().setNote(m_note, next, {});
    const int steps = document().undoStack().count();
    open();
    QTest::keyClick(editor(), Qt::Key_Escape);
    QCOMPARE(document().undoStack().count(), steps);
    QCOMPARE(note().text, next.text);
}

void TestNoteEditor::aCommentThatIsGoneMeanwhile() {
    open();
    QTest::keyClicks(editor(), QStringLiteral("late"));
    document().remove({ItemRef(m_note)});
    QTest::keyClick(editor(), Qt::Key_Escape);
    QVERIFY(!editor()->isVisible());
    QVERIFY(document().notes().empty());
    m_f->canvas.view().startNoteEdit(m_note);
    QVERIFY(!editor()->isVisible());
}

/// One of two halves in Qt's texts is one character, and one that has room.
void TestNoteEditor::charactersCountAsInTheFile() {
    const QString smile = QString::fromUcs4(U"\U0001F642", 1);
    Note next = note();
    next.text = smile.repeated(6'000).toStdString();
    document().setNote(m_note, next, {});
    open();
    QTest::keyClick(editor(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(editor(), QStringLiteral("x"));
    QTest::keyClick(editor(), Qt::Key_Escape);
    QVERIFY(note().text == next.text + "x");
    open();
    QApplication::clipboard()->setText(smile.repeated(static_cast<int>(kMaxNote) + 5));
    editor()->paste();
    QTest::keyClick(editor(), Qt::Key_Escape);
    QVERIFY(note().text == smile.repeated(static_cast<int>(kMaxNote)).toStdString());
}

/// It does not shrink, and Undo takes back both at once.
void TestNoteEditor::theFrameGrowsWithItsLines() {
    open();
    for (int line = 0; line < 12; ++line) {
        QTest::keyClicks(editor(), QStringLiteral("line"));
        QTest::keyClick(editor(), Qt::Key_Return);
    }
    QTest::keyClick(editor(), Qt::Key_Escape);
    const double grown = note().size.y;
    QVERIFY(grown >= NoteItem::heightFor(item().text(), 320));
    QVERIFY(grown > 96);
    QCOMPARE(note().size.x, 320.0);
    open();
    QTest::keyClicks(editor(), QStringLiteral("short"));
    QTest::keyClick(editor(), Qt::Key_Escape);
    QCOMPARE(note().size.y, grown);
    document().undoStack().undo();
    document().undoStack().undo();
    QVERIFY((note().size == Point{320, 96}));
}

void TestNoteEditor::theFieldIsAsLargeAsTheComment() {
    open();
    const QRect shown = m_f->canvas.view().mapFromScene(item().frame()).boundingRect();
    QCOMPARE(editor()->geometry().topLeft(), shown.topLeft());
    QVERIFY(editor()->width() >= shown.width() && editor()->height() >= shown.height());
    QTest::keyClick(editor(), Qt::Key_Escape);
    // One that is larger than the window, and one that lies across its edge.
    for (const Point size : {Point{5000, 4000}, Point{100, 50}}) {
        document().sizeNotes({{m_note, size}});
        document().move({{m_note, {900, 600}}});
        open();
        QVERIFY(m_f->canvas.rect().contains(editor()->geometry()));
        QTest::keyClick(editor(), Qt::Key_Escape);
    }
}

void TestNoteEditor::theWordsFitAtAnyTextSize() {
    document().sizeNotes({{m_note, PipelineDocument::kLeastNote}});
    for (const int percent : {100, 150, 200}) {
        Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = percent});
        open();
        const QFontMetrics metrics = editor()->fontMetrics();
        QVERIFY(editor()->viewport()->width() >=
                metrics.horizontalAdvance(QStringLiteral("a few short words")));
        QVERIFY(editor()->viewport()->height() >= 2 * metrics.lineSpacing());
        QTest::keyClick(editor(), Qt::Key_Escape);
    }
    // A comment is wrapped as a whole: a long word is broken, and narrower is higher.
    const QString word(300, u'x');
    QVERIFY(NoteItem::heightFor(word, 96) > NoteItem::heightFor(word, 320));
    QVERIFY(NoteItem::heightFor(QStringLiteral("a\nb\nc"), 320) >
            NoteItem::heightFor(QStringLiteral("a"), 320));
}

void TestNoteEditor::theMenuGivesColours() {
    const int steps = document().undoStack().count();
    choose(QStringLiteral("&Amber"));
    QVERIFY(noteColorOf(note()) == NoteColor::Amber);
    QVERIFY(item().color() == NoteColor::Amber);
    QCOMPARE(note().text, std::string("What is busy"));
    choose(QStringLiteral("&Amber"));
    QCOMPARE(document().undoStack().count(), steps + 1);
    choose(QStringLiteral("&No colour"));
    QVERIFY(item().color() == NoteColor::None);
    document().undoStack().undo();
    QVERIFY(item().color() == NoteColor::Amber);
    document().undoStack().undo();
    QVERIFY(item().color() == NoteColor::None);
    QMenu menu;
    m_f->canvas.actions().fillMenu(menu, Hit{.item = m_note});
    int checked = 0;
    for (QAction* action : menu.findChildren<QAction*>()) checked += action->isChecked() ? 1 : 0;
    QCOMPARE(checked, 1);
}

void TestNoteEditor::severalAreColouredInOneStep() {
    const NoteId other = document().addNote({"Another", {64, 300}});
    selection().set({m_note, other});
    const int steps = document().undoStack().count();
    choose(QStringLiteral("&Red"));
    QVERIFY(noteColorOf(note()) == NoteColor::Red && noteColorOf(*document().note(other)) == NoteColor::Red);
    QCOMPARE(document().undoStack().count(), steps + 1);
    choose(QStringLiteral("&Red"));
    QCOMPARE(document().undoStack().count(), steps + 1);
    document().undoStack().undo();
    QVERIFY(noteColorOf(note()) == NoteColor::None &&
            noteColorOf(*document().note(other)) == NoteColor::None);
    selection().set({other});
    choose(QStringLiteral("&Red"));
    QVERIFY(noteColorOf(*document().note(other)) == NoteColor::None);
}

void TestNoteEditor::copiesKeepTheColour() {
    choose(QStringLiteral("&Violet"));
    document().copy({ItemRef(m_note)});
    document().paste({64, 400});
    QCOMPARE(document().pipeline().notes.size(), std::size_t{2});
    QVERIFY(noteColorOf(document().pipeline().notes.back()) == NoteColor::Violet);
    document().duplicate({ItemRef(m_note)});
    QVERIFY(noteColorOf(document().pipeline().notes.back()) == NoteColor::Violet);
}

void TestNoteEditor::theMinimapShowsTheColour() {
    m_f->add("filter", "Busy", {640, 96});
    auto* const minimap = m_f->canvas.findChild<Minimap*>();
    QTRY_VERIFY(minimap->isVisible());
    const auto has = [minimap](const QColor& color) {
        const QImage image = minimap->grab().toImage();
        for (int y = 4; y < image.height() - 4; ++y) {
            for (int x = 4; x < image.width() - 4; ++x) {
                if (image.pixel(x, y) == color.rgb()) return true;
            }
        }
        return false;
    };
    const NoteTone amber = NoteItem::toneOf(NoteColor::Amber);
    QVERIFY(!has(amber.line) && !has(amber.tint));
    choose(QStringLiteral("&Amber"));
    QTRY_VERIFY(has(amber.line) && has(amber.tint));
    leavePicture(m_f->canvas, QStringLiteral("note_colour"));
    document().undoStack().undo();
    QTRY_VERIFY(!has(amber.line));
}

QTEST_MAIN(TestNoteEditor)
#include "test_note_editor.moc"
