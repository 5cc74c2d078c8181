// Words that are still being typed are part of the document when it is saved or closed.
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include "tests/unit/app/window_fixture.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/files/file_actions.h"

using namespace rw;
using namespace rw::ui;

class TestTypedWords : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void aCommentIsSavedAsTyped() {
        const QTemporaryDir folder;
        WindowFixture fixture;
        const NoteId note = withNote(fixture, folder);
        type(fixture, note, QStringLiteral("Typed"));
        auto& files = *fixture.window->findChild<FileActions*>();
        QVERIFY(files.save());
        QCOMPARE(fixture.document().note(note)->text, std::string("Typed"));
        QVERIFY(!fixture.document().isModified());
        QFile file(fixture.document().path());
        QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().contains("Typed"));
    }

    /// Otherwise nothing was changed, so nothing would be asked.
    void closingAsksAboutATypedComment() {
        const QTemporaryDir folder;
        WindowFixture fixture;
        const NoteId note = withNote(fixture, folder);
        type(fixture, note, QStringLiteral("Typed"));
        QVERIFY(!fixture.document().isModified());
        int asked = 0;
        QTimer answers;
        answers.callOnTimeout([&asked] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (box == nullptr) return;
            ++asked;
            box->reject();
        });
        answers.start(10);
        QVERIFY(!fixture.window->close());
        QCOMPARE(asked, 1);
        QCOMPARE(fixture.document().note(note)->text, std::string("Typed"));
        answers.stop();
        fixture.document().undoStack().undo();
        QVERIFY(!fixture.document().isModified());
    }

 private:
    static NoteId withNote(const WindowFixture& fixture, const QTemporaryDir& folder) {
        fixture.window->findChild<FileActions*>()->startEmpty();
        const NoteId note = fixture.document().addNote({"What is busy", {64, 96}, {320, 96}});
        (void)fixture.document().saveAs(folder.filePath(QStringLiteral("noted.rill")));
        return note;
    }
    static void type(const WindowFixture& fixture, NoteId note, const QString& words) {
        QVERIFY(!fixture.document().isModified());
        fixture.canvas().view().startNoteEdit(note);
        auto* editor = fixture.canvas().findChild<QPlainTextEdit*>(QStringLiteral("note_editor"));
        QTRY_VERIFY(editor->hasFocus());
        QTest::keyClicks(editor, words);
        QVERIFY(editor->isVisible());
    }
};

QTEST_MAIN(TestTypedWords)
#include "test_typed_words.moc"
