// The folder in which a run keeps state that does not fit into its memory.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/output_files.h"

namespace rw {

struct SpillFolderOptions {
    /// Of the run, 16 hexadecimal digits. It is in the names of its files: should another run get at the
    /// folder in spite of all locks, neither takes the files of the other for its own.
    std::string run = std::string(16, '0');
    bool named = false;  ///< somebody asked for this place
    /// Nobody asked for files at all: where none can be made, state stays in memory.
    bool optional = false;
};

/// Of one run, also over its restarts. Any thread.
class SpillFolder {
 public:
    /// A folder that is there, or was named, is opened at once: files of runs that were killed are removed,
    /// and it is an error where no file can be made in it. Any other one is made for the first file, so that
    /// a run whose state fits into memory leaves no trace. ErrorCode::Locked: another run has it.
    static Result<std::shared_ptr<SpillFolder>> open(std::shared_ptr<OutputFiles> outputs, const Files& files,
                                                     std::string path, SpillFolderOptions options = {});
    ~SpillFolder() { end(); }
    SpillFolder(const SpillFolder&) = delete;
    SpillFolder& operator=(const SpillFolder&) = delete;

    /// For a new file: no other has had this name. Errors: the folder is not there yet and can't be used, or
    /// those of mayWrite().
    Result<std::string> nextPath();
    /// Before so many bytes are written: an error where they would leave too little of the disk to others. It
    /// looks at the disk once every 16 MiB of all files.
    Status mayWrite(std::uint64_t bytes);
    /// How many bytes the run may write yet, when it looked at the disk last; nothing: it has not, or the
    /// disk does not tell. Never waits for the disk.
    std::optional<std::uint64_t> room() const;
    /// Removes a file of it.
    void remove(const std::string& path);
    /// The run is over: its files go, and the folder. Nobody reads or makes one any more.
    void end();
    /// This claim, too, ends with the run.
    void hold(std::unique_ptr<OutputClaim> claim);
    bool isOptional() const { return m_options.optional; }
    /// What people are told then, once a run: nothing where they have been.
    std::vector<Text> staysInMemory(const Error& reason);
    const std::shared_ptr<OutputFiles>& outputs() const { return m_outputs; }
    const std::string& path() const { return m_path; }

 private:
    SpillFolder(std::shared_ptr<OutputFiles> outputs, std::string path, SpillFolderOptions options,
                std::unique_ptr<OutputClaim> claim)
        : m_outputs(std::move(outputs)),
          m_path(std::move(path)),
          m_options(std::move(options)),
          m_claim(std::move(claim)) {}
    Status begin(const Files* files);
    std::string pathOf(std::uint64_t number) const;

    const std::shared_ptr<OutputFiles> m_outputs;
    const std::string m_path;
    const SpillFolderOptions m_options;
    std::mutex m_mutex{};                     ///< guards the members below
    std::unique_ptr<OutputClaim> m_claim;     ///< of the name, whether the folder is there or not
    std::unique_ptr<OutputClaim> m_held{};    ///< what is to end with it
    std::uint64_t m_files = 0;                ///< made so far
    std::set<std::string> m_paths{};          ///< of those that are there
    std::unique_ptr<OutputClaim> m_inside{};  ///< of the folder; null: it was not begun
    bool m_toldOfMemory = false;
    std::uint64_t m_beforeLook = 0;  ///< bytes that may be written until the next look at the disk
    static constexpr std::uint64_t kNotLooked = 0xffffffffffffffff;
    std::atomic<std::uint64_t> m_room{kNotLooked};  ///< as room(), for which no lock is waited for
};

}  // namespace rw
