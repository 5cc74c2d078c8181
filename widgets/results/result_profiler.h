// Looks at every column of a match in turn, on a thread of its own. While the same question is still being
// worked on, a repetition waits for it, so that a table that is being written gets its picture at all.
#pragma once
#include <QObject>
#include <optional>

#include "core/connect/sqlite/profile.h"
#include "widgets/background/latest.h"
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
    void finish();

    std::optional<SqliteQuery> m_running, m_waiting;
    Worker m_worker;
    Latest m_profiling{this};
};

}  // namespace rw::ui
