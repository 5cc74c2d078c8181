// The field for Python: what its lines consist of, their colours, keys that indent, brackets, marks.
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTextBlock>
#include <QVBoxLayout>
#include <QtTest>

#include "widgets/editor/bracket_pair.h"
#include "widgets/editor/python_edit.h"
#include "widgets/editor/python_tokens.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using Kind = PythonToken::Kind;

namespace {

/// “Keyword def|Definition process|…”.
QString kindsOf(const QString& line, PythonOpen before = {}) {
    static const char* const kNames[] = {"Keyword",   "Builtin", "Definition", "Name",
                                         "Decorator", "Number",  "String",     "Placeholder",
                                         "Comment",   "Opening", "Closing",    "Other"};
    QStringList kinds;
    for (const PythonToken& token : readPython(line, before).tokens)
        kinds << QLatin1String(kNames[static_cast<int>(token.kind)]) + QLatin1Char(' ') +
                     line.mid(token.from, token.length);
    return kinds.join(QLatin1Char('|'));
}

QColor colorAt(const PythonEdit& edit, int line, int place) {
    const QTextBlock block = edit.document()->findBlockByNumber(line);
    for (const QTextLayout::FormatRange& range : block.layout()->formats()) {
        if (range.start <= place && place < range.start + range.length)
            return range.format.foreground().color();
    }
    return {};
}

QString typed(PythonEdit& edit, const QString& before, const QList<int>& keys, const QString& words = {}) {
    edit.setCode(before);
    edit.moveCursor(QTextCursor::End);
    for (const int key : keys) QTest::keyClick(&edit, static_cast<Qt::Key>(key));
    QTest::keyClicks(&edit, words);
    return edit.toPlainText();
}

}  // namespace

