// A store whose rows are in a file for each key group, and are put there some key groups at a time.
//
// What changes gathers in memory. When there is too much of it, the file of the key group that has most is
// read and written anew with it, from its begin to its end: no file is ever changed, and a disk moves
// hundreds of megabytes a second where it finds thousands of places. So it is for those who look keys up by
// the thousand (MiniBatch). A differential file, or the delta and the main part of a column store.
#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/store/part_scan.h"

namespace rw {

class PartitionedStore final : public KeyedStore {
 public:
    explicit PartitionedStore(std::shared_ptr<SpillFolder> folder) : m_folder(std::move(folder)) {}

    /// Reads a section of a file, kPartSectionBytes or more where files are large beside the memory, for each
    /// key that is not in memory, but none twice. For most keys that are not there it reads none, where
    /// memory is enough for filters.
    Status get(std::span<const StoreKey> keys, StoreValues& values) override;
    Status put(std::span<const StoreKey> keys, const StoreValues& values) override;
    Status erase(std::span<const StoreKey> keys) override;
    Result<std::unique_ptr<StoreScan>> scan(int keyGroup) override;
    /// Keeps the files and the changes of this moment, which takes memory and disk besides.
    Result<std::unique_ptr<StoreSnapshot>> snapshot() override;
    void setMemory(std::size_t bytes) override { m_memory = bytes; }
    bool hasWork() const override;
    /// To put the changes of a key group into order is one piece of it.
    Status work(std::size_t bytes) override;
    Size size() const override;

 private:
    /// What a snapshot keeps.
    struct Fixed {
        std::shared_ptr<const PartFile> file{};  ///< null: none
        DeltaLayers layers{};                    ///< over it; the oldest first
    };
    struct Part {
        Fixed fixed{};
        std::shared_ptr<DeltaTable> open{};  ///< over them; null: nothing has changed
        std::size_t deltaBytes = 0;          ///< of the open one and the layers
    };
    /// A file that is being written, of the layers that a part had at its begin over its file.
    struct Merge {
        Merge(int group, const Fixed& of, std::size_t filterBits, std::size_t bytesOfSection)
            : keyGroup(group),
              sectionBytes(bytesOfSection),
              layers(of.layers.size()),
              scan(of.file, of.layers),
              filter(scan.mostRows(), filterBits) {}
        std::size_t memoryBytes() const;
        const int keyGroup;
        const std::size_t sectionBytes;  ///< of one, about
        const std::size_t layers;
        PartScan scan;
        PartFilter filter;
        std::unique_ptr<SortedRunWriter> writer{};  ///< from the first section on
        std::vector<std::uint64_t> hashes{};        ///< as PartFile has them
        StoreRows rows{};
        std::string section{};
        std::uint64_t firstHash = 0;  ///< of the section
        std::uint32_t items = 0;      ///< in it
    };
    class Snapshot;

    Part& partOf(const StoreKey& key) { return m_parts[static_cast<std::size_t>(key.keyGroup())]; }
    void set(const StoreKey& key, std::optional<std::string_view> value);
    static bool findChange(const Part& part, const StoreKey& key, std::size_t index, StoreValues& values);
    static Status readFile(const PartFile& file, std::span<const StoreKey> keys,
                           std::span<const std::size_t> asked, StoreValues& values);
    static void seal(Part& part);
    std::size_t deltaRoom() const;
    std::size_t filterBits() const;
    std::size_t sectionBytes() const;
    void begin();
    Result<std::size_t> mergeSome();
    Status writeSection();
    Status endMerge();

    const std::shared_ptr<SpillFolder> m_folder;
    std::array<Part, kKeyGroups> m_parts{};
    std::size_t m_memory = 0, m_deltaBytes = 0;
    std::size_t m_fileMemory = 0;  ///< tables of contents and filters
    std::unique_ptr<Merge> m_merge{};
    std::vector<std::size_t> m_asked{};  ///< of one call; kept for its memory
};

}  // namespace rw
