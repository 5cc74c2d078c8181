// Which letters about alerts were delivered, in a file: so that a run which was killed, and comes to the same
// alerts again, tells nobody twice.
#pragma once
#include <deque>
#include <string>
#include <unordered_set>
#include <vector>

namespace rw {

/// Single-threaded. Without the file, or with one that can't be written, letters may be told twice, which is
/// not worse than what was promised: so nothing here fails.
class AlertLedger {
 public:
    static constexpr std::size_t kMost = 5'000;  ///< the newest letters that are known

    /// Empty: it is kept in memory alone. Reads the file.
    explicit AlertLedger(std::string path);

    bool has(const std::string& id) const { return m_known.contains(id); }
    /// Delivered just now. It outlives the program when this returns.
    void add(const std::vector<std::string>& ids);

 private:
    void keep(const std::string& id);

    const std::string m_path;
    std::deque<std::string> m_order{};  ///< the oldest first
    std::unordered_set<std::string> m_known{};
};

}  // namespace rw
