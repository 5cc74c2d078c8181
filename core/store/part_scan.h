// The rows of one key group of a store: in a file, with those that have changed since over it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/delta_table.h"
#include "core/store/keyed_store.h"
#include "core/store/part_filter.h"
#include "core/store/sorted_run.h"

namespace rw {

/// A file of rows in order, in sections that are read one at a time. Several threads may read it.
struct PartFile {
    std::unique_ptr<SortedRun> run;
    std::vector<std::uint64_t> hashes{};  ///< of the first key of each section
    PartFilter filter;                    ///< of all keys

    std::size_t memoryBytes() const {
        return sizeof *this + run->memoryBytes() + hashes.capacity() * sizeof(std::uint64_t) +
               filter.memoryBytes();
    }
};

/// Walks over the rows of a section. Their bytes are those that were written, as SortedRun says.
class PartSection {
 public:
    static void append(const StoreKey& key, std::string_view value, std::string& section);

    PartSection() = default;
    explicit PartSection(std::string bytes) : m_bytes(std::move(bytes)) { readRow(); }
    bool atEnd() const { return m_at == m_bytes.size(); }
    std::size_t memoryBytes() const { return m_bytes.capacity(); }
    // Of the row at which it stands; views are valid as long as this is neither moved nor replaced.
    StoreKey key() const { return {m_hash, std::string_view(m_bytes).substr(m_at + kHead, m_keySize)}; }
    std::string_view value() const {
        return std::string_view(m_bytes).substr(m_at + kHead + m_keySize, m_valueSize);
    }
    void next() {
        m_at += kHead + m_keySize + m_valueSize;
        readRow();
    }

 private:
    static constexpr std::size_t kHead = sizeof(std::uint64_t) + 2 * sizeof(std::uint32_t);
    void readRow();

    std::string m_bytes{};
    std::size_t m_at = 0;
    std::uint64_t m_hash = 0;
    std::uint32_t m_keySize = 0, m_valueSize = 0;
};

/// About so many bytes are a section, or more: a look-up of a key reads them all.
inline constexpr std::size_t kPartSectionBytes = std::size_t{4} << 10;

using DeltaLayers = std::vector<std::shared_ptr<const DeltaTable>>;

/// Reads a section at a call at most. The layers must not change meanwhile.
class PartScan final : public StoreScan {
 public:
    /// `file` may be null. `layers`: the oldest first.
    PartScan(std::shared_ptr<const PartFile> file, DeltaLayers layers);
    Result<bool> next(StoreRows& rows) override;
    /// At most so many rows are there.
    std::uint64_t mostRows() const { return m_changes.size() + (m_file ? m_file->run->items() : 0); }
    std::size_t memoryBytes() const {
        return m_changes.capacity() * sizeof(Change) + m_section.memoryBytes();
    }

 private:
    struct Change {
        std::uint32_t layer, number;
    };
    StoreKey keyOf(const Change& change) const { return m_layers[change.layer]->key(change.number); }
    void addChange(StoreRows& rows);
    bool sectionsLeft() const { return m_file && m_nextSection < m_file->run->sections().size(); }

    const std::shared_ptr<const PartFile> m_file;
    const DeltaLayers m_layers;
    std::vector<Change> m_changes{};  ///< the newest of each key, in order
    std::size_t m_nextChange = 0, m_nextSection = 0;
    PartSection m_section{};
};

}  // namespace rw
