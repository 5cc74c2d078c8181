// The expression editor: completion, what it tells and when, keys that leave it.
#include <QAbstractItemView>
#include <QCompleter>
#include <QSignalSpy>
#include <QtTest>

#include "widgets/editor/expression_edit.h"
#include "widgets/editor/sql_completion.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

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
        const auto all = completionsFor(JoinSides{{{"left", m_schema}, {"right", right}}});
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
        QVERIFY(QTest::qWaitForWindowActive(&edit));
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
        QVERIFY(QTest::qWaitForWindowActive(&edit));
        edit.setFocus();
        QTest::keyClicks(&edit, QStringLiteral("fr"));
        QAbstractItemView* popup = edit.findChild<QCompleter*>()->popup();
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(edit.toPlainText(), QStringLiteral("freq_mhz"));
    }

    void oneEditIsToldOnceAfterAPause() {
        ExpressionEdit edit(ExpressionEdit::Lines::One);
        edit.setExpression(QStringLiteral("load"));
        edit.show();
        QSignalSpy told(&edit, &ExpressionEdit::edited);
        QTest::keyClick(&edit, Qt::Key_End);
        QTest::keyClicks(&edit, QStringLiteral(" > 1"));
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told.front().front().toString(), QStringLiteral("load > 1"));
        edit.setExpression(QStringLiteral("load > 2"));
        QTRY_VERIFY(!edit.findChild<QTimer*>()->isActive());
        QCOMPARE(told.size(), 1);  // what the document says is no edit
    }

    void pastedLinesBecomeOneLine() {
        ExpressionEdit edit(ExpressionEdit::Lines::One);
        QApplication::clipboard()->setText(QStringLiteral("a +\n b"));
        edit.paste();
        QCOMPARE(edit.toPlainText(), QStringLiteral("a + b"));
    }

    void bytesOfTextBecomeCharacters() {
        QCOMPARE(characterAt("äö > 1", 4), 2);
        QCOMPARE(characterAt("abc", 99), 3);
    }
};

QTEST_MAIN(TestExpressionEdit)
#include "test_expression_edit.moc"
