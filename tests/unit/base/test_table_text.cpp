// The text that a terminal gets of foreign texts.
#include <QtTest/QtTest>

#include "core/base/table_text.h"

using namespace rw;

class TestTableText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatPlaysWithATerminalIsReplaced_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& shown) {
            QTest::newRow(name) << text << shown;
        };
        row("plain", "a\tb\nc “ü” 汉字 😀", "a\tb\nc “ü” 汉字 😀");
        row("escape", "a\x1b[31mb", "a\uFFFD[31mb");
        row("delete", "a\x7f", "a\uFFFD");
        row("first of C1", "a\u0080b", "a\uFFFDb");
        row("CSI in one character", "a\u009b31mb", "a\uFFFD31mb");
        row("last of C1", "\u009f", "\uFFFD");
        row("behind C1", "\u00a0", "\u00a0");
        row("override", "a\u202eb", "a\uFFFDb");
        row("embedding", "\u202a", "\uFFFD");
        row("isolate", "\u2066a\u2069", "\uFFFDa\uFFFD");
        row("marks", "\u200e\u200f\u061c", "\uFFFD\uFFFD\uFFFD");
        row("joiner", "\u200d", "\u200d");
        row("a byte of C1 alone", "a\x9b\x33", "a\uFFFD\x33");
        row("Latin 1", "caf\xe9", "caf\uFFFD");
        row("cut off", "\xe2\x80", "\uFFFD\uFFFD");
        row("C1 written too long", "\xe0\x82\x9b", "\uFFFD\uFFFD\uFFFD");
        row("surrogate", "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD");
    }
    void whatPlaysWithATerminalIsReplaced() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(printable(text.toStdString())), shown);
    }
    /// Else a file name could forge a message of its own.
    void aLineStaysOne() {
        QCOMPARE(printableLine("a\nerror: b\tc\x1b\n"), std::string("a error: b c\uFFFD "));
    }
    void cellsStandBelowEachOther() {
        QCOMPARE(tableText({{"a", "bb"}, {"ccc", "\u009b"}}), std::string("a    bb\nccc  \uFFFD\n"));
    }
};

QTEST_APPLESS_MAIN(TestTableText)
#include "test_table_text.moc"
