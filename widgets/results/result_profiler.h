// Looks at every column of a match in turn, on a thread of its own. While the same question is still being
// worked on, a repetition waits for it, so that a table that is being written gets its picture at all.
#pragma once
#include <QObject>
#include <atomic>
#include <memory>
#include <optional>

#include "core/connect/sqlite/profile.h"
#include "widgets/background/background.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class ResultProfiler : public QObject {
    Q_OBJECT
 public:
    explicit ResultProfiler(QObject* parent = nullptr);
    ~ResultProfiler() override;

    void start(const SqliteQuery& query);
    void stop();

 Q_SIGNALS:
    void profiled(int column, const rw::SqliteProfile& profile);
    void failed(int column, const rw::Error& error);  ///< this column and those after it get no profile

 private:
    void launch(const SqliteQuery& query);
    void finish(quint64 number);

    std::shared_ptr<std::atomic<bool>> m_cancel;
    std::optional<SqliteQuery> m_running, m_waiting;
    quint64 m_number = 0;  ///< of the newest question
    Address m_home;
    Worker m_worker;
};

}  // namespace rw::ui
