// Writes the rows of a match as CSV or as JSON lines, or as a table of another database, exact values, on a
// thread of its own: the file, or the table, is the new one, whole, or the old one.
#pragma once
#include <QObject>
#include <QStringList>
#include <atomic>
#include <functional>
#include <memory>

#include "widgets/background/background.h"
#include "widgets/background/worker.h"
#include "widgets/document/export_target.h"
#include "widgets/document/unread_rows.h"
#include "widgets/results/result_reader.h"

namespace rw::ui {

enum class ResultFormat { Csv, JsonLines };

/// `count` rows from number `first`.
using RowSource = std::function<Result<std::vector<SqliteRow>>(std::int64_t first, std::int64_t count)>;
/// As writeRows(), of any rows.
Result<UnreadRows> writeTable(const std::vector<SqliteColumn>& columns, std::int64_t count,
                              const RowSource& rows, const QString& path, ResultFormat format);

/// Blocking. `cancel` ends it with ErrorCode::Cancelled and no file. A file that a run is writing is refused.
/// Gives what no CSV source reads back. In JSON a number is a number, also in a column of texts, and one that
/// JSON does not have, as an infinity, a string; a BOOLEAN is true or false, a blob the literal X'00FF'.
Result<UnreadRows> writeRows(const SqliteMatch& match, const QString& path, ResultFormat format,
                             CancelFlag cancel);

class ResultExport : public QObject {
    Q_OBJECT
 public:
    explicit ResultExport(QObject* parent = nullptr);
    /// Gives up the export under way; one whose disk does not answer is left behind.
    ~ResultExport() override;

    void start(const ResultReader::Match& match, const QString& path, ResultFormat format,
               const ExportTarget& target);
    /// The rows as a table of the same name in a database, which is made where there is none. Not one of
    /// `written`, which the pipeline writes. ErrorCode::Refused: there is such a table, and not `replace`.
    void startInto(const ResultReader::Match& match, const QString& path, bool replace,
                   const ExportTarget& target, const QStringList& written);
    /// What `write` writes to the path.
    void startOther(const QString& path, const ExportTarget& target,
                    std::function<Result<UnreadRows>(CancelFlag)> write);
    bool isBusy() const { return m_busy; }

 Q_SIGNALS:
    void finished(const rw::Result<rw::ui::UnreadRows>& written, const QString& path);

 private:
    void begin(const QString& path, std::function<Result<UnreadRows>(CancelFlag)> write);

    const std::shared_ptr<std::atomic<bool>> m_cancel = std::make_shared<std::atomic<bool>>(false);
    bool m_busy = false;
    MainThreadReceiver m_home;
    Worker m_worker;
};

}  // namespace rw::ui
