// Results written out as CSV: all rows are in the file, and which of them no CSV source reads back is told.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/results/results_page.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestUnreadExport : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void rowsThatCannotBeReadBackAreTold() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("results.db")).toStdString();
        {
            SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE notes (note TEXT)");
            database.exec(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) "
                "INSERT INTO notes SELECT 'fine' FROM n");
            database.exec("UPDATE notes SET note = CAST(X'610062' AS TEXT) WHERE rowid IN (1203, 1400)");
        }
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        ChartScheduler charts;
        ResultsPage page(PaneParts{document, session, charts});
        page.show();
        document.addNode({"sqlite_sink", Json{{"database", path}, {"table", "notes"}}, {}}, {0, 0});
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
        page.exportTo(folder.filePath(QStringLiteral("all.csv")));
        QTRY_COMPARE(said,
                     QStringLiteral("All rows were exported, but a CSV source can't read 2 of them back.|"
                                    "The first is row 1\u2009203: “note” holds a NUL byte, which CSV "
                                    "files can't have."));
        QFile written(folder.filePath(QStringLiteral("all.csv")));
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().count('\n'), 1501);
    }
};

QTEST_MAIN(TestUnreadExport)
#include "test_unread_export.moc"
