// The models of a node in a run, which all its instances share: the one that it began with, and those that
// were taken over since.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/score/fitted_model.h"
#include "core/score/model_watch.h"
#include "core/score/recorded_models.h"
#include "core/score/taped_model.h"
#include "core/stream/operator.h"

namespace rw::score {

/// A changed file is taken over (ScorePlan::reload)
/// - at a barrier, in a run that takes checkpoints: all rows behind it are scored with the new model, at
///   every instance;
/// - between two batches, in one that takes none;
/// - by moments, in a run that is recorded, and in its replay: from the barrier on, or from that batch on,
///   for the rows whose moments are behind all of before.
/// A file that can't be used changes nothing, but for a note. Any thread. The plan outlives this.
class RunModel {
 public:
    /// Of the context its first caller's, whose recorder outlives this.
    RunModel(const ScorePlan& plan, const MakeContext& context, std::shared_ptr<const Files> files);
    /// While nodes are made: reads the model, once; from the tape, where the run replays one that has it.
    /// Waits for the disk.
    Status load();

    // Not before load():
    /// The newest that was taken over.
    FittedRef newest() const;
    /// Before rows are scored: puts the model on the tape, where the run is recorded and this was not done
    /// yet, and takes over a changed file where no barrier is waited for.
    /// Gives the model of the rows; null: that of the last barrier.
    FittedRef beforeRows();
    /// The model of the rows behind that barrier. Every instance asks for the barriers in their order, and
    /// none is behind another by more than one.
    FittedRef atBarrier(std::uint64_t checkpoint);
    /// What tells the models of rows apart; Nothing: an instance has one for all rows until the next barrier
    /// or batch.
    LookupBy by() const { return m_by; }
    /// Of the rows of a moment. Waits for the disk in a replay, whose tape has the models.
    Result<FittedRef> at(Instant moment);
    std::vector<Text> takeNotes();

 private:
    void recordFirst();
    void lookForNews();
    /// Puts the changed file into use, behind that checkpoint, where there is one that fits.
    bool takeOver(std::optional<std::uint64_t> checkpoint);
    std::string fileName() const;

    const ScorePlan& m_plan;
    const NodeId m_node;
    const bool m_atBarriers;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<const TapePlayer> m_replay;
    LookupRecorder* const m_recorder;
    const std::shared_ptr<const Files> m_files;
    LookupBy m_by = LookupBy::Nothing;             ///< since load()
    std::unique_ptr<ModelWatch> m_watch{};         ///< null: nothing is taken over
    std::unique_ptr<TapedModels> m_taped{};        ///< null: the models are not those of a tape
    std::unique_ptr<RecordedModels> m_recorded{};  ///< null: the run is not recorded

    struct Next {
        FittedRef model{};
        std::string bytes{};  ///< for the tape
    };
    mutable std::mutex m_mutex;  ///< guards the members below; held while a file is read
    FittedRef m_newest{};
    Next m_next{};                                 ///< fits, and is to be taken over
    std::map<std::uint64_t, FittedRef> m_since{};  ///< the models behind barriers; the last few
    std::uint64_t m_barrier = 0;                   ///< the newest
    std::string m_unrecorded{};                    ///< bytes of the first model, until they are on the tape
    std::vector<Text> m_notes{};
};

}  // namespace rw::score
