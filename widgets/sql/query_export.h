// Writes a result to a file, as CSV or as JSON lines, on a thread of its own: the file is the new one, whole,
// or the old one.
#pragma once
#include <QObject>
#include <atomic>
#include <memory>

#include "widgets/background/latest.h"
#include "widgets/document/export_target.h"
#include "widgets/document/unread_rows.h"
#include "widgets/sql/query_runner.h"

namespace rw::ui {

enum class QueryFormat { Csv, JsonLines };

/// Blocking. A file that a run is writing is refused. Gives what no source reads back.
Result<UnreadRows> writeResult(const QueryResult& result, const QString& path, QueryFormat format,
                               const std::atomic<bool>& dropped);

class QueryExport : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;
    /// Gives up the export under way; one whose disk does not answer is left behind.
    ~QueryExport() override;

    void start(QueryRunner::Answer answer, const QString& path, QueryFormat format, ExportTarget target);
    bool isBusy() const { return m_writing.isWaiting(); }

 Q_SIGNALS:
    void finished(const rw::Result<rw::ui::UnreadRows>& written);

 private:
    Worker m_worker;
    Latest m_writing{this};
};

}  // namespace rw::ui
