// Keyed state in a file that is written once, in the order of the key groups, and read back part by part.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/saved_run.h"
#include "core/store/spill_folder.h"

namespace rw {

/// The name is that of external sorting and of trees of sorted runs (LSM), where memory that is full becomes
/// a run, and runs are merged when they are read. Any thread: it does not change.
class SortedRun {
 public:
    using Section = RunSection;

    /// One that a checkpoint has in the file `path`, read there; the file stays when this is gone.
    static std::unique_ptr<SortedRun> openAt(std::shared_ptr<OutputFiles> files, std::string path,
                                             SavedRun saved);
    /// The same under a name of its own in `folder`, which is linked or copied: others may remove `path`.
    static Result<std::unique_ptr<SortedRun>> takeOver(std::shared_ptr<SpillFolder> folder,
                                                       const std::string& path, SavedRun saved);

    /// The file is gone with it, but for one of openAt().
    ~SortedRun();
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
    std::uint64_t bytes() const { return m_bytes; }  ///< of all sections
    const std::string& path() const { return m_path; }
    /// For a checkpoint.
    SavedRun saved() const;
    std::size_t memoryBytes() const {
        return sizeof *this + m_path.capacity() + m_sections.capacity() * sizeof(Section);
    }

 private:
    friend class SortedRunWriter;
    SortedRun(std::shared_ptr<SpillFolder> folder, std::string path);
    SortedRun(std::shared_ptr<OutputFiles> files, std::string path)
        : m_files(std::move(files)), m_path(std::move(path)) {}
    void take(SavedRun saved, const std::string& path);
    Status changed() const;

    const std::shared_ptr<SpillFolder> m_folder{};  ///< null: it is not in one
    const std::shared_ptr<OutputFiles> m_files;
    const std::string m_path;
    std::vector<Section> m_sections{};
    std::uint64_t m_items = 0, m_bytes = 0;
    // Of a checkpoint
    std::string m_file{};  ///< SavedRun::file; else empty
    std::string m_from{};  ///< where the checkpoint has it
    std::uint64_t m_fileBytes = 0;
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
