// Blanks in cells of data: which are marked, how they are painted, and that the text itself keeps them. The
// colour behind the words.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/line_delegate.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

namespace {

/// “[··]a b[·]”: marks stand in brackets.
QString marked(const QString& text) {
    QString all;
    for (const CellPiece& piece : piecesOf(shownCell(text)))
        all += piece.mark ? u'[' + piece.words + u']' : piece.words;
    return all;
}

/// A cell of that width, as it is painted.
QImage pictureOf(const QString& text, int width = 160, Qt::Alignment alignment = Qt::AlignLeft) {
    QStandardItemModel model(1, 1);
    model.setItem(0, 0, new QStandardItem(shownCell(text)));
    model.item(0, 0)->setTextAlignment(alignment | Qt::AlignVCenter);
    QTableView table;
    table.setModel(&model);
    applyTableStyle(table);
    elideAtEdges(table);
    table.horizontalHeader()->setStretchLastSection(false);
    table.setColumnWidth(0, width);
    table.resize(300, 120);
    table.show();
    (void)QTest::qWaitForWindowExposed(&table, 30'000);
    return table.viewport()->grab().toImage();
}

}  // namespace

class TestCellDelegate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    /// The thin spaces of our own figures are no blanks of the data.
    void figuresOfOursHaveNoMarks() {
        QStandardItemModel model(1, 1);
        model.setItem(0, 0, new QStandardItem(QStringLiteral("web.csv:2\u2009123, late by 25\u2009s")));
        const CellDelegate delegate;
        const QModelIndex cell = model.index(0, 0);
        QVERIFY(delegate.piecesIn(cell).size() > 1);
        model.item(0, 0)->setData(true, kOwnWordsRole);
        const std::vector<CellPiece> whole{{model.item(0, 0)->text(), false}};
        QCOMPARE(delegate.piecesIn(cell), whole);
    }