class TestPythonEdit : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void wordsAndNumbers() {
        QCOMPARE(kindsOf(QStringLiteral("def process(row):  # one row")),
                 QStringLiteral("Keyword def|Definition process|Opening (|Name row|Closing )|Other :|"
                                "Comment # one row"));
        QCOMPARE(kindsOf(QStringLiteral("@cache.of")), QStringLiteral("Decorator @cache.of"));
        QCOMPARE(
            kindsOf(QStringLiteral("x = len(a) @ b.max")),
            QStringLiteral("Name x|Other =|Builtin len|Opening (|Name a|Closing )|Other @|Name b|Other .|"
                           "Name max"));
        QCOMPARE(kindsOf(QStringLiteral("1_000 0x1F 1.5e-3 .5 a1 2-1")),
                 QStringLiteral("Number 1_000|Number 0x1F|Number 1.5e-3|Number .5|Name a1|Number 2|Other -|"
                                "Number 1"));
        QCOMPARE(kindsOf(QStringLiteral("match = 1")), QStringLiteral("Name match|Other =|Number 1"));
        QCOMPARE(kindsOf(QStringLiteral("match a:")), QStringLiteral("Keyword match|Name a|Other :"));
    }

    void strings() {
        QCOMPARE(kindsOf(QStringLiteral("'a # b' + rb\"c\\\"d\"")),
                 QStringLiteral("String 'a # b'|Other +|String rb\"c\\\"d\""));
        QCOMPARE(kindsOf(QStringLiteral("f'a {b!r:>8} {{c}}'")),
                 QStringLiteral("String f'a |Placeholder {b!r:>8}|String  {{c}}'"));
        QCOMPARE(kindsOf(QStringLiteral("'open")), QStringLiteral("String 'open"));
        QVERIFY(readPython(QStringLiteral("'open")).open.quote.isNull());
        const PythonOpen continued = readPython(QStringLiteral("'open\\")).open;
        QCOMPARE(continued.quote, QChar(u'\''));
        QCOMPARE(kindsOf(QStringLiteral("end' + a"), continued),
                 QStringLiteral("String end'|Other +|Name a"));
    }

    void stringsOfThreeQuotesGoOverLines() {
        const PythonOpen open = readPython(QStringLiteral("x = f\"\"\"one 'two' \"\"")).open;
        QVERIFY(open.triple && open.formats);
        QCOMPARE(open.quote, QChar(u'"'));
        QCOMPARE(PythonOpen::of(open.number()), open);
        QCOMPARE(kindsOf(QStringLiteral("a {b}\"\"\" + 1"), open),
                 QStringLiteral("String a |Placeholder {b}|String \"\"\"|Other +|Number 1"));
        QCOMPARE(PythonOpen::of(-1), PythonOpen());  // of the first line
    }

    void colours() {
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
            Theme::of(qApp).apply({mode});
            const Tokens& tokens = Theme::of(qApp).tokens();
            PythonEdit edit;
            edit.setCode(QStringLiteral("def f():\n    '''a\n    b'''\n    return 1  # c"));
            QCOMPARE(colorAt(edit, 0, 0), tokens.op.text);
            QCOMPARE(colorAt(edit, 1, 5), tokens.sink.text);
            QCOMPARE(colorAt(edit, 2, 4), tokens.sink.text);
            QCOMPARE(colorAt(edit, 3, 5), tokens.op.text);
            QCOMPARE(colorAt(edit, 3, 11), tokens.source.text);
            QCOMPARE(colorAt(edit, 3, 15), tokens.dim);
        }
    }

    /// What opens a string colours the lines behind it, also when it is typed last.
    void anOpenedStringReachesTheNextLines() {
        PythonEdit edit;
        edit.setCode(QStringLiteral("a\nb"));
        QCOMPARE(colorAt(edit, 1, 0), Theme::of(qApp).tokens().text);
        edit.moveCursor(QTextCursor::Start);
        QTest::keyClicks(&edit, QStringLiteral("'''"));
        QCOMPARE(colorAt(edit, 1, 0), Theme::of(qApp).tokens().sink.text);
    }

    void enterKeepsAndChangesTheIndentation() {
        PythonEdit edit;
        const QList<int> enter{Qt::Key_Return};
        QCOMPARE(typed(edit, QStringLiteral("  a = 1"), enter, QStringLiteral("b")),
                 QStringLiteral("  a = 1\n  b"));
        QCOMPARE(typed(edit, QStringLiteral("if a:  # why"), enter, QStringLiteral("b")),
                 QStringLiteral("if a:  # why\n    b"));
        QCOMPARE(typed(edit, QStringLiteral("    return a"), enter, QStringLiteral("b")),
                 QStringLiteral("    return a\nb"));
        QCOMPARE(typed(edit, QStringLiteral("x = ["), enter, QStringLiteral("1")),
                 QStringLiteral("x = [\n    1"));
        QCOMPARE(typed(edit, QStringLiteral("x = 'a:'"), enter, QStringLiteral("1")),
                 QStringLiteral("x = 'a:'\n1"));
        QCOMPARE(typed(edit, QStringLiteral("'''a:"), enter, QStringLiteral("1")),
                 QStringLiteral("'''a:\n1"));
    }

    void tabAndBackspaceGoByFour() {
        PythonEdit edit;
        QCOMPARE(typed(edit, QStringLiteral("a"), {Qt::Key_Tab}), QStringLiteral("a   "));
        QCOMPARE(typed(edit, {}, {Qt::Key_Tab, Qt::Key_Tab}), QString(8, u' '));
        QCOMPARE(typed(edit, QString(8, u' '), {Qt::Key_Backspace}), QString(4, u' '));
        QCOMPARE(typed(edit, QString(6, u' '), {Qt::Key_Backspace}), QString(4, u' '));
        QCOMPARE(typed(edit, QStringLiteral("    a    "), {Qt::Key_Backspace}), QStringLiteral("    a   "));
        QCOMPARE(typed(edit, QStringLiteral("      a"), {Qt::Key_Backtab}), QStringLiteral("  a"));
    }

    void tabIndentsTheChosenLines() {
        PythonEdit edit;
        edit.setCode(QStringLiteral("a\n\nb\nc"));
        QTextCursor cursor = edit.textCursor();
        cursor.setPosition(4, QTextCursor::KeepAnchor);  // up to the end of b
        edit.setTextCursor(cursor);
        QTest::keyClick(&edit, Qt::Key_Tab);
        QCOMPARE(edit.toPlainText(), QStringLiteral("    a\n\n    b\nc"));
        QTest::keyClick(&edit, Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(edit.toPlainText(), QStringLiteral("a\n\nb\nc"));
        edit.undo();
        QCOMPARE(edit.toPlainText(), QStringLiteral("    a\n\n    b\nc"));
    }

    void pastedTabsBecomeBlanks() {
        PythonEdit edit;
        QGuiApplication::clipboard()->setText(QStringLiteral("if a:\n\tb"));
        edit.paste();
        QCOMPARE(edit.toPlainText(), QStringLiteral("if a:\n    b"));
    }

    void escapeThenTabLeaves() {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* edit = new PythonEdit;
        auto* below = new QLineEdit;
        column->addWidget(edit);
        column->addWidget(below);
        window.show();
        edit->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&window, 30'000));
        QTest::keyClick(edit, Qt::Key_Tab);
        QVERIFY(edit->hasFocus());
        QCOMPARE(edit->toPlainText(), QString(4, u' '));
        QTest::keyClick(edit, Qt::Key_Escape);
        QTest::keyClick(edit, Qt::Key_Tab);
        QVERIFY(below->hasFocus());
        QCOMPARE(edit->toPlainText(), QString(4, u' '));
    }

    void brackets() {
        PythonEdit edit;
        edit.setCode(QStringLiteral("f(a[1],\n  ')')  # )\n]"));
        const auto at = [&edit](int place) {
            QTextCursor cursor(edit.document());
            cursor.setPosition(place);
            return bracketPairAt(cursor);
        };
        QCOMPARE(at(1), std::optional(BracketPair{1, 13}));   // past the one in the string
        QCOMPARE(at(14), std::optional(BracketPair{1, 13}));  // behind it
        QCOMPARE(at(4), std::optional(BracketPair{3, 5}));
        QCOMPARE(at(0), std::nullopt);
        QCOMPARE(at(20), std::optional(BracketPair{-1, 20}));  // nothing opens it
        edit.moveCursor(QTextCursor::Start);
        QVERIFY(edit.extraSelections().isEmpty());
        edit.moveCursor(QTextCursor::Right);
        QCOMPARE(edit.extraSelections().size(), 2);
    }

    void marksALine() {
        PythonEdit edit;
        edit.setCode(QStringLiteral("a\nb\nc"));
        edit.resize(200, 200);
        edit.show();
        const QImage before = edit.grab().toImage();
        edit.setMarks({{2, QStringLiteral("NameError: b")}});
        QCOMPARE(edit.markOf(2)->words, QStringLiteral("NameError: b"));
        QVERIFY(edit.markOf(1) == nullptr);
        QVERIFY(edit.grab().toImage() != before);
        edit.setMarks({});
        QCOMPARE(edit.grab().toImage(), before);
    }

    /// A window beside the form has the same text, and each of the two tells of what is typed in it.
    void twoShowOneText() {
        PythonEdit edit;
        PythonEdit wide(edit.document());
        edit.setCode(QStringLiteral("a"));
        QCOMPARE(wide.toPlainText(), QStringLiteral("a"));
        QSignalSpy told(&wide, &CodeEdit::edited);
        wide.moveCursor(QTextCursor::End);
        QTest::keyClicks(&wide, QStringLiteral("b"));
        QCOMPARE(edit.toPlainText(), QStringLiteral("ab"));
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told.front().front().toString(), QStringLiteral("ab"));
    }
};

QTEST_MAIN(TestPythonEdit)
#include "test_python_edit.moc"
