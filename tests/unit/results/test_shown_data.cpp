// Data in the Results tab: foreign texts hold no characters that play with the window, numbers no rounding.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/results/results_page.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestShownData : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    /// A control character of the C1 set, and one that turns the order of the words around it.
    void controlCharactersAreNotShown() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("results.db")).toStdString();
        const std::string raw = "a\u009b31m\u202eb";
        {
            SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE \"" + raw + "\" (\"" + raw + "\" TEXT)");
            database.exec("INSERT INTO \"" + raw + "\" VALUES ('" + raw + "')");
        }
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        ChartScheduler charts;
        ResultsPage page(PaneParts{document, session, charts});
        page.resize(1300, 640);
        page.show();
        document.addNode({"sqlite_sink", Json{{"database", path}, {"table", raw}}, {}}, {0, 0});
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
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("results.db")).toStdString();
        {
            SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE sums (total REAL, id INTEGER, price TEXT DECIMAL(20, 18))");
            database.exec(
                "INSERT INTO sums VALUES (504.91999999999996, 9007199254740993, "
                "'0.123456789012345678')");
        }
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        ChartScheduler charts;
        ResultsPage page(PaneParts{document, session, charts});
        page.resize(1300, 640);
        page.show();
        document.addNode({"sqlite_sink", Json{{"database", path}, {"table", "sums"}}, {}}, {0, 0});
        QTRY_COMPARE(page.model().rowCount(), 1);
        const auto cell = [&page](int column) { return page.model().index(0, column).data().toString(); };
        QTRY_COMPARE(cell(0), QStringLiteral("504.92"));
        QCOMPARE(cell(1), QStringLiteral("9007199254740993"));
        QCOMPARE(cell(2), QStringLiteral("0.123456789012345678"));
    }

    /// The tooltip of a cell has all of a long text, in lines that a screen has room for.
    void aLongTextIsBrokenInTheTooltip() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("results.db")).toStdString();
        const std::string text(1500, 'x');
        {
            SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE long_texts AS SELECT '" + text + "' AS text");
        }
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        ChartScheduler charts;
        ResultsPage page(PaneParts{document, session, charts});
        page.resize(1300, 640);
        page.show();
        document.addNode({"sqlite_sink", Json{{"database", path}, {"table", "long_texts"}}, {}}, {0, 0});
        QTRY_COMPARE(page.model().rowCount(), 1);
        const auto tip = [&page] { return page.model().index(0, 0).data(Qt::ToolTipRole).toString(); };
        QTRY_VERIFY(!tip().isEmpty());
        QCOMPARE(tip().remove(u'\n').toStdString(), text);
        for (const QString& line : tip().split(u'\n')) QVERIFY(line.size() <= 80);
    }
};

QTEST_MAIN(TestShownData)
#include "test_shown_data.moc"
