#include "core/connect/sqlite_turn.h"

#include <filesystem>
#include <map>

namespace rw {

std::shared_ptr<SqliteTurn> SqliteTurn::of(const std::string& path) {
    // Files are shared by the whole process, whoever opens them; so is this list.
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<SqliteTurn>> turns;
    std::error_code error;
    const auto canonical = std::filesystem::weakly_canonical(path, error);
    const std::lock_guard hold(mutex);
    std::erase_if(turns, [](const auto& each) { return each.second.expired(); });
    std::weak_ptr<SqliteTurn>& known = turns[error ? path : canonical.string()];
    auto turn = known.lock();
    if (!turn) known = turn = std::make_shared<SqliteTurn>();
    return turn;
}

void SqliteTurn::take() {
    std::unique_lock hold(m_mutex);
    const std::uint64_t ticket = m_next++;
    m_changed.wait(hold, [&] { return m_serving == ticket; });
}

void SqliteTurn::giveBack() {
    const std::lock_guard hold(m_mutex);
    ++m_serving;
    m_changed.notify_all();
}

bool SqliteTurn::wanted() const {
    const std::lock_guard hold(m_mutex);
    return m_next > m_serving + 1;
}

}  // namespace rw
