// A merge of another version into the pipeline, and what a person has decided of it.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "core/pipeline/merging/merge.h"
#include "widgets/versions/version_changes.h"

namespace rw::ui {

/// Merges anew with each decision: a decision may make other clashes come and go. Those that are there still
/// stay decided.
class MergeState {
 public:
    MergeState(std::shared_ptr<const Pipeline> base, std::shared_ptr<const Pipeline> ours,
               std::shared_ptr<const Pipeline> theirs, std::shared_ptr<const Catalogue> catalogue);

    const Pipeline& base() const { return *m_base; }
    const Pipeline& ours() const { return *m_ours; }
    const Pipeline& theirs() const { return *m_theirs; }
    const Catalogue& catalogue() const { return *m_catalogue; }
    /// What theirs brings into ours where the two do not clash.
    const std::vector<VersionChange>& byItself() const { return m_byItself; }
    const std::vector<MergeClash>& clashes() const { return m_merged.clashes; }
    std::size_t undecided() const;
    /// The first one from `start` on that is not decided, then from the first; nothing: all are.
    std::optional<std::size_t> nextUndecided(std::size_t start) const;
    /// One of sidesOf() its kind; of a clash that follows another, that one is decided.
    void choose(std::size_t clash, MergeSide side);
    /// Ours or theirs wherever nothing is decided yet.
    void chooseRest(MergeSide side);
    /// The pipeline is another one now.
    void setOurs(std::shared_ptr<const Pipeline> ours);
    /// As it is decided; what is not decided is as ours has it.
    const Pipeline& merged() const { return m_merged.pipeline; }
    bool changesOurs() const;

 private:
    void note(std::size_t clash, MergeSide side);
    void mergeAgain();

    std::shared_ptr<const Pipeline> m_base, m_ours, m_theirs;
    std::shared_ptr<const Catalogue> m_catalogue;
    std::vector<MergeChoice> m_choices{};
    Merged m_merged{};
    std::vector<VersionChange> m_byItself{};
};

}  // namespace rw::ui
