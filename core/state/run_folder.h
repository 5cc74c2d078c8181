// The files of state that checkpoints name in place of its content, in a folder beside their own file.
//
//   _rill_checkpoint_runs    which part names which file, by the hash of the part
//
// A file comes there behind the row that names it, and goes behind the parts that do: what a program that
// was killed has left has no row, or no part, and is removed at the next start. Files are named after
// their content (SavedRun), so pipelines that share a file of checkpoints may share these, too.
#pragma once
#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "core/base/output_files.h"
#include "core/state/checkpoint_location.h"
#include "core/store/sorted_run.h"

namespace rw {

inline constexpr std::string_view kRunsTable = "_rill_checkpoint_runs";

/// Not from two threads at a time.
class RunFolder {
 public:
    /// `files`: null: the machine's.
    RunFolder(std::shared_ptr<OutputFiles> files, const CheckpointLocation& location);

    SavedRuns runs() const { return {m_path, m_files}; }
    bool isThere() const { return m_files->state(m_path).ok(); }
    /// Files of checkpoints that there are, whose bytes outlive a loss of power: keep() need not sync them.
    /// At the start, in a transaction. Throws SQLite::Exception.
    void findDurable(SQLite::Database& database);
    /// Links the file there, or copies it; then its bytes outlive a loss of power. Whether it was not there.
    Result<bool> keep(const SortedRun& run, const SavedRun& saved);
    /// The names of those that were kept outlive a loss of power, too.
    Status sync();
    /// Why a state can't be read that names this file. Its content is not looked at. ErrorCode::NotFound, Io:
    /// it is not there, or not whole by its size; others: it can't be reached, as where the folder is
    /// missing.
    Status check(const SavedRun& saved) const;

    // In a transaction in which no other program writes. Throw SQLite::Exception.
    /// Removes the files that no part named any more when the transaction began.
    void removeUnused(SQLite::Database& database) const;
    /// … and those that were never named.
    void removeStrays(SQLite::Database& database) const;

 private:
    std::shared_ptr<OutputFiles> m_files;
    std::string m_path;
    std::set<std::string> m_durable{};  ///< names
    bool m_toSync = false;
};

/// The part of this hash names a file, with so many bytes of state for it. Throws SQLite::Exception.
void nameRun(SQLite::Database& database, const std::string& owner, const std::string& hash,
             const std::string& name, std::uint64_t bytes);

}  // namespace rw
