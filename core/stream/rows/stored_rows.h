// Rows of a RowStore in a file, by key group.
//
// Operators that keep rows until a time comes, and then need them key by key, write them here beyond their
// share of memory: once, and read them one key group after the other.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/store/sorted_run.h"
#include "core/stream/call_budget.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// A section with fewer bytes takes in the next key group, too: each has an entry in memory, and a read of
/// its own.
inline constexpr std::size_t kLeastBytesOfSection = std::size_t{32} << 10;

/// Where the slots of each key group begin; and behind the last one where they end.
using GroupBegins = std::array<std::uint32_t, kKeyGroups + 1>;
/// Slots in the order of their key groups, those of one in theirs. `hashes`: by slot.
std::vector<RowSlot> slotsByKeyGroup(std::span<const RowSlot> slots, std::span<const std::uint64_t> hashes,
                                     GroupBegins& begins);

/// Rows that were written together: sections of a file, by key group. Rows of a key keep the order in which
/// they came. The file is gone with the last rows of it.
class StoredRows {
 public:
    std::size_t sections() const { return m_end - m_first; }
    /// Which key groups the rows of a section may be of.
    KeyGroups groupsOf(std::size_t section) const;
    std::uint64_t bytesOf(std::size_t section) const { return at(section).size; }
    std::uint64_t rowsOf(std::size_t section) const { return at(section).items; }
    /// Adds the bytes of the sections to those of their key groups.
    void addBytes(std::array<std::uint64_t, kKeyGroups>& bytes) const;
    struct Section {
        Batch rows{};
        Batch beside{};  ///< as the writer got it; no rows: it got none
    };
    /// The rows of a section, with the columns of `schema`.
    Result<Section> read(std::size_t section, const SchemaRef& schema) const;

    std::uint64_t rows() const { return m_rows; }
    std::uint64_t bytes() const { return m_bytes; }  ///< in the file
    std::size_t memoryBytes() const { return sizeof *this + sections() * sizeof(SortedRun::Section); }

 private:
    friend class StoredRowsWriter;
    const SortedRun::Section& at(std::size_t section) const { return m_run->sections()[m_first + section]; }

    std::shared_ptr<const SortedRun> m_run{};
    std::size_t m_first = 0, m_end = 0;  ///< sections of the run
    std::uint64_t m_rows = 0, m_bytes = 0;
    bool m_hasBeside = false;
};

/// Writes several of them into one file, as far as the calls' budgets go. Single-threaded.
class StoredRowsWriter {
 public:
    static Result<StoredRowsWriter> create(std::shared_ptr<SpillFolder> folder);

    /// Begins with the next rows, which are not written while busy(). The store outlives the writing, and
    /// does not change meanwhile. `hashes`: of these rows, as hashKeys() gives them. `beside`: what else is
    /// to be known of each of them; or no rows.
    void begin(const RowStore& rows, std::vector<RowSlot> slots, std::span<const std::uint64_t> hashes,
               Batch beside = {});
    bool busy() const { return m_next < m_order.size(); }
    Status run(CallBudget& budget);
    /// Once, when none is left: those of each begin().
    Result<std::vector<StoredRows>> finish();

 private:
    explicit StoredRowsWriter(std::unique_ptr<SortedRunWriter> writer) : m_writer(std::move(writer)) {}
    std::size_t endOfSection() const;
    Status writeSection(CallBudget& budget);

    std::unique_ptr<SortedRunWriter> m_writer;
    std::vector<StoredRows> m_written{};
    // The rows that are being written.
    const RowStore* m_rows = nullptr;
    Batch m_beside{};
    std::vector<RowSlot> m_slots{};
    std::vector<std::uint32_t> m_order{};  ///< numbers of rows, by key group
    GroupBegins m_begins{};
    std::size_t m_next = 0;      ///< in m_order
    std::size_t m_bytes = 0;     ///< of a row, but for its texts
    std::size_t m_sections = 0;  ///< of the file so far
};

}  // namespace rw
