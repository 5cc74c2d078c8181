// The expression editor: completion, its signals and their times, keys that leave it.
#include <QAbstractItemView>
#include <QCompleter>
#include <QListView>
#include <QScreen>
#include <QSignalSpy>
#include <QVBoxLayout>
#include <QtTest>

#include "widgets/editor/expression_edit.h"
#include "widgets/editor/sql_completion.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A field as a form has it: each edit gives it its columns and its text again, with another field below.
struct Form {
    explicit Form(const Schema& schema) : edit(new ExpressionEdit(ExpressionEdit::Lines::Several)) {
        auto* column = new QVBoxLayout(&window);
        column->addWidget(above = new QWidget);
        column->addWidget(edit);
        column->addWidget(below = new QLineEdit);
        above->hide();
        above->setFixedHeight(60);
        edit->setSchema(schema, false);
        QObject::connect(edit, &ExpressionEdit::edited, edit, [this, schema](const QString& text) {
            ++checks;
            edit->setSchema(schema, false);
            edit->setCode(text);
        });
        window.resize(300, 200);
    }
    bool show(QPoint at = {40, 40}) {
        window.move(at);
        window.show();
        edit->setFocus();
        return QTest::qWaitForWindowActive(&window, 30'000);
    }
    QAbstractItemView& list() const { return *edit->findChild<QCompleter*>()->popup(); }
    /// As keys come from a keyboard: to the window, which knows whose they are.
    void press(Qt::Key key) const {
        QWidget* target = list().isVisible() ? static_cast<QWidget*>(&list()) : edit;
        QTest::keyClick(target->window()->windowHandle(), key);
    }
    /// The line with the cursor, on the screen.
    QRect line() const {
        QRect rect = edit->cursorRect();
        rect.moveTopLeft(edit->viewport()->mapToGlobal(rect.topLeft()));
        return rect;
    }

    QWidget window;
    QWidget* above;
    ExpressionEdit* edit;
    QLineEdit* below;
    int checks = 0;
};

}  // namespace

class TestExpressionEdit : public QObject {
    Q_OBJECT
    const Schema m_schema{{{"load", Type::of(TypeId::Double)},
                           {"freq_mhz", Type::of(TypeId::Int)},
                           {"odd name", Type::of(TypeId::String)}}};

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void completionKnowsColumnsAndFunctions() {
        const auto plain = completionsFor(m_schema, false), windows = completionsFor(m_schema, true);
        const auto has = [](const std::vector<Completion>& list, const QString& insert) {
            return std::any_of(list.begin(), list.end(),
                               [&](const Completion& one) { return one.insert == insert; });
        };
        QVERIFY(has(plain, QStringLiteral("load")));
        QVERIFY(has(plain, QStringLiteral("`odd name`")));
        QVERIFY(has(plain, QStringLiteral("ROUND(")));
        QVERIFY(!has(plain, QStringLiteral("AVG(")));
        QVERIFY(has(windows, QStringLiteral("AVG(")));
    }

    void completionKnowsBothSidesOfAJoin() {
        const Schema right{{{"load", Type::of(TypeId::Double)}, {"right_of_way", Type::of(TypeId::String)}}};
        const auto all =
            std::make_shared<const Completions>(JoinSides{{{"left", m_schema}, {"right", right}}});
        const auto inserted = [&all](const QString& typed) {
            CompletionModel model;
            model.set(all);
            QStringList found;
            for (int row = 0; row < model.rowCount(); ++row) {
                const QModelIndex index = model.index(row);
                if (index.data(Qt::EditRole).toString().startsWith(typed))
                    found << index.data(CompletionModel::InsertRole).toString();
            }
            return found;
        };
        QCOMPARE(inserted(QStringLiteral("left.")),
                 QStringList({QStringLiteral("left.load"), QStringLiteral("left.freq_mhz"),
                              QStringLiteral("left.`odd name`")}));
        QCOMPARE(inserted(QStringLiteral("lo")),
                 QStringList({QStringLiteral("left.load"), QStringLiteral("right.load")}));
        QCOMPARE(inserted(QStringLiteral("right")),
                 QStringList({QStringLiteral("right.load"), QStringLiteral("right.right_of_way")}));
        QVERIFY(!inserted(QStringLiteral("ROUND(")).isEmpty());
        QVERIFY(inserted(QStringLiteral("AVG(")).isEmpty());
    }

