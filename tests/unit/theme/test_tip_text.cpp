// Tooltips of other people's words: no wider than a screen, and no higher.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/tip_text.h"

using namespace rw::ui;

class TestTipText : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatFitsStaysAsItIs() {
        for (const char* words : {"", "Load per core", "a\n\n  b ", "每核负载"})
            QCOMPARE(tipText(QString::fromUtf8(words)), QString::fromUtf8(words));
    }

    void linesEndWhereWordsDo() {
        const QString word = QStringLiteral("twenty letters long ");
        const QStringList lines = tipText(word.repeated(6).trimmed() + u'\n' + word.trimmed()).split(u'\n');
        QCOMPARE(lines,
                 (QStringList{word.repeated(4).trimmed(), word.repeated(2).trimmed(), word.trimmed()}));
    }

    void aWordLongerThanALineIsBroken_data() {
        QTest::addColumn<QString>("letter");
        QTest::addColumn<int>("most");
        QTest::newRow("Latin") << QStringLiteral("x") << 80;
        QTest::newRow("Chinese") << QStringLiteral("每") << 43;  // 37 beside the short word
        QTest::newRow("an emoji of two") << QStringLiteral("💻") << 42;
        QTest::newRow("a letter with a mark") << QStringLiteral("e\u0301") << 80;
    }
    void aWordLongerThanALineIsBroken() {
        QFETCH(QString, letter);
        QFETCH(int, most);
        const QString words = QStringLiteral("short ") + letter.repeated(300);
        const QStringList lines = tipText(words).split(u'\n');
        QVERIFY(lines.size() > 3);
        for (const QString& line : lines) {
            QVERIFY2(line.size() <= most, qPrintable(line));
            QVERIFY(line.startsWith(QLatin1String("short")) || line.size() % letter.size() == 0);
        }
        QCOMPARE(lines.join(QString()).remove(u' '), QString(words).remove(u' '));
    }

    void aTooltipIsNoHigherThanAScreen() {
        const QString tip = tipText(QStringLiteral("a\n").repeated(500));
        QCOMPARE(tip.count(u'\n'), 39);
        QVERIFY(tip.endsWith(u'…'));
        QVERIFY(tipText(QString(2'000'000, u'x')).size() < kTipLength + 100);
    }

    void aTooltipFitsOnAScreen() {
        QWidget window;
        window.show();
        QToolTip::showText(window.mapToGlobal(QPoint(5, 5)), tipText(QString(5'000, u'x')), &window);
        int seen = 0;
        for (const QWidget* widget : QApplication::topLevelWidgets()) {
            if (!widget->inherits("QTipLabel")) continue;
            QVERIFY(widget->width() < widget->fontMetrics().horizontalAdvance(QString(100, u'x')));
            ++seen;
        }
        QCOMPARE(seen, 1);
    }
};

QTEST_MAIN(TestTipText)
#include "test_tip_text.moc"
