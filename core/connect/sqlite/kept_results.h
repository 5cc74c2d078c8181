// Results that a person has kept: copies of tables as they were, to compare later ones with. They lie in the
// data folder, a file each, by the path of the database; a database that is moved has none at first. All
// functions wait for the disk.
#pragma once
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/sqlite/browser.h"

namespace rw {

/// The run that wrote a result, as far as it is known.
struct KeptRun {
    std::string id{};         ///< empty: not known
    bool recomputed = false;  ///< an edit was applied to it, for which states were recomputed from its input
    std::string replayOf{};   ///< the name of the tape that it replayed; empty: it read its sources
    bool operator==(const KeptRun&) const = default;
};

struct KeptResult {
    std::string file{};   ///< the database that has the copy
    std::string name{};   ///< that a person gave; empty: none
    std::string table{};  ///< of which it is a copy; in `file` it is called the same
    Instant kept = 0;
    std::int64_t rows = 0;
    std::uint64_t bytes = 0;  ///< of the file
    KeptRun run{};
    bool operator==(const KeptResult&) const = default;
};

inline constexpr std::size_t kLongestKeptName = 200;  ///< bytes; longer ones are cut

/// The newest first. Files that can't be read are left out.
std::vector<KeptResult> keptResults(const std::string& database, CancelFlag cancel);

/// A copy of all rows of the table now, which `run` wrote.
Result<KeptResult> keepResult(const std::string& database, const SqliteEntry& table, Instant now,
                              CancelFlag cancel, const KeptRun& run = {});
/// An empty name takes it away.
Status renameKept(const std::string& file, const std::string& name);
Status dropKept(const std::string& file);

}  // namespace rw
