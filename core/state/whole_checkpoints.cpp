#include "core/state/whole_checkpoints.h"

#include <SQLiteCpp/Statement.h>

#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/state/checkpoint_tables.h"
#include "core/state/part_table.h"
#include "core/state/run_folder.h"
#include "core/state/state_parts.h"

namespace rw {

namespace {

/// Whether there is another row; nothing: the file is broken there.
std::optional<bool> nextOf(SQLite::Statement& rows) {
    try {
        return rows.executeStep();
    } catch (const SQLite::Exception& error) {
        if (!isDamage(error)) throw;
        return std::nullopt;
    }
}

/// The uses of a checkpoint and their parts; false: it is not whole.
bool copyUses(SQLite::Database& from, SQLite::Database& into, std::int64_t id, const std::string& owner,
              const CheckpointHead& head, std::int64_t sum) {
    SQLite::Statement parts(from,
                            "SELECT place, node, stage, instance, hash, content FROM _rill_checkpoint_uses "
                            "JOIN _rill_checkpoint_parts ON part = id WHERE checkpoint = ? ORDER BY place");
    parts.bind(1, id);
    SQLite::Statement use(into, "INSERT INTO _rill_checkpoint_uses VALUES (?, ?, ?, ?, ?, ?)");
    use.bind(1, id);
    PartTable table(into, owner, false);
    CheckpointSize size;
    std::vector<PartUse> uses;
    std::int64_t before = std::numeric_limits<std::int64_t>::min();
    std::optional<bool> more = nextOf(parts);
    for (; more && *more; more = nextOf(parts)) {
        // A broken file may give a row twice.
        const std::int64_t place = parts.getColumn(0).getInt64();
        if (!uses.empty() && place <= before) return false;
        before = place;
        auto [made, content] = storedPart(parts, 1);
        if (contentHash(content) != made.hash) return false;
        use.bind(2, place);
        use.bind(3, made.operatorId.node);
        use.bind(4, made.operatorId.stage);
        use.bind(5, made.instance);
        use.bind(6, table.numberOf({made.operatorId, made.instance, content, made.hash}, size));
        use.exec();
        use.reset();
        if (const std::optional<SavedRun> run = runIn(content))
            nameRun(into, owner, made.hash, run->file, run->bytes());
        uses.push_back(std::move(made));
    }
    return more.has_value() && sumOf(head, uses) == sum;
}

}  // namespace

void copyWholeCheckpoints(SQLite::Database& from, SQLite::Database& into) {
    makeCheckpointTables(into);
    SQLite::Statement rows(from,
                           "SELECT id, owner, line, number, name, version, kind, taken, began, bytes, sum, "
                           "behind, " +
                               pendingColumn(from) + " FROM _rill_checkpoints ORDER BY id");
    SQLite::Statement row(
        into,
        "INSERT INTO _rill_checkpoints (id, owner, line, number, name, version, kind, "
        "taken, began, bytes, sum, behind, pending) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    std::set<std::string> owners;
    std::set<std::int64_t> copied;
    while (rows.executeStep()) {
        if (rows.getColumn(5).getInt() > kCheckpointVersion) continue;
        const std::int64_t id = rows.getColumn(0).getInt64();
        if (!copied.insert(id).second) continue;  // as above
        const std::string owner = rows.getColumn(1).getString();
        const CheckpointHead head{
            rows.getColumn(2).getString(), static_cast<Epoch>(rows.getColumn(3).getInt64()),
            static_cast<CheckpointKind>(rows.getColumn(6).getInt()), rows.getColumn(8).getInt64()};
        for (const int column : {0, 3, 5, 6, 7, 8, 9, 10, 11, 12})
            row.bind(column + 1, rows.getColumn(column).getInt64());
        row.bind(2, owner);
        row.bind(3, head.lineage);
        if (rows.isColumnNull(4)) {
            row.bind(5);
        } else {
            row.bind(5, rows.getColumn(4).getString());
        }
        row.exec();
        row.reset();
        owners.insert(owner);
        if (!copyUses(from, into, id, owner, head, rows.getColumn(10).getInt64())) removeCheckpoint(into, id);
    }
    for (const std::string& owner : owners) removeUnusedParts(into, owner);
}

}  // namespace rw
