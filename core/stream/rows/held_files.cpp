#include "core/stream/rows/held_files.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/data/state_layout.h"
#include "core/data/state_reader.h"

namespace rw {

namespace {

/// Rows that take less than this fraction of the share stay in memory.
constexpr std::uint64_t kHeldWorthOfShare = 16;
/// Of the share what a part takes in memory, for there is one of each file; and no less and no more than
/// this.
constexpr std::uint64_t kPartsOfShare = 64, kLeastOfPart = std::uint64_t{16} << 10,
                        kMostOfPart = std::uint64_t{1} << 20;
constexpr std::uint64_t kMostRowsOfPart = 8'192;
constexpr std::size_t kPartEntryBytes = 96;  // of a map, about
constexpr std::string_view kHeldBatches = "batch";

}  // namespace

HeldFiles::HeldFiles(HeldRows& rows, const StreamType& input, const MakeContext& context)
    : m_rows(rows),
      m_schema(input.schema),
      m_eventTime(input.eventTime),
      m_share(context.spill ? context.stateMemory : 0, context.moreStateMemory),
      m_folder(context.spill) {}

/// What files take in memory counts towards the share as well, but half of it is always there for rows.
void HeldFiles::spillBeyondShare() {
    if (!m_share.isBounded() || busy()) return;
    const std::uint64_t bytes = m_rows.memoryBytes();
    const bool isOver = m_share.isOver(bytes + std::min<std::uint64_t>(size().bytes, m_share.bytes() / 2));
    const bool isWorthIt = bytes >= m_share.bytes() / kHeldWorthOfShare && !m_rows.empty();
    if (!isOver || !isWorthIt || m_rows.anyFrozen()) return;
    m_spill.emplace(Spill{m_rows, nullptr});
    const std::uint64_t of = std::clamp(m_share.bytes() / kPartsOfShare, kLeastOfPart, kMostOfPart);
    m_spill->rowsOfPart =
        std::clamp<std::uint64_t>(of / std::max<std::uint64_t>(bytes / m_rows.size(), 1), 1, kMostRowsOfPart);
}

/// Where nobody has asked for files and none can be written, all stays in memory from then on.
Status HeldFiles::run(CallBudget& budget) {
    const Status status = writeSome(budget);
    if (status.ok() || !m_folder->isOptional()) return status;
    m_notes = m_folder->staysInMemory(status.error());
    m_spill.reset();
    m_share.unbound();
    return {};
}

Status HeldFiles::writeSome(CallBudget& budget) {
    if (!m_spill->writer) {
        RW_TRY_ASSIGN(m_spill->writer, SortedRunWriter::create(m_folder));
    }
    while (!budget.spent()) {
        if (m_spill->rows.empty()) return finish();
        const HeldRows::Released some = m_spill->rows.release(kMaxTimestamp, m_spill->rowsOfPart);
        budget.spend(some.order.size());
        RW_TRY(write(some, true));
        RW_TRY(write(some, false));
    }
    return {};
}

/// Those of the rows of which this is so, as a part.
Status HeldFiles::write(const HeldRows::Released& some, bool known) {
    StateWriter record;
    std::uint32_t rows = 0;
    Instant first = kMaxTimestamp;
    for (std::size_t i = 0; i < some.batches.size(); ++i) {
        if (some.known[i] != known) continue;
        const Batch& batch = some.batches[i];
        const auto times = batch.column(m_eventTime).values<Instant>();
        first = std::min(first, *std::min_element(times.begin(), times.end()));
        rows += static_cast<std::uint32_t>(batch.rows);
        record.record(kHeldBatches, kHeldVersion, [&batch](StateWriter& out) { out.batch("rows", batch); });
    }
    if (rows == 0) return {};
    const std::string sealed = record.finish();
    m_spill->parts.emplace_back(first, known ? Known::Yes : Known::No);
    // The run has a checksum of its own.
    return m_spill->writer->add(0, rows, std::string_view(sealed).substr(state_layout::kSealSize));
}

Status HeldFiles::finish() {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRun> made, m_spill->writer->finish());
    const std::shared_ptr<const SortedRun> run = std::move(made);
    for (std::size_t section = 0; section < m_spill->parts.size(); ++section) {
        const auto& [first, known] = m_spill->parts[section];
        m_parts.emplace(Name{first, m_numbers++}, Part{run, section, known});
    }
    m_rowsInFiles += static_cast<std::size_t>(run->items());
    m_bytesInFiles += static_cast<std::size_t>(run->bytes());
    m_spill.reset();
    m_rows.clear();
    return {};
}

Result<std::vector<Batch>> HeldFiles::read(const Part& part) const {
    RW_TRY_ASSIGN(const std::string bytes, part.run->read(part.run->sections()[part.section]));
    RW_TRY_ASSIGN(const StateReader reader, StateReader::unsealed(bytes));
    RW_TRY_ASSIGN(const std::vector<StateReader> records, reader.records(kHeldBatches));
    std::vector<Batch> batches;
    for (const StateReader& record : records) {
        RW_TRY_ASSIGN(Batch batch, record.batch("rows"));
        fitColumns(batch, m_schema);
        if (!batch.columns[static_cast<std::size_t>(m_eventTime)]) return brokenState("rows in a file");
        batches.push_back(std::move(batch));
    }
    return batches;
}

Status HeldFiles::load(CallBudget& budget) {
    const auto first = m_parts.begin();
    const Part& part = first->second;
    RW_TRY_ASSIGN(const std::vector<Batch> batches, read(part));
    const SortedRun::Section& section = part.run->sections()[part.section];
    m_rowsInFiles -= section.items;
    m_bytesInFiles -= static_cast<std::size_t>(section.size);
    budget.spend(1 + section.items);
    for (const Batch& batch : batches) {
        if (part.known == Known::Frozen) {
            m_ahead.push_back(batch);
            m_aheadBytes += batch.memoryBytes();
        }
        m_rows.holdAgain(batch, part.known != Known::No);
    }
    m_parts.erase(first);
    return {};
}

void HeldFiles::freeze(bool whole) {
    for (auto& [name, part] : m_parts) {
        if (!whole && part.known != Known::No) continue;
        part.known = Known::Frozen;
        m_frozen.push_back(name);
    }
}

Status HeldFiles::writePiece(const HeldShape& shape, StateWriter& out) {
    if (!m_ahead.empty()) {
        m_aheadBytes = 0;
        writeHeld(std::exchange(m_ahead, {}), shape, out);
        return {};
    }
    while (!m_frozen.empty()) {
        const auto part = m_parts.find(m_frozen.back());
        m_frozen.pop_back();
        if (part == m_parts.end()) continue;  // it came back
        RW_TRY_ASSIGN(const std::vector<Batch> batches, read(part->second));
        part->second.known = Known::Yes;
        writeHeld(batches, shape, out);
        return {};
    }
    return {};
}

Status HeldFiles::addTo(HeldRows& all) const {
    for (const auto& [name, part] : m_parts) {
        RW_TRY_ASSIGN(std::vector<Batch> batches, read(part));
        for (Batch& batch : batches) all.holdAgain(std::move(batch), false);
    }
    return {};
}

Operator::StateSize HeldFiles::size() const {
    return {m_aheadBytes +
                m_parts.size() * (sizeof(Name) + sizeof(Part) + sizeof(SortedRun::Section) + kPartEntryBytes),
            m_rowsInFiles, m_bytesInFiles};
}

}  // namespace rw
