// Words that others wrote: cut, on one line, and never taken for markup.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/elided_label.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

class TestShownText : public QObject {
    Q_OBJECT

    static inline const QString kMarkup = QStringLiteral("<img src='/dev/null'><b>Load</b>");

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void wordsAreFitToBeShown_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("as it is") << "Load per core"
                                  << "Load per core";
        QTest::newRow("Chinese") << QStringLiteral("每核负载") << QStringLiteral("每核负载");
        QTest::newRow("line ends") << QStringLiteral("a\nb\r\tc\u2028d") << QStringLiteral("a b  c d");
        QTest::newRow("control characters") << QString(QStringLiteral("a") + QChar(7) + QChar(0x9b) + u'b')
                                            << QStringLiteral("a\uFFFD\uFFFDb");
        QTest::newRow("turned words")
            << QStringLiteral("a\u202Egpj.exe\u2066b") << QStringLiteral("agpj.exeb");
        QTest::newRow("marks of direction")
            << QStringLiteral("a\u200Eb\u200Fc\u061Cd") << QStringLiteral("abcd");
        QTest::newRow("joined emoji") << QStringLiteral("👩\u200D💻") << QStringLiteral("👩\u200D💻");
        QTest::newRow("long") << QString(2'000'000, u'x') << QString(QString(kShownLength, u'x') + u'…');
        QTest::newRow("cut between") << QString(QString(kShownLength - 1, u'x') + QStringLiteral("💻💻"))
                                     << QString(QString(kShownLength - 1, u'x') + u'…');
    }

    void wordsAreFitToBeShown() {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(shownText(text), shown);
        QCOMPARE(shownText(shown.left(kShownLength)), shown.left(kShownLength));
    }

    void linesStayWhereThereIsRoomForThem() {
        QCOMPARE(shownLines(QStringLiteral("a\nb"), 10), QStringLiteral("a\nb"));
        QCOMPARE(shownLines(QStringLiteral("a\nb\u202Ec"), 3), QStringLiteral("a\nb…"));
    }

    void aNameUnderlinesNoLetter() {
        QCOMPARE(labelText(QStringLiteral("R&D")), QStringLiteral("R&&D"));
        QCOMPARE(withoutMnemonic(labelText(QStringLiteral("R&D"))), QStringLiteral("R&D"));
        QCOMPARE(withoutMnemonic(QStringLiteral("Save &as…")), QStringLiteral("Save as…"));
        QCOMPARE(withoutMnemonic(QStringLiteral("另存为(&A)…")), QStringLiteral("另存为…"));
        QCOMPARE(withoutMnemonic(QStringLiteral("a & b")), QStringLiteral("a  b"));
        QCOMPARE(titleBarText(QStringLiteral("a[*]b")), QStringLiteral("a[*][*]b"));
    }

    void labelsArePlain() {
        QWidget window;
        auto* label = new QLabel(kMarkup, &window);
        auto* elided = new ElidedLabel(kMarkup, &window);
        auto* own = new QLabel(&window);
        own->setTextFormat(Qt::RichText);
        window.show();
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QCOMPARE(elided->textFormat(), Qt::PlainText);
        QCOMPARE(own->textFormat(), Qt::RichText);
        QCOMPARE(label->text(), kMarkup);
        QVERIFY(label->sizeHint().width() >= label->fontMetrics().horizontalAdvance(kMarkup));
    }

    void tooltipsArePlain() {
        QWidget window;
        window.show();
        QToolTip::showText(window.mapToGlobal(QPoint(5, 5)), kMarkup, &window);
        const QLabel* tip = nullptr;
        for (const QWidget* widget : QApplication::topLevelWidgets()) {
            if (widget->inherits("QTipLabel")) tip = qobject_cast<const QLabel*>(widget);
        }
        QVERIFY(tip != nullptr);
        QCOMPARE(tip->textFormat(), Qt::PlainText);
        QCOMPARE(tip->text(), kMarkup);
        QToolTip::hideText();
    }

    void messageBoxesArePlain() {
        QMessageBox box(QMessageBox::Warning, QStringLiteral("x"), kMarkup);
        box.setInformativeText(kMarkup);
        box.show();
        int told = 0;
        for (const QLabel* label : box.findChildren<QLabel*>()) {
            if (label->text() != kMarkup) continue;
            QCOMPARE(label->textFormat(), Qt::PlainText);
            ++told;
        }
        QCOMPARE(told, 2);
    }

    void aLongTextIsMeasuredCut() {
        ElidedLabel label(QString(2'000'000, u'x'));
        QVERIFY(label.sizeHint().width() <
                label.fontMetrics().horizontalAdvance(QString(kShownLength + 20, u'x')));
    }
};

QTEST_MAIN(TestShownText)
#include "test_shown_text.moc"
