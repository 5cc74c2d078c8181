#include "core/state/checkpoint_rows.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <map>
#include <utility>

#include "core/connect/sqlite/file.h"
#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/state/checkpoint_tables.h"
#include "core/state/checkpointed_pipeline.h"
#include "core/state/state_parts.h"

namespace rw {

namespace {

Status damaged(const CheckpointRow& row) {
    return {ErrorCode::Io,
            RW_TEXT("checkpoint", "Checkpoint %1 of %2 is damaged.")
                .with(row.about.number, whenOf(row.about.taken)),
            startAnew()};
}

/// By a file that it names; or nothing is known of that, because files can't be reached.
Status withoutFile(const CheckpointRow& row, const Error& why) {
    const std::string when = whenOf(row.about.taken);
    const bool isLost =
        why.code == ErrorCode::NotFound || why.code == ErrorCode::Io || why.code == ErrorCode::Invalid;
    if (isLost) {
        return {ErrorCode::Io,
                RW_TEXT("checkpoint", "Checkpoint %1 of %2 is damaged. %3")
                    .with(row.about.number, when, why.message),
                why.fix.empty() ? startAnew() : why.fix};
    }
    return {why.code,
            RW_TEXT("checkpoint", "Checkpoint %1 of %2 can't be read. %3")
                .with(row.about.number, when, why.message),
            why.fix};
}

/// The disk failed, which may pass: that does not mean that the data on it is damaged.
Status notRead(const CheckpointRow& row) {
    return {ErrorCode::Io,
            RW_TEXT("checkpoint", "Checkpoint %1 of %2 could not be read: its disk failed.")
                .with(row.about.number, whenOf(row.about.taken)),
            RW_TEXT("checkpoint", "Check the disk, then resume from it again.")};
}

/// How large states are.
using StateSizes = std::map<std::pair<StateSnapshot::OperatorId, int>, std::size_t>;

/// Of every instance, so that a gigabyte need not move while it grows. None where they make more than there
/// is in the file, which may be damaged. Throws SQLite::Exception.
StateSizes stateSizes(SQLite::Database& database, const CheckpointRow& row) {
    // Summed up here: GROUP BY would sort the contents themselves.
    SQLite::Statement parts(database,
                            "SELECT node, stage, instance, length(content) FROM _rill_checkpoint_uses JOIN "
                            "_rill_checkpoint_parts ON part = id WHERE checkpoint = ? ORDER BY place");
    parts.bind(1, row.id);
    std::int64_t left = database.execAndGet("PRAGMA page_count").getInt64() *
                        database.execAndGet("PRAGMA page_size").getInt64();
    StateSizes sizes;
    while (parts.executeStep()) {
        const std::int64_t size = parts.getColumn(3).getInt64();
        if (size < 0 || size > left) return {};
        left -= size;
        const StateSnapshot::OperatorId id{parts.getColumn(0).getString(), parts.getColumn(1).getInt()};
        sizes[{id, parts.getColumn(2).getInt()}] += static_cast<std::size_t>(size);
    }
    return sizes;
}

/// Its parts; their contents are checked, and that none is missing. Throws SQLite::Exception.
Result<LoadedCheckpoint> read(SQLite::Database& database, const CheckpointRow& row, const RunFolder& runs) {
    LoadedCheckpoint out;
    out.about = row.about;
    out.snapshot.number = row.about.number;
    out.snapshot.began = row.began;
    out.snapshot.ended = row.about.kind == CheckpointKind::Ended;
    out.snapshot.pending = row.about.pending;
    const CheckpointHead head{row.about.lineage, row.about.number, row.about.kind, row.began};
    if (row.about.kind == CheckpointKind::Finished) {
        if (sumOf(head, {}) != row.sum) return damaged(row);
        return out;
    }
    const StateSizes sizes = stateSizes(database, row);
    std::vector<PartUse> uses;
    std::string about;
    SQLite::Statement parts(database,
                            "SELECT node, stage, instance, hash, content FROM _rill_checkpoint_uses JOIN "
                            "_rill_checkpoint_parts ON part = id WHERE checkpoint = ? ORDER BY place");
    parts.bind(1, row.id);
    while (parts.executeStep()) {
        const auto [use, content] = storedPart(parts, 0);
        if (contentHash(content) != use.hash) return damaged(row);
        uses.push_back(use);
        if (use.operatorId.node.empty()) {
            about += content;
            continue;
        }
        std::vector<std::string>& states = out.snapshot.states[use.operatorId];
        // The next instance, or more of the same: broken numbers must not make room for billions.
        const auto instance = static_cast<std::size_t>(use.instance);
        if (use.instance < 0 || instance > states.size() || instance + 1 < states.size()) return damaged(row);
        if (instance == states.size()) {
            const auto size = sizes.find({use.operatorId, use.instance});
            states.emplace_back().reserve(size == sizes.end() ? 0 : size->second);
        }
        states.back() += content;
    }
    if (sumOf(head, uses) != row.sum) return damaged(row);
    if (row.hasChanges) {
        for (auto& [id, states] : out.snapshot.states) {
            for (std::string& state : states) StateWriter::sealAnew(state);
        }
    }
    if (row.namesRuns) {
        if (const Status whole = checkRuns(out.snapshot, runs); !whole.ok())
            return withoutFile(row, whole.error());
        out.snapshot.runs = runs.runs();
        out.snapshot.mayNameRuns = true;
    }
    Result<CheckpointedPipeline> pipeline = loadPipelineOf(about);
    if (!pipeline.ok()) return damaged(row);
    out.pipeline = std::move(*pipeline);
    return out;
}

}  // namespace

Status checkRuns(const StateSnapshot& snapshot, const RunFolder& runs) {
    for (const auto& [id, states] : snapshot.states) {
        for (const std::string& state : states) {
            if (!state.starts_with(state_layout::kMagic)) continue;
            RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
            RW_TRY_ASSIGN(const auto files, reader.files());
            for (const auto& [field, record] : files) {
                RW_TRY_ASSIGN(const SavedRun run, SavedRun::read(record));
                RW_TRY(runs.check(run));
            }
        }
    }
    return {};
}

Text startAnew() {
    return RW_TEXT("checkpoint", "Start the run anew.");
}

std::string whenOf(Instant at) {
    std::string text;
    appendTimestamp(text, at);
    return text + " UTC";
}

std::vector<CheckpointRow> rowsOf(SQLite::Database& database, const std::string& owner) {
    std::vector<CheckpointRow> rows;
    if (!hasCheckpointTables(database)) return rows;
    SQLite::Statement found(database,
                            "SELECT id, number, ifnull(name, ''), line, kind, taken, bytes, version, began, "
                            "sum, behind, " +
                                pendingColumn(database) +
                                " FROM _rill_checkpoints WHERE owner = ? ORDER BY behind, id DESC");
    found.bind(1, owner);
    while (found.executeStep()) {
        CheckpointRow& row = rows.emplace_back();
        row.id = found.getColumn(0).getInt64();
        row.about.number = static_cast<Epoch>(found.getColumn(1).getInt64());
        row.about.name = found.getColumn(2).getString();
        row.about.lineage = found.getColumn(3).getString();
        row.about.kind = static_cast<CheckpointKind>(found.getColumn(4).getInt());
        row.about.taken = found.getColumn(5).getInt64();
        row.about.bytes = static_cast<std::uint64_t>(found.getColumn(6).getInt64());
        row.about.readable = found.getColumn(7).getInt() <= kCheckpointVersion;
        row.hasChanges = found.getColumn(7).getInt() >= kChangesVersion;
        row.namesRuns = found.getColumn(7).getInt() >= kRunsVersion;
        row.began = found.getColumn(8).getInt64();
        row.sum = found.getColumn(9).getInt64();
        row.about.behind = found.getColumn(10).getInt() != 0;
        row.about.pending = found.getColumn(11).getInt() != 0;
        row.about.id = row.id;
    }
    return rows;
}

std::string aboutOf(SQLite::Database& database, const CheckpointRow& row) {
    SQLite::Statement parts(database,
                            "SELECT content FROM _rill_checkpoint_uses JOIN _rill_checkpoint_parts ON part = "
                            "id WHERE checkpoint = ? AND node = '' ORDER BY place");
    parts.bind(1, row.id);
    std::string about;
    while (parts.executeStep()) about += parts.getColumn(0).getString();
    return about;
}

Result<LoadedCheckpoint> readCheckpoint(SQLite::Database& database, const CheckpointRow& row,
                                        const RunFolder& runs) {
    try {
        return read(database, row, runs);
    } catch (const SQLite::Exception& error) {
        if (!isDamage(error)) throw;
        const bool failed = (error.getErrorCode() & 0xff) == SQLITE_IOERR || diskFailed(database);
        return failed ? notRead(row) : damaged(row);
    }
}

}  // namespace rw
