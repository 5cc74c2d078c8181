#include "widgets/results/result_profiler.h"

namespace rw::ui {
namespace {

constexpr int kProfilerLeavesMillis = 500;  ///< a cancelled profile ends in some milliseconds, if its disk answers

bool sameRows(const SqliteQuery& a, const SqliteQuery& b) {
    return a.path == b.path && a.table == b.table && a.table.columns == b.table.columns &&
           a.filter == b.filter;
}

}  // namespace

ResultProfiler::ResultProfiler(QObject* parent) : QObject(parent), m_home(this) {}

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
    if (m_cancel) m_cancel->store(true);
    m_running.reset();
    m_waiting.reset();
    ++m_number;
}

void ResultProfiler::launch(const SqliteQuery& query) {
    stop();
    m_running = query;
    m_cancel = std::make_shared<std::atomic<bool>>(false);
    m_worker.start([this, home = m_home, query, cancel = m_cancel, number = m_number] {
        for (int column = 0; column < static_cast<int>(query.table.columns.size()) && !*cancel; ++column) {
            const auto profile = profileColumn(query, column, cancel.get());
            if (!profile.ok()) {
                home.send([this, cancel, column, error = profile.error()] {
                    if (!*cancel) Q_EMIT failed(column, error);
                });
                break;
            }
            home.send([this, cancel, column, found = *profile] {
                if (!*cancel) Q_EMIT profiled(column, found);
            });
        }
        home.send([this, number] { finish(number); });
    });
}

void ResultProfiler::finish(quint64 number) {
    if (number != m_number) return;
    const std::optional<SqliteQuery> next = m_waiting;
    m_running.reset();
    m_waiting.reset();
    if (next) launch(*next);
}

}  // namespace rw::ui
