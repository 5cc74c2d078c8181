// The folder in which a run keeps state that does not fit into its memory.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "core/base/output_files.h"

namespace rw {

struct SpillFolderOptions {
    /// Of the run, 16 hexadecimal digits. It is in the names of its files: should another run get at the
    /// folder in spite of all locks, neither takes the files of the other for its own.
    std::string run = std::string(16, '0');
    bool named = false;  ///< somebody asked for this place
};

/// Of one run, also over its restarts. Its end removes the folder where it is empty. Any thread.
class SpillFolder {
 public:
    /// A folder that is there, or was named, is opened at once: files of runs that were killed are removed,
    /// and it is an error where no file can be made in it. Any other one is made for the first file, so that
    /// a run whose state fits into memory leaves no trace. ErrorCode::Locked: another run has it.
    static Result<std::shared_ptr<SpillFolder>> open(std::shared_ptr<OutputFiles> outputs, const Files& files,
                                                     std::string path, SpillFolderOptions options = {});
    ~SpillFolder();
    SpillFolder(const SpillFolder&) = delete;
    SpillFolder& operator=(const SpillFolder&) = delete;

    /// For a new file: no other has had this name. Errors: the folder is not there yet and can't be used, or
    /// those of mayWrite().
    Result<std::string> nextPath();
    /// Before so many bytes are written: an error where they would leave too little of the disk to others. It
    /// looks at the disk once every 16 MiB of all files.
    Status mayWrite(std::uint64_t bytes);
    OutputFiles& files() const { return *m_outputs; }

 private:
    SpillFolder(std::shared_ptr<OutputFiles> outputs, std::string path, std::string run,
                std::unique_ptr<OutputClaim> claim)
        : m_outputs(std::move(outputs)),
          m_path(std::move(path)),
          m_run(std::move(run)),
          m_claim(std::move(claim)) {}
    Status begin(const Files* files);
    std::string pathOf(std::uint64_t number) const;

    const std::shared_ptr<OutputFiles> m_outputs;
    const std::string m_path, m_run;
    const std::unique_ptr<OutputClaim> m_claim;  ///< of the name, whether the folder is there or not
    std::atomic<std::uint64_t> m_files{0};
    std::mutex m_mutex{};                     ///< guards the members below
    std::unique_ptr<OutputClaim> m_inside{};  ///< of the folder; null: it was not begun
    std::uint64_t m_beforeLook = 0;           ///< bytes that may be written until the next look at the disk
};

}  // namespace rw
