#include "widgets/versions/merge_state.h"

#include <algorithm>
#include <utility>

#include "core/pipeline/diff.h"

namespace rw::ui {

MergeState::MergeState(std::shared_ptr<const Pipeline> base, std::shared_ptr<const Pipeline> ours,
                       std::shared_ptr<const Pipeline> theirs, std::shared_ptr<const Catalogue> catalogue)
    : m_base(std::move(base)), m_theirs(std::move(theirs)), m_catalogue(std::move(catalogue)) {
    setOurs(std::move(ours));
}

void MergeState::setOurs(std::shared_ptr<const Pipeline> ours) {
    m_ours = std::move(ours);
    const Merged kept = merge(*m_base, *m_ours, *m_theirs, *m_catalogue, MergeRule::Ours);
    m_byItself = compareVersions(*m_ours, kept.pipeline, *m_catalogue).changes;
    mergeAgain();
}

void MergeState::mergeAgain() {
    m_merged = merge(*m_base, *m_ours, *m_theirs, *m_catalogue, m_choices);
}

std::size_t MergeState::undecided() const {
    return static_cast<std::size_t>(std::count_if(clashes().begin(), clashes().end(),
                                                  [](const MergeClash& clash) { return !clash.chosen; }));
}

std::optional<std::size_t> MergeState::nextUndecided(std::size_t start) const {
    const std::size_t count = clashes().size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t clash = (start + i) % count;
        if (!clashes()[clash].chosen) return clash;
    }
    return std::nullopt;
}

void MergeState::note(std::size_t clash, MergeSide side) {
    const MergeClash& decided = clashes()[clash];
    std::erase_if(m_choices, [&decided](const MergeChoice& choice) {
        return choice.kind == decided.kind && choice.place == decided.place;
    });
    m_choices.push_back({decided.kind, decided.place, side});
}

void MergeState::choose(std::size_t clash, MergeSide side) {
    if (clash >= clashes().size()) return;
    while (clash > 0 && clashes()[clash].follows) --clash;
    note(clash, side);
    mergeAgain();
}

void MergeState::chooseRest(MergeSide side) {
    // Of a list whose elements are decided another clash may come up, as a whole.
    for (std::size_t before = m_choices.size() + 1; undecided() > 0 && before != m_choices.size();) {
        before = m_choices.size();
        for (std::size_t i = 0; i < clashes().size(); ++i) {
            if (!clashes()[i].chosen && !clashes()[i].follows) note(i, side);
        }
        mergeAgain();
    }
}

bool MergeState::changesOurs() const {
    return !diff(*m_ours, m_merged.pipeline).empty();
}

}  // namespace rw::ui
