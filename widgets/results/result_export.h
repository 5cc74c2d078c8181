// Writes the rows of a match as CSV, exact values, on a thread of its own: the file is whole, or what was
// there before.
#pragma once
#include <QObject>
#include <QThreadPool>
#include <atomic>

#include "widgets/document/export_target.h"
#include "widgets/results/result_reader.h"

namespace rw::ui {

/// Blocking. `cancel` ends it with ErrorCode::Cancelled and no file. A file that a run is writing is refused.
Status writeCsv(const SqliteMatch& match, const QString& path, CancelFlag cancel);

class ResultExport : public QObject {
    Q_OBJECT
 public:
    explicit ResultExport(QObject* parent = nullptr);
    ~ResultExport() override;  ///< gives up what is under way

    void start(const ResultReader::Match& match, const QString& path, const ExportTarget& target);
    bool isBusy() const { return m_busy; }

 Q_SIGNALS:
    void finished(const rw::Status& status, const QString& path);

 private:
    std::atomic<bool> m_cancel{false};
    bool m_busy = false;
    QThreadPool m_worker;
};

}  // namespace rw::ui
