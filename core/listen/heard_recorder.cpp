#include "core/listen/heard_recorder.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

std::size_t memoryOf(const ParsedChunk& rows) {
    std::size_t bytes = memoryBytes(rows.batches);
    for (const BadRow& bad : rows.bad) bytes += bad.text.size();
    return bytes;
}

/// A row that came alone would keep all that was read with it, as much as a thousand rows are.
void compact(ParsedChunk& rows) {
    for (Batch& batch : rows.batches) batch = batch.compacted();
}

}  // namespace

Status HeardRecorder::open(const MakeContext&, const TapeStart& start) {
    m_used = true;
    const std::lock_guard lock(m_mutex);
    m_heard.resize(start.sources.size());
    for (std::size_t source = 0; source < m_heard.size(); ++source)
        m_heard[source].rows.source = start.sources[source];
    return {};
}

Status HeardRecorder::write(std::size_t source, const TapePiece& piece) {
    const std::lock_guard lock(m_mutex);
    // A call into a client library may come back when the listening is over.
    if (source >= m_heard.size() || m_heard[source].full) return {};
    Heard& heard = m_heard[source];
    TapePiece kept = piece;
    const std::size_t bytes = cutToFit(kept.rows, heard);
    heard.count += kept.rows.rowsRead;
    heard.bytes += bytes;
    heard.rows.pieces.push_back(std::move(kept));
    heard.full = heard.count >= m_limits.rows || heard.bytes >= m_limits.bytes;
    // A busy source has enough long before a quiet one has its first row.
    m_full = std::all_of(m_heard.begin(), m_heard.end(), [](const Heard& one) { return one.full; });
    return {};
}

std::size_t HeardRecorder::cutToFit(ParsedChunk& rows, Heard& heard) const {
    keepFirst(rows, m_limits.rows - heard.count);
    compact(rows);
    std::size_t bytes = memoryOf(rows);
    const std::size_t room = m_limits.bytes - heard.bytes;
    if (bytes <= room) return bytes;
    // Rows of about the same size. The first row of all is kept however large it is.
    const std::size_t fit = static_cast<std::size_t>(static_cast<double>(rows.rowsRead) *
                                                     static_cast<double>(room) / static_cast<double>(bytes));
    keepFirst(rows, std::max<std::size_t>(fit, heard.count == 0 ? 1 : 0));
    compact(rows);
    bytes = memoryOf(rows);
    return std::max(bytes, room);  // there is no room for the next one
}

std::vector<HeardRows> HeardRecorder::take() {
    const std::lock_guard lock(m_mutex);
    std::vector<HeardRows> all;
    for (Heard& heard : m_heard) all.push_back(std::move(heard.rows));
    m_heard.clear();
    return all;
}

}  // namespace rw
