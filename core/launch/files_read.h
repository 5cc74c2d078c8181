// Which files a run reads, as they were when it began, and which of them are others by now.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/runtime/planning/plan.h"

namespace rw {

/// By what a file is known again.
struct FileMark {
    FileState state{};
    /// XXH3 of its first and of its last bytes, of a small file twice that of all; nothing: they were not
    /// read, and its state alone counts.
    std::optional<std::pair<std::uint64_t, std::uint64_t>> bytes{};
};

/// The files that the nodes of a plan read, by the paths that these name below the pipeline's folder: a file,
/// a folder or a pattern. Immutable; any thread.
struct FilesRead {
    std::map<std::string, std::map<std::string, FileMark>> paths{};
};

/// A file that is not as it was.
struct FileChange {
    enum class Kind : std::uint8_t {
        Changed,  ///< other bytes, or another file of that name
        Grown,    ///< the bytes that were there, and more behind them
        Removed,
        Added  ///< to a folder, or as a match of a pattern
    } kind = Kind::Changed;
    std::string file{};  ///< with its folder
    bool operator==(const FileChange&) const = default;
};

/// Those that `plan` reads, as they are now. Of files of a source at most 16 MiB are read in all; what can't
/// be looked at is left out, for the run tells of it. Any thread; looks at disks.
FilesRead filesRead(const Plan& plan, const Files& files);

/// Which of the files that `plan` reads are others than `before` says, in the order of their names; a path
/// that `before` does not have says nothing. A file of up to 1 MiB that was written anew with the same bytes
/// is not changed; of a larger one that can't be told. Any thread; looks at disks.
std::vector<FileChange> changedFiles(const FilesRead& before, const Plan& plan, const Files& files);

/// What a person is told who looks at an answer from files that were changed, and what to do; empty: nothing
/// was.
Text changedWords(const std::vector<FileChange>& changes);

}  // namespace rw
