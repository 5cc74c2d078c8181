#include "core/stream/rows/held_files.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/data/state_layout.h"
#include "core/data/state_reader.h"

namespace rw {

namespace {

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

/// What files take in memory counts towards the share as well, but half of it is always there for rows: a
/// file is worth it.
std::uint64_t HeldFiles::kept() const {
    return m_rows.memoryBytes() + std::min<std::uint64_t>(size().bytes, m_share.bytes() / 2);
}

/// Where rows come far out of order, most of a batch has left when the last of its rows is due. A file has
/// only those that wait: where they are many it is worth it all the same.
void HeldFiles::spillBeyondShare() {
    if (!m_share.isBounded() || busy() || !m_share.isOver(kept())) return;
    const std::size_t idle = m_rows.idleBytes(), all = m_rows.memoryBytes();
    if (idle > all / 2 && all - idle < m_share.bytes() / 2) {
        m_rows.compact();
        if (!m_share.isOver(kept())) return;
    }
    if (m_rows.empty() && !m_rows.anyFrozen()) return;
    m_spill.emplace(Spill{m_rows, nullptr});
    const std::uint64_t of = std::clamp(m_share.bytes() / kPartsOfShare, kLeastOfPart, kMostOfPart);
    const std::uint64_t row =
        (m_rows.memoryBytes() - m_rows.idleBytes()) / std::max<std::size_t>(m_rows.size(), 1);
    m_spill->rowsOfPart = std::clamp<std::uint64_t>(of / std::max<std::uint64_t>(row, 1), 1, kMostRowsOfPart);
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
        if (m_spill->rows.anyFrozen()) {
            RW_TRY(writeFrozen(budget));
        } else if (!m_spill->rows.empty()) {
            const HeldRows::Released some = m_spill->rows.release(kMaxTimestamp, m_spill->rowsOfPart);
            budget.spend(some.order.size());
            RW_TRY(write(some));
        } else {
            return finish();
        }
    }
    return {};
}

/// As they were at the barrier: some may have been let go since.
Status HeldFiles::writeFrozen(CallBudget& budget) {
    const std::vector<Batch> batches = m_spill->rows.takeFrozen(m_spill->rowsOfPart);
    budget.spend(1);
    if (batches.empty()) return {};
    for (const Batch& batch : batches) budget.spend(batch.rows);
    ++m_spill->frozen;
    return add(batches);
}

Status HeldFiles::write(const HeldRows::Released& some) {
    std::vector<Batch> batches = m_spill->rows.gathered(some, true);
    Part part;
    part.known = static_cast<std::uint32_t>(batches.size());
    for (Batch& batch : m_spill->rows.gathered(some, false)) batches.push_back(std::move(batch));
    part.batches = static_cast<std::uint32_t>(batches.size());
    Instant first = kMaxTimestamp;
    for (const Batch& batch : batches) {
        const auto times = batch.column(m_eventTime).values<Instant>();
        first = std::min(first, *std::min_element(times.begin(), times.end()));
    }
    m_spill->parts.emplace_back(first, part);
    return add(batches);
}

/// As a section.
Status HeldFiles::add(std::span<const Batch> batches) {
    StateWriter record;
    std::size_t rows = 0;
    for (const Batch& batch : batches) {
        rows += batch.rows;
        record.record(kHeldBatches, kHeldVersion, [&batch](StateWriter& out) { out.batch("rows", batch); });
    }
    const std::string sealed = record.finish();
    // The run has a checksum of its own.
    return m_spill->writer->add(0, static_cast<std::uint32_t>(rows),
                                std::string_view(sealed).substr(state_layout::kSealSize));
}

Status HeldFiles::finish() {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRun> made, m_spill->writer->finish());
    const std::shared_ptr<const SortedRun> run = std::move(made);
    std::size_t section = 0;
    for (; section < m_spill->frozen; ++section) m_frozen.push_back({run, section, 0});
    for (auto& [first, part] : m_spill->parts) {
        const SortedRun::Section& written = run->sections()[section];
        m_rowsInFiles += written.items;
        m_bytesInFiles += static_cast<std::size_t>(written.size);
        part.run = run;
        part.section = section++;
        m_parts.emplace(Name{first, m_numbers++}, std::move(part));
    }
    m_spill.reset();
    m_rows.clear();
    return {};
}

Result<std::vector<Batch>> HeldFiles::read(const SortedRun& run, std::size_t section) const {
    RW_TRY_ASSIGN(const std::string bytes, run.read(run.sections()[section]));
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
    RW_TRY_ASSIGN(std::vector<Batch> batches, read(*part.run, part.section));
    const SortedRun::Section& section = part.run->sections()[part.section];
    m_rowsInFiles -= section.items;
    m_bytesInFiles -= static_cast<std::size_t>(section.size);
    budget.spend(1 + section.items);
    for (std::size_t i = 0; i < batches.size(); ++i) m_rows.holdAgain(std::move(batches[i]), i < part.known);
    m_parts.erase(first);
    return {};
}

void HeldFiles::freeze(bool whole) {
    for (auto& [name, part] : m_parts) {
        const std::uint32_t from = whole ? 0 : part.known;
        if (from < part.batches) m_frozen.push_back({part.run, part.section, from});
        part.known = part.batches;
    }
}

Status HeldFiles::writePiece(const HeldShape& shape, StateWriter& out) {
    if (m_frozen.empty()) return {};
    const Frozen next = std::move(m_frozen.back());
    m_frozen.pop_back();
    if (m_frozen.empty()) m_frozen = {};  // releases its memory
    RW_TRY_ASSIGN(const std::vector<Batch> batches, read(*next.run, next.section));
    writeHeld(std::span(batches).subspan(next.from), shape, out);
    return {};
}

Status HeldFiles::addTo(HeldRows& all) const {
    for (const auto& [name, part] : m_parts) {
        RW_TRY_ASSIGN(std::vector<Batch> batches, read(*part.run, part.section));
        for (Batch& batch : batches) all.holdAgain(std::move(batch), false);
    }
    return {};
}

Operator::StateSize HeldFiles::size() const {
    return {m_frozen.capacity() * sizeof(Frozen) +
                m_parts.size() * (sizeof(Name) + sizeof(Part) + sizeof(SortedRun::Section) + kPartEntryBytes),
            m_rowsInFiles, m_bytesInFiles};
}

}  // namespace rw
