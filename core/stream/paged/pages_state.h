// The state of an operator in pages, in checkpoints.
//
//   paged        it is one: how many files have pages; and the watermarks that had come
//   page_file    for each of these, in order: its name, and the key groups of whose pages it has some
//   page         the content of a file: a file (SavedRun), or keyed records; and pages that are in no file
//   queued       rows that wait for their turn, and the key groups that wait
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/stream/changing_state.h"
#include "core/stream/paged/page_files.h"
#include "core/stream/paged/queued_input.h"

namespace rw {

/// As it was at a barrier: it keeps the files, and copies nothing.
class FrozenPages {
 public:
    FrozenPages(PageFiles::Fixed pages, std::vector<std::pair<QueuedRowsRef, KeyGroupSet>> queued,
                const InputWatermarks& watermarks, bool namesFiles)
        : m_pages(std::move(pages)),
          m_queued(std::move(queued)),
          m_watermarks(watermarks),
          m_namesFiles(namesFiles) {}

    void writeRest(StateWriter& out) const;
    /// Writes some of the rest. False: that was all.
    Result<bool> writePiece(StateWriter& out);
    /// The files, where they are named.
    std::vector<NamedRun> files() const;
    /// By name the bytes of the pages in each.
    std::map<std::string, std::uint64_t> named() const;

 private:
    const PageFiles::Fixed m_pages;
    const std::vector<std::pair<QueuedRowsRef, KeyGroupSet>> m_queued;
    const InputWatermarks m_watermarks;
    const bool m_namesFiles;
    std::size_t m_file = 0, m_section = 0, m_inMemory = 0, m_row = 0;  ///< the next to be written
};

bool isPagedState(const StateReader& state);
/// What a state has besides its pages.
struct RestOfPages {
    std::vector<QueuedRowsRef> queued{};  ///< rows that waited
    InputWatermarks watermarks{};
};
/// Puts the pages of `own` key groups into `pages`: files by names of their own in `folder`, or, where that
/// is null or makes no files, what is in them.
Result<RestOfPages> readPages(const StateReader& state, const KeyGroupSet& own,
                              std::span<const PagedPort> ports, const SavedRuns& files,
                              std::shared_ptr<SpillFolder> folder, PageFiles& pages);

}  // namespace rw