    void aPointBelongsToTheNameOfASide() {
        ExpressionEdit edit(ExpressionEdit::Lines::Several);
        edit.setSides(JoinSides{{{"left", m_schema}, {"right", m_schema}}});
        edit.resize(300, 120);
        edit.show();
        QVERIFY(QTest::qWaitForWindowActive(&edit, 30'000));
        edit.setFocus();
        QTest::keyClicks(&edit, QStringLiteral("right."));
        QAbstractItemView* popup = edit.findChild<QCompleter*>()->popup();
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(edit.toPlainText(), QStringLiteral("right.load"));
    }

    void twoLettersOfferAndEnterTakes() {
        ExpressionEdit edit(ExpressionEdit::Lines::Several);
        edit.setSchema(m_schema, false);
        edit.resize(300, 120);
        edit.show();
        QVERIFY(QTest::qWaitForWindowActive(&edit, 30'000));
        edit.setFocus();
        QTest::keyClicks(&edit, QStringLiteral("fr"));
        QAbstractItemView* popup = edit.findChild<QCompleter*>()->popup();
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(edit.toPlainText(), QStringLiteral("freq_mhz"));
    }

    void aNewNameIsNotCompleted_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<bool>("offers");
        QTest::newRow("name") << QStringLiteral("freq_mhz * 2 AS ") << false;
        QTest::newRow("in back quotes") << QStringLiteral("freq_mhz AS `") << false;
        QTest::newRow("second word in back quotes") << QStringLiteral("freq_mhz as `high ") << false;
        QTest::newRow("after a call") << QStringLiteral("CAST(freq_mhz AS BIGINT) AS ") << false;
        QTest::newRow("type") << QStringLiteral("CAST(freq_mhz AS ") << true;
        QTest::newRow("column") << QStringLiteral("`odd name` + ") << true;
        QTest::newRow("column in back quotes") << QStringLiteral("freq_mhz + `") << true;
    }

    // Enter would put a column in the place of the name.
    void aNewNameIsNotCompleted() {
        QFETCH(QString, before);
        QFETCH(bool, offers);
        Form form(m_schema);
        QVERIFY(form.show());
        form.edit->setCode(before);
        form.edit->moveCursor(QTextCursor::End);
        QTest::keyClicks(form.edit, QStringLiteral("lo"));
        QCOMPARE(form.list().isVisible(), offers);
        QTest::keyClick(form.edit, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(form.list().isVisible(), offers);
    }

    void keysTakeTheEntryAfterACheck_data() {
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<QString>("text");
        QTest::newRow("Enter") << QList<int>{Qt::Key_Return} << QStringLiteral("load");
        QTest::newRow("Tab") << QList<int>{Qt::Key_Tab} << QStringLiteral("load");
        QTest::newRow("Down, Enter") << QList<int>{Qt::Key_Down, Qt::Key_Return} << QStringLiteral("lo_mark");
        QTest::newRow("Down, Tab") << QList<int>{Qt::Key_Down, Qt::Key_Tab} << QStringLiteral("lo_mark");
        QTest::newRow("Escape") << QList<int>{Qt::Key_Escape} << QStringLiteral("lo");
    }

    // The check that follows the last letter gives the columns again.
    void keysTakeTheEntryAfterACheck() {
        QFETCH(QList<int>, keys);
        QFETCH(QString, text);
        Schema schema = m_schema;
        schema.fields.push_back({"lo_mark", Type::of(TypeId::Int)});
        Form form(schema);
        QVERIFY(form.show());
        QTest::keyClicks(form.edit, QStringLiteral("lo"));
        QTRY_VERIFY(form.list().isVisible());
        for (const int key : keys) {
            if (key == keys.back()) QTRY_COMPARE(form.checks, 1);
            QVERIFY(form.list().isVisible());
            form.press(static_cast<Qt::Key>(key));
        }
        QVERIFY(!form.list().isVisible());
        QCOMPARE(form.edit->toPlainText(), text);
        QVERIFY(form.edit->hasFocus());
        form.press(Qt::Key_Tab);  // without a list it leaves the field
        QTRY_VERIFY(form.below->hasFocus());
    }

    void aListWhoseColumnsChangeKeepsItsEntry() {
        Form form(m_schema);
        QVERIFY(form.show());
        QTest::keyClicks(form.edit, QStringLiteral("fr"));
        QTRY_VERIFY(form.list().isVisible());
        Schema more;
        more.fields.push_back({"frames", Type::of(TypeId::Int)});
        more.fields.insert(more.fields.end(), m_schema.fields.begin(), m_schema.fields.end());
        form.edit->setSchema(more, false);
        QVERIFY(form.list().isVisible());
        form.press(Qt::Key_Return);
        QCOMPARE(form.edit->toPlainText(), QStringLiteral("freq_mhz"));
    }

    void aListWhoseColumnsWentTakesNothing() {
        Form form(m_schema);
        QVERIFY(form.show());
        QTest::keyClicks(form.edit, QStringLiteral("freq"));
        QTRY_VERIFY(form.list().isVisible());
        form.edit->setSchema(Schema{}, false);
        QVERIFY(!form.list().isVisible());
        QCOMPARE(form.edit->toPlainText(), QStringLiteral("freq"));
    }

    void theListKeepsOffItsLineAndOnTheScreen_data() {
        QTest::addColumn<QPoint>("corner");
        const QRect room = QGuiApplication::primaryScreen()->availableGeometry();
        QTest::newRow("top left") << room.topLeft();
        QTest::newRow("right") << QPoint(room.right() - 150, room.top() + 40);
        QTest::newRow("bottom") << QPoint(room.left() + 40, room.bottom() - 150);
        QTest::newRow("bottom right") << QPoint(room.right() - 150, room.bottom() - 100);
    }

    void theListKeepsOffItsLineAndOnTheScreen() {
        QFETCH(QPoint, corner);
        Form form(m_schema);
        QVERIFY(form.show(corner));
        form.edit->setCode(QStringLiteral("ROUND(1)\n+ "));
        form.edit->moveCursor(QTextCursor::End);
        QTest::keyClicks(form.edit, QStringLiteral("re"));
        QTRY_VERIFY(form.list().isVisible());
        const auto placed = [&form] {
            const QRect list(form.list().mapToGlobal(QPoint()), form.list().size());
            return !list.intersects(form.line()) && form.edit->screen()->availableGeometry().contains(list) &&
                   list.height() >= form.list().sizeHintForRow(0);
        };
        QVERIFY(placed());
        form.above->show();  // a hint above pushes the field down
        QTRY_VERIFY(form.edit->y() > 60);
        QVERIFY(placed());
    }

    void oneEditIsToldOnceAfterAPause() {
        ExpressionEdit edit(ExpressionEdit::Lines::One);
        edit.setCode(QStringLiteral("load"));
        edit.show();
        QSignalSpy told(&edit, &ExpressionEdit::edited);
        QTest::keyClick(&edit, Qt::Key_End);
        QTest::keyClicks(&edit, QStringLiteral(" > 1"));
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told.front().front().toString(), QStringLiteral("load > 1"));
        edit.setCode(QStringLiteral("load > 2"));
        QTRY_VERIFY(!edit.findChild<QTimer*>()->isActive());
        QCOMPARE(told.size(), 1);  // text from the document is no edit
    }

    // A slow typist needs some 300 ms for a letter: half a word is no mistake yet.
    void thePauseIsLongerThanOneBetweenLetters() {
        const ExpressionEdit edit(ExpressionEdit::Lines::One);
        QVERIFY(edit.findChild<QTimer*>()->interval() >= 600);
    }

    void aShortcutFindsTheTextTold() {
        ExpressionEdit edit(ExpressionEdit::Lines::One);
        edit.show();
        QSignalSpy told(&edit, &ExpressionEdit::edited);
        QTest::keyClicks(&edit, QStringLiteral("load"));
        QTest::keyClick(&edit, Qt::Key_Space, Qt::ControlModifier);  // asks for completions
        QVERIFY(edit.findChild<QTimer*>()->isActive());
        QTest::keyClick(&edit, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!edit.findChild<QTimer*>()->isActive());
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.front().front().toString(), QStringLiteral("load"));
    }

    void pastedLinesBecomeOneLine() {
        ExpressionEdit edit(ExpressionEdit::Lines::One);
        QApplication::clipboard()->setText(QStringLiteral("a +\n b"));
        edit.paste();
        QCOMPARE(edit.toPlainText(), QStringLiteral("a + b"));
    }

    void numbersOfManyLinesHaveRoom() {
        ExpressionEdit edit(ExpressionEdit::Lines::Several);
        edit.resize(300, 120);
        edit.show();
        const int narrow = edit.viewport()->x();
        edit.setCode(QString(999, QLatin1Char('\n')));
        QVERIFY(edit.viewport()->x() > narrow);
    }

    void bytesOfTextBecomeCharacters() {
        QCOMPARE(characterAt("äö > 1", 4), 2);
        QCOMPARE(characterAt("abc", 99), 3);
    }

    void aTextThatIsWrittenIsFound_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<bool>("open");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("typed");
        const auto row = [](const char* before, bool open, const char* column, const char* typed) {
            QTest::newRow(before) << QString::fromUtf8(before) << open << QString::fromUtf8(column)
                                  << QString::fromUtf8(typed);
        };
        row("region = 'is", true, "region", "is");
        row("a = 1 AND region='", true, "region", "");
        row("`odd name` <> 'x", true, "odd name", "x");
        row("region IN ('a', 'b", true, "region", "b");
        row("region LIKE 'a", true, "region", "a");
        row("region = 'it''s", true, "region", "it''s");
        row("CONCAT('a", true, "", "a");
        row("region = 'is'", false, "", "");
        row("region = 'it''s' AND is", false, "", "");
        row("`it's` = 1 AND is", false, "", "");
        row("", false, "", "");
    }
    void aTextThatIsWrittenIsFound() {
        QFETCH(QString, before);
        QFETCH(bool, open);
        QFETCH(QString, column);
        QFETCH(QString, typed);
        const std::optional<OpenText> text = openText(before);
        QCOMPARE(text.has_value(), open);
        if (!text) return;
        QCOMPARE(text->column, column);
        QCOMPARE(text->typed, typed);
    }

    // Words of the language are none between quotes.
    void betweenQuotesValuesAreOffered() {
        Schema schema;
        schema.fields.push_back({"region", Type::of(TypeId::String)});
        Form form(schema);
        QVERIFY(form.show());
        QTest::keyClicks(form.edit, QStringLiteral("region = 'is"));
        QVERIFY(!form.edit->findChild<QCompleter*>()->popup()->isVisible());
        form.edit->clear();
        QString asked;
        form.edit->setValues([&asked](const QString& column) {
            asked = column;
            return QStringList{QStringLiteral("islands"), QStringLiteral("north"), QStringLiteral("o'er")};
        });
        QTest::keyClicks(form.edit, QStringLiteral("region = 'is"));
        QVERIFY(form.list().isVisible());
        QCOMPARE(asked, QStringLiteral("region"));
        form.press(Qt::Key_Return);
        QCOMPARE(form.edit->toPlainText(), QStringLiteral("region = 'islands'"));
        form.edit->clear();
        QTest::keyClicks(form.edit, QStringLiteral("region = 'o"));
        QVERIFY(form.list().isVisible());
        form.press(Qt::Key_Return);
        QCOMPARE(form.edit->toPlainText(), QStringLiteral("region = 'o''er'"));
    }
};

QTEST_MAIN(TestExpressionEdit)
#include "test_expression_edit.moc"
