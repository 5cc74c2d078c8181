// Writes the rows of a match as CSV, exact values, on a thread of its own: the file is whole or not there.
#pragma once
#include <QObject>
#include <QThreadPool>
#include <atomic>

#include "widgets/results/result_reader.h"

namespace rw::ui {

/// Blocking. `cancel` ends it with ErrorCode::Cancelled and no file.
Status writeCsv(const SqliteMatch& match, const QString& path, CancelFlag cancel);

class ResultExport : public QObject {
    Q_OBJECT
 public:
    explicit ResultExport(QObject* parent = nullptr);
    ~ResultExport() override;  ///< gives up what is under way

    void start(const ResultReader::Match& match, const QString& path);
    bool isBusy() const { return m_busy; }

 Q_SIGNALS:
    void finished(const rw::Status& status, const QString& path);

 private:
    std::atomic<bool> m_cancel{false};
    bool m_busy = false;
    QThreadPool m_worker;
};

}  // namespace rw::ui
