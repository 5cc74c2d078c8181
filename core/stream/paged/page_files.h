// The state of an operator in pages, one for each key group, most of them in files.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/store/sorted_run.h"
#include "core/stream/paged/key_group_set.h"

namespace rw {

/// A page has the fields of a state (StateWriter::takeFields()): that of an instance which has that key group
/// alone. Single-threaded.
class PageFiles {
 public:
    /// About `bytes` of pages are in memory until they are written into one file; `folder`: null: all stay
    /// there.
    PageFiles(std::shared_ptr<SpillFolder> folder, std::size_t bytes)
        : m_folder(std::move(folder)), m_most(bytes) {}

    bool has(int group) const { return !page(group).empty(); }
    /// Its fields; an error where a file can't be read, or is not what was written.
    Result<std::string> read(int group) const;
    /// Replaces the page by these fields; empty: there is none any more.
    void put(int group, std::string_view fields);
    /// Adds fields to it.
    void append(int group, std::string_view fields);
    /// Takes the sections of a file over for the pages of their groups, none of which has any in memory.
    void adopt(const std::shared_ptr<const SortedRun>& run);
    /// Whether more is in memory than should be: write() is called then.
    bool isFull() const { return m_folder && m_waiting >= m_most; }
    /// Writes what is in memory. After an error it is still there. Where nobody asked for files that is no
    /// error, and all stays in memory from then on.
    Status write();
    bool areInMemory() const { return !m_folder; }
    /// What people are told of that.
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }
    /// There are none any more.
    void clear();

    /// A group whose page lies in a file most of which nobody needs any more, where files are much larger
    /// than pages: to put it again makes the file go. −1: there is none.
    int groupToMove() const;

    std::uint64_t bytes() const { return m_bytes; }            ///< of all pages
    std::uint64_t bytesInMemory() const { return m_waiting; }  ///< of them
    std::uint64_t bytesInFiles() const;                        ///< of the files
    std::size_t memoryBytes() const;

    /// What a checkpoint has to name, or to contain.
    struct Fixed {
        struct File {
            std::shared_ptr<const SortedRun> run{};
            KeyGroupSet groups{};     ///< of whose pages it has some
            std::uint64_t bytes = 0;  ///< of these
        };
        std::vector<File> files{};  ///< pieces of a page go in this order
        struct InMemory {
            int group = 0;
            std::shared_ptr<const std::string> fields{};
        };
        std::vector<InMemory> inMemory{};  ///< behind those in files
    };
    Fixed fixed() const;

 private:
    /// Fields of a page, in order.
    struct Piece {
        std::shared_ptr<const SortedRun> run{};  ///< null: it is in memory
        std::size_t section = 0, sections = 0;   ///< of the run
        std::shared_ptr<const std::string> fields{};
        std::uint64_t bytes = 0;
    };
    using Page = std::vector<Piece>;
    /// A file, and how much of it is needed.
    struct Used {
        std::shared_ptr<const SortedRun> run{};
        KeyGroupSet groups{};
        std::uint64_t bytes = 0;
    };

    Status writeFile();
    Page& page(int group) { return m_pages[static_cast<std::size_t>(group)]; }
    const Page& page(int group) const { return m_pages[static_cast<std::size_t>(group)]; }
    void drop(int group);
    Used& usedOf(const std::shared_ptr<const SortedRun>& run);

    std::shared_ptr<SpillFolder> m_folder;
    const std::size_t m_most;
    std::array<Page, kKeyGroups> m_pages{};
    std::vector<Used> m_files{};  ///< in the order in which they came
    std::uint64_t m_bytes = 0, m_waiting = 0;
    std::vector<Text> m_notes{};
};

/// The field of fields of a page in a section of a file.
inline constexpr std::string_view kFieldsOfPage = "fields";
/// The record of these fields, as StateReader::unsealed() takes it.
std::string recordOf(std::string_view fields);

}  // namespace rw
