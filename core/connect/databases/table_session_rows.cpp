// How the rows of a batch get into the transaction, those out that the table does not take.
#include <algorithm>
#include <utility>

#include "core/connect/databases/table_session.h"
#include "core/data/text.h"

namespace rw {

namespace {
constexpr int kMostTries = 10;  // of rows that wait for others
}

void TableSession::leaveOut(Change& change, std::uint32_t row, const Text& why) {
    const auto place = std::lower_bound(change.leftOut.begin(), change.leftOut.end(), row);
    change.leftOut.insert(place, row);
    Member& member = m_members[change.sink];
    member.given -= std::min<std::uint64_t>(member.given, 1);
    const std::int64_t position = change.batch.positions.known() ? change.batch.positions.at(row) : -1;
    member.unwritable.push_back({rowText(change.batch, row), position, why});
}

Status TableSession::apply(Change& change) {
    const Member& member = m_members[change.sink];
    if (change.what == Change::What::Clear) return member.writer->clear();
    if (change.what == Change::What::Swap) return member.writer->swap();
    const TableTarget& target = *member.target;
    if (target.mode != TableTarget::Mode::Upsert) {
        std::vector<std::uint32_t> rows(change.batch.rows - change.leftOut.size());
        std::uint32_t row = 0;
        for (std::uint32_t& each : rows) {
            while (std::binary_search(change.leftOut.begin(), change.leftOut.end(), row)) ++row;
            each = row++;
        }
        return writeRows(change, &TableWriter::add, rows);
    }
    const KeyedRows rows = keyedRows(change.batch, target.key, change.leftOut);
    for (const std::uint32_t row : rows.nullKeys)
        leaveOut(change, row, RW_TEXT("databases", "The key is NULL, and a table names no row by that."));
    if (target.key.empty()) return putOnly(change, rows.put.empty() ? rows.removed : rows.put);
    RW_TRY(writeRows(change, &TableWriter::remove, rows.removed));
    RW_TRY(writeRows(change, &TableWriter::put, rows.put));
    // Later rows may have the same keys, and would be overwritten by those that waited for longer.
    return writeWaiting({&change, 1});
}

Status TableSession::writeWaiting(std::span<Change> changes) {
    bool better = true;
    for (int tries = 0; better && tries < kMostTries; ++tries) {
        better = false;
        for (Change& change : changes) {
            const std::vector<Waiting> waiting = std::exchange(change.waiting, {});
            for (const Waiting& each : waiting) RW_TRY(writeRows(change, each.way, {&each.row, 1}));
            better = better || change.waiting.size() < waiting.size();
        }
    }
    for (Change& change : changes) {
        for (const Waiting& each : std::exchange(change.waiting, {})) leaveOut(change, each.row, each.why);
    }
    return {};
}

/// Into a table of one row at most.
Status TableSession::putOnly(Change& change, RowNumbers rows) {
    if (rows.empty()) return {};
    RW_TRY(m_members[change.sink].writer->clear());
    if (change.batch.kind(rows.back()) == RowKind::Delete) return {};
    return writeRows(change, &TableWriter::add, rows.last(1));
}

Status TableSession::writeRows(Change& change, Write way, RowNumbers rows) {
    if (rows.empty()) return {};
    RW_TRY(m_client->execute("SAVEPOINT rill"));
    TableWriter& writer = *m_members[change.sink].writer;
    const Status written = (writer.*way)(change.batch, rows);
    if (written.ok()) return m_client->execute("RELEASE SAVEPOINT rill");
    if (written.error().code != ErrorCode::Row) return written;
    RW_TRY(m_client->execute("ROLLBACK TO SAVEPOINT rill"));
    RW_TRY(m_client->execute("RELEASE SAVEPOINT rill"));  // it would stay, below those of the same name
    if (rows.size() == 1 && m_checked) {
        change.waiting.push_back({rows.front(), way, written.error().message});
        return {};
    }
    if (rows.size() == 1) {
        leaveOut(change, rows.front(), written.error().message);
        return {};
    }
    // Halves, down to the rows that are to blame.
    const std::size_t half = rows.size() / 2;
    RW_TRY(writeRows(change, way, rows.first(half)));
    return writeRows(change, way, rows.subspan(half));
}

}  // namespace rw
