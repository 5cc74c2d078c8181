#include "core/stream/rows/stored_rows.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {
/// A section has so many rows at most, and bytes, about: it is read as a whole.
constexpr std::size_t kMostRows = 8'192, kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kBytesOfUnit = 1'024;  // of a call's budget
constexpr std::string_view kBeside = "beside";
}  // namespace

std::vector<RowSlot> slotsByKeyGroup(std::span<const RowSlot> slots, std::span<const std::uint64_t> hashes,
                                     GroupBegins& begins) {
    const auto keyGroup = [hashes](RowSlot slot) {
        return static_cast<std::size_t>(keyGroupOf(hashes[slot]));
    };
    begins.fill(0);
    for (const RowSlot slot : slots) ++begins[keyGroup(slot) + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    GroupBegins next = begins;
    std::vector<RowSlot> order(slots.size());
    for (const RowSlot slot : slots) order[next[keyGroup(slot)]++] = slot;
    return order;
}

/// A section begins with the first key group that it has rows of; it has some of others only as a whole.
KeyGroups StoredRows::groupsOf(std::size_t section) const {
    const int first = at(section).keyGroup;
    const int behind = section + 1 < sections() ? at(section + 1).keyGroup : kKeyGroups;
    return {first, std::max(first + 1, behind)};
}

void StoredRows::addBytes(std::array<std::uint64_t, kKeyGroups>& bytes) const {
    for (std::size_t section = 0; section < sections(); ++section) {
        const KeyGroups groups = groupsOf(section);
        // About: a section of several key groups is small.
        const std::uint64_t each =
            1 + bytesOf(section) / static_cast<std::uint64_t>(groups.end - groups.first);
        for (int group = groups.first; group < groups.end; ++group)
            bytes[static_cast<std::size_t>(group)] += each;
    }
}

Result<StoredRows::Section> StoredRows::read(std::size_t section, const SchemaRef& schema) const {
    RW_TRY_ASSIGN(const std::string bytes, m_run->read(at(section)));
    RW_TRY_ASSIGN(const StateReader record, StateReader::unsealed(bytes));
    Section read;
    RW_TRY_ASSIGN(read.rows, record.batch("rows"));
    fitColumns(read.rows, schema);
    if (!m_hasBeside) return read;
    RW_TRY_ASSIGN(read.beside, record.batch(kBeside));
    if (read.beside.rows != read.rows.rows) return brokenState("rows in a file");
    return read;
}

Result<StoredRowsWriter> StoredRowsWriter::create(std::shared_ptr<SpillFolder> folder) {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRunWriter> writer, SortedRunWriter::create(std::move(folder)));
    return StoredRowsWriter(std::move(writer));
}

void StoredRowsWriter::begin(const RowStore& rows, std::vector<RowSlot> slots,
                             std::span<const std::uint64_t> hashes, Batch beside) {
    m_rows = &rows;
    m_beside = std::move(beside);
    m_slots = std::move(slots);
    m_order = slotsByKeyGroup(everyRow(m_slots.size()), hashes, m_begins);
    m_next = 0;
    m_bytes = 0;
    for (const Field& field : rows.schema()->fields) m_bytes += widthOf(field.type.id);
    StoredRows& written = m_written.emplace_back();
    written.m_first = written.m_end = m_sections;
    written.m_rows = m_slots.size();
    written.m_hasBeside = m_beside.rows > 0;
}

Status StoredRowsWriter::run(CallBudget& budget) {
    while (busy() && !budget.spent()) RW_TRY(writeSection(budget));
    return {};
}

/// It ends where a key group does, or has rows of one alone.
std::size_t StoredRowsWriter::endOfSection() const {
    const auto groupEnd = [this](std::size_t place) {
        return *std::upper_bound(m_begins.begin(), m_begins.end(), static_cast<std::uint32_t>(place));
    };
    std::size_t end = m_next, bytes = 0;
    for (std::size_t fits = m_next; end < m_order.size(); fits = end) {
        const std::size_t behind = groupEnd(end);
        for (; end < behind && end - m_next < kMostRows && bytes < kMostBytes; ++end)
            bytes += m_bytes + m_rows->textBytes(m_slots[m_order[end]]);
        // What does not fit behind other key groups begins a section of its own.
        if (end < behind) return fits > m_next ? fits : end;
        if (bytes >= kLeastBytesOfSection) break;
    }
    return end;
}

Status StoredRowsWriter::writeSection(CallBudget& budget) {
    const std::size_t end = endOfSection();
    const std::span<const std::uint32_t> some = std::span(m_order).subspan(m_next, end - m_next);
    std::vector<RowSlot> slots;
    for (const std::uint32_t row : some) slots.push_back(m_slots[row]);
    const auto group = std::upper_bound(m_begins.begin(), m_begins.end(), static_cast<std::uint32_t>(m_next));
    StateWriter record;
    record.batch("rows", m_rows->batchOf(slots));
    if (m_beside.rows > 0) record.batch(kBeside, m_beside.select(some));
    const std::string sealed = record.finish();
    // The run has a checksum of its own.
    const std::string_view bytes = std::string_view(sealed).substr(state_layout::kSealSize);
    budget.spend(std::max(some.size(), bytes.size() / kBytesOfUnit));
    m_next = end;
    ++m_sections;
    StoredRows& written = m_written.back();
    written.m_end = m_sections;
    written.m_bytes += bytes.size();
    return m_writer->add(static_cast<int>(group - m_begins.begin()) - 1,
                         static_cast<std::uint32_t>(some.size()), bytes);
}

Result<std::vector<StoredRows>> StoredRowsWriter::finish() {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRun> run, m_writer->finish());
    const std::shared_ptr<const SortedRun> shared = std::move(run);
    for (StoredRows& written : m_written) written.m_run = shared;
    return std::move(m_written);
}

}  // namespace rw
