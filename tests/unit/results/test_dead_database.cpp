// A database on a disk that does not answer: the page goes, and leaves work under way behind.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/support/file_accesses.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/results/result_export.h"
#include "widgets/results/result_profiler.h"
#include "widgets/results/result_reader.h"

using namespace rw;
using namespace rw::ui;
using rw::testing::FileAccesses;

class TestDeadDatabase : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString database() const { return m_folder.filePath(QStringLiteral("dead/results.db")); }
    SqliteQuery query() const {
        SqliteQuery made;
        made.path = database().toStdString();
        made.table.name = "t";
        made.table.columns = {{"n", "INTEGER"}};
        return made;
    }

 private Q_SLOTS:
    void init() {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("dead")));
        FileAccesses::watch("/dead/");
        FileAccesses::hold();
    }
    void cleanup() {
        FileAccesses::forget();
        QTRY_COMPARE(FileAccesses::waiting(), 0);
    }

    void theReaderIsLeft() {
        auto reader = std::make_unique<ResultReader>();
        reader->list(database());
        reader->find(query());
        QTRY_VERIFY(FileAccesses::waiting() >= 1);
        reader.reset();
        QVERIFY(FileAccesses::waiting() >= 1);
    }

    void theProfilerIsLeft() {
        auto profiler = std::make_unique<ResultProfiler>();
        profiler->start(query());
        QTRY_VERIFY(FileAccesses::waiting() >= 1);
        profiler.reset();
        QVERIFY(FileAccesses::waiting() >= 1);
    }

    void theExportIsLeft() {
        const Catalogue catalogue = builtin();
        const PipelineDocument document(catalogue);
        auto writing = std::make_unique<ResultExport>();
        writing->start(std::make_shared<const SqliteMatch>(SqliteMatch{query()}),
                       m_folder.filePath(QStringLiteral("dead/rows.csv")), ResultFormat::Csv,
                       ExportTarget(document, QStringLiteral("Export")));
        QTRY_VERIFY(FileAccesses::waiting() >= 1);
        writing.reset();
        QVERIFY(FileAccesses::waiting() >= 1);
    }
};

QTEST_MAIN(TestDeadDatabase)
#include "test_dead_database.moc"
