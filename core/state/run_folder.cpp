#include "core/state/run_folder.h"

#include <SQLiteCpp/Statement.h>

#include <utility>
#include <vector>

#include "core/connect/files/system_output_files.h"

namespace rw {

namespace {

constexpr std::string_view kRunFolderEnding = ".rill-checkpoints";

/// SQL over the table of runs as `named`: whether a part is there.
constexpr const char* kIsUsed =
    "EXISTS (SELECT 1 FROM _rill_checkpoint_parts AS part WHERE part.owner = named.owner AND part.hash = "
    "named.hash)";

/// … and a checkpoint has it.
constexpr const char* kIsInCheckpoint =
    "EXISTS (SELECT 1 FROM _rill_checkpoint_parts AS part JOIN _rill_checkpoint_uses AS use ON use.part = "
    "part.id WHERE part.owner = named.owner AND part.hash = named.hash AND use.checkpoint > 0)";

std::vector<std::string> namesOf(SQLite::Database& database, const std::string& where) {
    SQLite::Statement found(database,
                            "SELECT DISTINCT name FROM _rill_checkpoint_runs AS named WHERE " + where);
    std::vector<std::string> names;
    while (found.executeStep()) names.push_back(found.getColumn(0).getString());
    return names;
}

bool isUsed(SQLite::Database& database, const std::string& name) {
    SQLite::Statement used(
        database, std::string("SELECT 1 FROM _rill_checkpoint_runs AS named WHERE name = ? AND ") + kIsUsed);
    used.bind(1, name);
    return used.executeStep();
}

bool isNamed(SQLite::Database& database, const std::string& name) {
    SQLite::Statement named(database, "SELECT 1 FROM _rill_checkpoint_runs WHERE name = ?");
    named.bind(1, name);
    return named.executeStep();
}

}  // namespace

RunFolder::RunFolder(std::shared_ptr<OutputFiles> files, const CheckpointLocation& location)
    : m_files(files ? std::move(files) : systemOutputFiles()),
      m_path(m_files->target(location.path).append(kRunFolderEnding)) {}

void RunFolder::findDurable(SQLite::Database& database) {
    for (std::string& name : namesOf(database, kIsInCheckpoint)) m_durable.insert(std::move(name));
}

Result<bool> RunFolder::keep(const SortedRun& run, const SavedRun& saved) {
    const std::string path = runs().pathOf(saved);
    const Result<FileState> there = m_files->state(path);
    const bool isWhole = there.ok() && there->size == saved.fileBytes;
    if (isWhole && m_durable.contains(saved.file)) return false;
    if (!isWhole) {
        // A copy that was not finished.
        if (there.ok()) m_files->remove(path);
        m_files->makeFolder(m_path);
        RW_TRY(m_files->link(run.path(), path, path));
    }
    m_toSync = true;
    const auto synced = [&]() -> Status {
        RW_TRY_ASSIGN(const std::unique_ptr<OutputFile> file, m_files->open(path, path));
        RW_TRY(file->sync());
        return file->close();
    };
    const Status status = synced();
    if (!status.ok() && !isWhole) m_files->remove(path);
    if (!status.ok()) return status;
    return !isWhole;
}

Status RunFolder::sync() {
    if (!m_toSync) return {};
    RW_TRY(m_files->syncFolder(m_path + "/.", m_path));
    RW_TRY(m_files->syncFolder(m_path, m_path));
    m_toSync = false;
    return {};
}

Status RunFolder::check(const SavedRun& saved) const {
    const std::string path = runs().pathOf(saved);
    if (const auto opened = m_files->reading(path); !opened.ok()) {
        if (opened.error().code != ErrorCode::NotFound) return opened.status();
        if (isThere()) return {ErrorCode::NotFound, RW_TEXT("checkpoint", "“%1” is missing.").with(path)};
        return {
            ErrorCode::Refused,
            RW_TEXT("checkpoint", "The folder “%1” is missing, which has files of its state.").with(m_path),
            RW_TEXT("checkpoint",
                    "Move the folder there, too: checkpoints that name files need it beside their own "
                    "file. Or start the run anew.")};
    }
    const Result<FileState> state = m_files->state(path);
    if (!state.ok()) return state.status();
    if (state->kind == FileState::Kind::Regular && state->size == saved.fileBytes) return {};
    return {ErrorCode::Io,
            RW_TEXT("checkpoint", "“%1” has another length than when the checkpoint was taken.").with(path)};
}

void RunFolder::removeUnused(SQLite::Database& database) const {
    if (!database.tableExists(std::string(kRunsTable))) return;
    for (const std::string& name : namesOf(database, std::string("NOT ") + kIsUsed)) {
        // A file of checkpoints that somebody has changed must not make us remove another one.
        if (isRunName(name) && !isUsed(database, name)) m_files->remove(m_path + '/' + name);
    }
    database.exec(std::string("DELETE FROM _rill_checkpoint_runs AS named WHERE NOT ") + kIsUsed);
    if (namesOf(database, "TRUE").empty()) m_files->removeFolder(m_path);
}

void RunFolder::removeStrays(SQLite::Database& database) const {
    removeUnused(database);
    const bool anyNamed = database.tableExists(std::string(kRunsTable));
    for (const std::string& path : m_files->list(m_path)) {
        const std::string name = path.substr(path.rfind('/') + 1);
        if (isRunName(name) && !(anyNamed && isNamed(database, name))) m_files->remove(path);
    }
    if (!anyNamed || namesOf(database, "TRUE").empty()) m_files->removeFolder(m_path);
}

void nameRun(SQLite::Database& database, const std::string& owner, const std::string& hash,
             const std::string& name, std::uint64_t bytes) {
    database.exec(
        "CREATE TABLE IF NOT EXISTS _rill_checkpoint_runs (owner TEXT NOT NULL, hash BLOB NOT NULL, name "
        "TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (owner, hash)) WITHOUT ROWID");
    SQLite::Statement row(database, "INSERT OR IGNORE INTO _rill_checkpoint_runs VALUES (?, ?, ?, ?)");
    row.bind(1, owner);
    row.bind(2, hash.data(), static_cast<int>(hash.size()));
    row.bind(3, name);
    row.bind(4, static_cast<std::int64_t>(bytes));
    row.exec();
}

}  // namespace rw
