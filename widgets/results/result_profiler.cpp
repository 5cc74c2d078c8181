#include "widgets/results/result_profiler.h"

namespace rw::ui {
namespace {

constexpr int kProfilerLeavesMillis = 500;  ///< a cancelled profile ends in some milliseconds, if its disk answers

bool sameRows(const SqliteQuery& a, const SqliteQuery& b) {
    return a.path == b.path && a.table == b.table && a.table.columns == b.table.columns &&
           a.filter == b.filter;
}

}  // namespace

ResultProfiler::ResultProfiler(QObject* parent) : QObject(parent) {}

ResultProfiler::~ResultProfiler() {
    stop();
    (void)m_worker.wait(kProfilerLeavesMillis);
}

void ResultProfiler::start(const SqliteQuery& query) {
    if (m_running && sameRows(*m_running, query)) {
        m_waiting = query;
    } else {
        launch(query);
    }
}

void ResultProfiler::stop() {
    m_profiling.drop();
    m_running.reset();
    m_waiting.reset();
}

void ResultProfiler::launch(const SqliteQuery& query) {
    stop();
    m_running = query;
    const auto profileAll = [this, query](const Latest::Question& question) {
        const auto columns = static_cast<int>(query.table.columns.size());
        for (int column = 0; column < columns && !question.isDropped(); ++column) {
            const auto profile = profileColumn(query, column, question.flag());
            if (!profile.ok()) {
                question.tell([this, column, error = profile.error()] { Q_EMIT failed(column, error); });
                break;
            }
            question.tell([this, column, found = *profile] { Q_EMIT profiled(column, found); });
        }
    };
    m_profiling.ask(m_worker, profileAll, [this] { finish(); });
}

void ResultProfiler::finish() {
    const std::optional<SqliteQuery> next = m_waiting;
    m_running.reset();
    m_waiting.reset();
    if (next) launch(*next);
}

}  // namespace rw::ui
