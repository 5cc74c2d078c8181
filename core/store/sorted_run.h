// Keyed state in a file that is written once, in the order of the key groups, and read back part by part.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/spill_folder.h"

namespace rw {

/// The name is that of external sorting and of trees of sorted runs (LSM), where memory that is full becomes
/// a run, and runs are merged when they are read. Its file is gone with it. Single-threaded.
class SortedRun {
 public:
    /// Bytes of one key group, which may have several sections; keys of a run are in one of them alone.
    struct Section {
        int keyGroup = 0;
        std::uint32_t items = 0;  ///< as the writer said
        std::uint64_t offset = 0, size = 0;
        std::uint64_t checksum = 0;
    };

    ~SortedRun() { m_folder->remove(m_path); }
    SortedRun(const SortedRun&) = delete;
    SortedRun& operator=(const SortedRun&) = delete;

    /// In the order in which they were added.
    std::span<const Section> sections() const { return m_sections; }
    /// The bytes of a section. An error where they are not those that were written, or can't be read.
    Result<std::string> read(const Section& section) const { return Reader(*this).read(section); }
    /// Those of sections that follow each other, in one piece.
    Result<std::string> read(std::span<const Section> sections) const { return Reader(*this).read(sections); }
    /// Reads many sections in one call. It has the file open from the first one on, so nobody keeps it: a run
    /// of a pipeline may have thousands of files.
    class Reader {
     public:
        /// `run` outlives it.
        explicit Reader(const SortedRun& run) : m_run(&run) {}
        // As those of the run.
        Result<std::string> read(const Section& section) { return read(std::span(&section, 1)); }
        Result<std::string> read(std::span<const Section> sections);

     private:
        const SortedRun* m_run;
        std::unique_ptr<InputFile> m_file{};
    };
    std::uint64_t items() const { return m_items; }  ///< of all sections
    std::uint64_t bytes() const { return m_bytes; }  ///< of the file
    std::size_t memoryBytes() const {
        return sizeof *this + m_path.capacity() + m_sections.capacity() * sizeof(Section);
    }

 private:
    friend class SortedRunWriter;
    SortedRun(std::shared_ptr<SpillFolder> folder, std::string path)
        : m_folder(std::move(folder)), m_path(std::move(path)) {}
    Status changed() const;

    const std::shared_ptr<SpillFolder> m_folder;
    const std::string m_path;
    std::vector<Section> m_sections{};
    std::uint64_t m_items = 0, m_bytes = 0;
};

/// Writes one. A file that is not finished is gone with its writer. Single-threaded.
class SortedRunWriter {
 public:
    static Result<std::unique_ptr<SortedRunWriter>> create(std::shared_ptr<SpillFolder> folder);

    /// Appends a section. Who reads runs key group by key group adds them so, ascending.
    Status add(int keyGroup, std::uint32_t items, std::string_view bytes);
    /// All sections were added. The writer is of no use any more.
    Result<std::unique_ptr<SortedRun>> finish();

 private:
    SortedRunWriter(std::unique_ptr<SortedRun> run, std::unique_ptr<OutputFile> file)
        : m_run(std::move(run)), m_file(std::move(file)) {}
    Status flush();

    std::unique_ptr<SortedRun> m_run;  ///< removes the file where it is not finished
    std::unique_ptr<OutputFile> m_file;
    std::string m_waiting{};  ///< bytes of sections that are not written yet: many are small
};

}  // namespace rw
