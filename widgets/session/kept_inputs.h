// The newest input of a run, and of the runs that it went on from when edits were applied; and which files it
// reads.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/launch/files_read.h"
#include "core/pipeline/pipeline.h"
#include "core/tape/rolling/rolling_tape.h"
#include "core/tape/tape_file.h"
#include "widgets/background/worker.h"

namespace rw::ui {

/// Where all that has come into the own run is, so that states can be recomputed of it when an edit is
/// applied.
struct RunInput {
    /// The run has resumed from a checkpoint: what came before that is on no tape of it.
    bool resumed = false;
    std::string tape{};                   ///< file that it is recorded into; empty: it is not
    Text trouble{};                       ///< why that recording has ended before the run
    std::uint64_t tapeBytes = 0;          ///< of it, so far
    std::shared_ptr<RollingTape> kept{};  ///< its newest input; null: it keeps none

    /// Why not all of it is there; empty: it is, as far as is known. Any thread.
    Text lacks() const;
    std::uint64_t bytes() const;
    /// Once the run has ended; reads the disk.
    Result<TapeFileRef> open() const;
};

/// What a run kept until an edit was applied to it.
struct EarlierInput {
    std::shared_ptr<RollingTape> tape{};
    Pipeline pipeline{};  ///< that ran then
};

/// One thread. What is let go of is removed on `worker`, which outlives this: that takes a disk's time.
class KeptInputs {
 public:
    explicit KeptInputs(Worker& worker) : m_worker(worker) {}

    const std::shared_ptr<RollingTape>& newest() const { return m_newest; }  ///< null: nothing is kept
    /// The newest first; together they have no more than a tape may have.
    const std::vector<EarlierInput>& earlier() const { return m_earlier; }
    /// An edit was applied to the run, whether or not it kept anything.
    bool wentOn() const { return m_wentOn; }
    /// That the newest run reads, as they were when it began; null: it is not known.
    const std::shared_ptr<const FilesRead>& filesRead() const { return m_files; }
    void setFilesRead(std::shared_ptr<const FilesRead> files) { m_files = std::move(files); }

    /// Nothing more is kept of this run.
    void letGo();
    /// Another run, which has nothing to do with those before. Null: it keeps nothing.
    void begin(std::shared_ptr<RollingTape> next);
    /// The run of `before` goes on as another.
    void goOn(std::shared_ptr<RollingTape> next, Pipeline before);
    /// The run went back to where the last edit was applied: what came since comes again.
    void goBack(std::shared_ptr<RollingTape> next);

 private:
    void letGoOf(std::shared_ptr<RollingTape> tape);

    Worker& m_worker;
    std::shared_ptr<RollingTape> m_newest{};
    std::vector<EarlierInput> m_earlier{};
    bool m_wentOn = false;
    std::shared_ptr<const FilesRead> m_files{};
};

}  // namespace rw::ui
