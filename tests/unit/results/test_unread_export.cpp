// Results written out: all rows are in the file, which of them no CSV source reads back is told, and JSON has
// the values that the table has.
#include <SQLiteCpp/Database.h>

#include "tests/unit/results/shown_results.h"
#include "widgets/results/result_side.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestUnreadExport : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void rowsThatCannotBeReadBackAreTold() {
        ShownResults fixture;
        {
            SQLite::Database database(fixture.path.toStdString(),
                                      SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE notes (note TEXT)");
            database.exec(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) "
                "INSERT INTO notes SELECT 'fine' FROM n");
            database.exec("UPDATE notes SET note = CAST(X'610062' AS TEXT) WHERE rowid IN (1203, 1400)");
        }
        ResultsPage& page = fixture.page;
        fixture.showTable("notes");
        QTRY_COMPARE(page.model().rowCount(), 1500);
        QString said;
        QTimer answer;
        connect(&answer, &QTimer::timeout, &page, [&said] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (box == nullptr) return;
            said = box->text() + u'|' + box->informativeText();
            box->reject();
        });
        answer.start(10);
        page.exportTo(fixture.folder.filePath(QStringLiteral("all.csv")));
        QTRY_COMPARE(said,
                     QStringLiteral("All rows were exported, but a CSV source can't read 2 of them back.|"
                                    "The first is row 1\u2009203: “note” holds a NUL byte, which CSV "
                                    "files can't have."));
        QFile written(fixture.folder.filePath(QStringLiteral("all.csv")));
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().count('\n'), 1501);
    }

    /// Numbers stay numbers, and what JSON has no number for is a string.
    void jsonHasTheValuesOfTheTable() {
        ShownResults fixture;
        SQLite::Database odd(fixture.path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        odd.exec("CREATE TABLE odd (a INTEGER, ok BOOLEAN, price DECIMAL(9,2), x REAL, note TEXT, raw)");
        odd.exec(
            "INSERT INTO odd VALUES (9007199254740993, 1, '007.50', 9e999, '<' || char(10) || '>', x'00ff'), "
            "(NULL, 0, 12.5, 0.1, '12', 3)");
        ResultsPage& page = fixture.page;
        page.side().openFile(fixture.path);
        QTRY_COMPARE(page.model().rowCount(), 2);
        QFile written(fixture.folder.filePath(QStringLiteral("out.ndjson")));
        page.exportTo(written.fileName(), ResultFormat::JsonLines);
        QTRY_VERIFY(written.exists());
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = written.readAll().replace('"', '`').split('\n');
        QCOMPARE(lines.size(), 3);  // and nothing behind the last
        QCOMPARE(lines[0], QByteArray("{`a`:9007199254740993,`ok`:true,`price`:7.5,`x`:`Infinity`,"
                                      "`note`:`<\\n>`,`raw`:`X'00FF'`}"));
        QCOMPARE(lines[1], QByteArray("{`a`:null,`ok`:false,`price`:12.5,`x`:0.1,`note`:`12`,`raw`:3}"));
    }
};

QTEST_MAIN(TestUnreadExport)
#include "test_unread_export.moc"
