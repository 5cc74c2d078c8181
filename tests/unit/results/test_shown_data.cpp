// Data in the Results tab: foreign texts hold no characters that play with the window, numbers no rounding.
#include <SQLiteCpp/Database.h>

#include "tests/unit/results/shown_results.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestShownData : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    /// A control character of the C1 set, and one that turns the order of the words around it.
    void controlCharactersAreNotShown() {
        ShownResults fixture;
        const std::string raw = "a\u009b31m\u202eb";
        {
            SQLite::Database database(fixture.path.toStdString(),
                                      SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE \"" + raw + "\" (\"" + raw + "\" TEXT)");
            database.exec("INSERT INTO \"" + raw + "\" VALUES ('" + raw + "')");
        }
        ResultsPage& page = fixture.page;
        fixture.showTable(raw);
        QTRY_COMPARE(page.model().rowCount(), 1);
        const auto cell = [&page] { return page.model().index(0, 0).data().toString(); };
        QTRY_VERIFY(!cell().isEmpty());
        const auto* list = page.findChild<QListView*>();
        for (const QString& shown :
             {cell(), page.model().headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
              page.model().headerData(0, Qt::Horizontal, Qt::ToolTipRole).toString(),
              list->currentIndex().data().toString(),
              list->currentIndex().data(Qt::AccessibleTextRole).toString()}) {
            QVERIFY2(!shown.contains(QChar(0x9b)) && !shown.contains(QChar(0x202e)) &&
                         shown.contains(QLatin1String("31m")),
                     qPrintable(shown));
        }
        QCOMPARE(page.side().table()->name, raw);  // reading and exporting use the name as it is
    }

    /// Sums of DOUBLE end in digits of their rounding; whole numbers and DECIMALs have all of theirs.
    void figuresHaveTheDigitsThatAreTrue() {
        ShownResults fixture;
        {
            SQLite::Database database(fixture.path.toStdString(),
                                      SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE sums (total REAL, id INTEGER, price TEXT DECIMAL(20, 18))");
            database.exec(
                "INSERT INTO sums VALUES (504.91999999999996, 9007199254740993, "
                "'0.123456789012345678')");
        }
        ResultsPage& page = fixture.page;
        fixture.showTable("sums");
        QTRY_COMPARE(page.model().rowCount(), 1);
        const auto cell = [&page](int column) { return page.model().index(0, column).data().toString(); };
        QTRY_COMPARE(cell(0), QStringLiteral("504.92"));
        QCOMPARE(cell(1), QStringLiteral("9007199254740993"));
        QCOMPARE(cell(2), QStringLiteral("0.123456789012345678"));
    }

    /// The tooltip of a cell has all of a long text, in lines that a screen has room for.
    void aLongTextIsBrokenInTheTooltip() {
        ShownResults fixture;
        const std::string text(1500, 'x');
        {
            SQLite::Database database(fixture.path.toStdString(),
                                      SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE long_texts AS SELECT '" + text + "' AS text");
        }
        ResultsPage& page = fixture.page;
        fixture.showTable("long_texts");
        QTRY_COMPARE(page.model().rowCount(), 1);
        const auto tip = [&page] { return page.model().index(0, 0).data(Qt::ToolTipRole).toString(); };
        QTRY_VERIFY(!tip().isEmpty());
        QCOMPARE(tip().remove(u'\n').toStdString(), text);
        for (const QString& line : tip().split(u'\n')) QVERIFY(line.size() <= 80);
    }
};

QTEST_MAIN(TestShownData)
#include "test_shown_data.moc"