    void marksWhatWouldNotBeSeen_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QStringLiteral("a b  c") << QStringLiteral("a b  c");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("behind") << QStringLiteral("C030 ") << QStringLiteral("C030[·]");
        QTest::newRow("before") << QStringLiteral("  a b") << QStringLiteral("[··]a b");
        QTest::newRow("nothing else") << QStringLiteral("   ") << QStringLiteral("[···]");
        QTest::newRow("tab") << QStringLiteral("a\tb") << QStringLiteral("a[→]b");
        QTest::newRow("line ends") << QStringLiteral("a\r\nb\n") << QStringLiteral("a[↵]b[↵]");
        QTest::newRow("no-break") << QStringLiteral("1\u00a0000") << QStringLiteral("1[⍽]000");
        QTest::newRow("without width") << QStringLiteral("a\u200bb") << QStringLiteral("a[⍽]b");
        QTest::newRow("of Chinese") << QStringLiteral("值\u3000值") << QStringLiteral("值[⍽]值");
        QTest::newRow("blank before a tab") << QStringLiteral("a \t") << QStringLiteral("a[·→]");
        QTest::newRow("the signs themselves") << QStringLiteral("a→b·c↵") << QStringLiteral("a→b·c↵");
    }
    void marksWhatWouldNotBeSeen() {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(marked(text), shown);
    }

    void aLongTextIsCutOnce() {
        const QString shown = shownCell(QString(1'000'000, u'\t'));
        QVERIFY(shown.size() <= kShownLength + 1);
        QVERIFY(shown.endsWith(u'…'));
    }

    void aBlankBehindAWordIsPainted() {
        QVERIFY(pictureOf(QStringLiteral("C030 ")) != pictureOf(QStringLiteral("C030")));
        // Where there is no blank, nothing is painted otherwise than by the style.
        QStandardItemModel model(1, 1);
        model.setItem(0, 0, new QStandardItem(QStringLiteral("C030")));
        QTableView plain;
        plain.setModel(&model);
        applyTableStyle(plain);
        plain.horizontalHeader()->setStretchLastSection(false);
        plain.setColumnWidth(0, 160);
        plain.resize(300, 120);
        plain.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plain, 30'000));
        QCOMPARE(plain.viewport()->grab().toImage(), pictureOf(QStringLiteral("C030")));
    }

    // Words stand where they stand without the mark, also to the pixel.
    void theWordsStayInTheirPlace() {
        const QImage with = pictureOf(QStringLiteral("C030 ")), without = pictureOf(QStringLiteral("C030"));
        const int words = QFontMetrics(QApplication::font()).horizontalAdvance(QStringLiteral("C03"));
        for (int x = 0; x < words; ++x) {
            for (int y = 0; y < with.height(); ++y) QCOMPARE(with.pixel(x, y), without.pixel(x, y));
        }
    }

    // The blank is what tells two keys apart: it stays where the words have no room.
    void theMarkStaysWhereWordsAreCut() {
        const QString words(60, u'x');
        QVERIFY(pictureOf(words + u' ', 90) != pictureOf(words, 90));
    }

    /// Once, however the words are painted; a chosen cell has the colour of all that are chosen.
    void theColourOfTheModelLiesBehindTheWords_data() {
        QTest::addColumn<bool>("lines");
        QTest::addColumn<int>("role");
        QTest::addColumn<QVariant>("words");
        const int display = Qt::DisplayRole;
        QTest::newRow("words") << false << display << QVariant(QStringLiteral("C030"));
        QTest::newRow("with a mark") << false << display << QVariant(QStringLiteral("C030 "));
        QTest::newRow("between lines") << true << display << QVariant(QStringLiteral("C030"));
        QTest::newRow("a line") << true << int{LineDelegate::kLineRole} << QVariant(QStringLiteral("3 rows"));
        QTest::newRow("struck") << true << int{LineDelegate::kStruckRole}
                                << QVariant(
                                       QStringList{QString(), QStringLiteral("20"), QStringLiteral("30")});
    }
    void theColourOfTheModelLiesBehindTheWords() {
        QFETCH(bool, lines);
        QFETCH(int, role);
        QFETCH(QVariant, words);
        QStandardItemModel model(1, 1);
        model.setData(model.index(0, 0), words, role);
        QTableView table;
        table.setModel(&model);
        applyTableStyle(table);
        elideAtEdges(table, lines ? new LineDelegate(table) : nullptr);
        table.resize(300, 120);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table, 30'000));
        const auto picture = [&] {
            return table.viewport()->grab(table.visualRect(model.index(0, 0))).toImage();
        };
        const auto fill = [&](const QVariant& color) {
            model.setData(model.index(0, 0), color, Qt::BackgroundRole);
        };
        const QImage bare = picture();
        fill(QColor(255, 0, 0, 102));  // two fifths
        const QImage filled = picture();
        const QPoint beside(bare.width() - 6, 4);  // the words
        const QColor was = bare.pixelColor(beside), is = filled.pixelColor(beside);
        QVERIFY2(std::abs(is.red() - (was.red() * 3 + 255 * 2) / 5) <= 2, qPrintable(is.name()));
        QVERIFY2(std::abs(is.green() - was.green() * 3 / 5) <= 2, qPrintable(is.name()));
        int over = 0;
        for (int x = 0; x < 60; ++x) {
            for (int y = 4; y < filled.height() - 4; ++y) over += filled.pixelColor(x, y) != is ? 1 : 0;
        }
        QVERIFY(over > 10);
        table.selectRow(0);
        const QImage chosen = picture();
        QVERIFY(chosen != filled);
        fill({});
        QCOMPARE(picture(), chosen);
    }

    void theTextItselfKeepsItsBlanks() {
        QCOMPARE(shownCell(QStringLiteral("C030 ")), QStringLiteral("C030 "));
    }

    void looks() {
        QStandardItemModel model(4, 2);
        const QStringList texts{QStringLiteral("C030 "), QStringLiteral("  a\tb"),
                                QStringLiteral("line\nend"), QStringLiteral("1\u00a0000")};
        for (int row = 0; row < texts.size(); ++row) {
            model.setItem(row, 0, new QStandardItem(QStringLiteral("C030")));
            model.setItem(row, 1, new QStandardItem(shownCell(texts[row])));
        }
        QTableView table;
        table.setModel(&model);
        applyTableStyle(table);
        elideAtEdges(table);
        table.resize(320, 200);
        table.selectRow(1);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table, 30'000));
        const QImage dark = table.viewport()->grab().toImage();
        Theme::of().apply({.mode = ThemeMode::Light});
        QVERIFY(table.viewport()->grab().toImage() != dark);
    }
};

QTEST_MAIN(TestCellDelegate)
#include "test_cell_delegate.moc"
