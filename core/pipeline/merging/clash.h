// What two versions of a pipeline disagree about.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/pipeline/pipeline.h"

namespace rw {

enum class MergeSide {
    Ours,
    Theirs,
    Base,  ///< as it was before both; only where a choice says so
    Both   ///< of two nodes of one name each; only where a choice says so
};

/// What stands in the result where both disagree.
enum class MergeRule {
    Tell,   ///< ours, and of two nodes of one name both; a person is to look at it
    Ours,   ///< ours; nothing is left to decide
    Theirs  ///< theirs; likewise
};

enum class ClashKind {
    Changed,  ///< both gave it another value
    Removed,  ///< one removed what the other changed
    Added,    ///< both added a node of this name, and not the same one
    Order,    ///< both put the elements in another order
    Input     ///< both connected an input that takes one wire
};
/// "changed", "removed", "added", "order", "input": as --json has it.
std::string_view clashName(ClashKind kind);

/// The place of a value: as in PipelineDifference.
struct MergePlace {
    std::string_view of{};  ///< “node”, “wire”, “variable”, “setting”, “comment”, “card”, “pipeline”
    std::string name{};
    std::string type{};  ///< of a node
    /// The parameter, or “title” …; of an object within it “set.name”. Empty: the whole.
    std::string part{};
    bool parameter = false;
    std::string element{};  ///< of a list: the name of the element
    bool operator==(const MergePlace&) const = default;
};

/// What a choice may take: of wires and of two nodes of one name the base has nothing to give.
const std::vector<MergeSide>& sidesOf(ClashKind kind);

/// What a person takes where both disagree: of each clash of this kind at this place. One that is none of
/// sidesOf(kind) counts for nothing.
struct MergeChoice {
    ClashKind kind = ClashKind::Changed;
    MergePlace place{};
    MergeSide side = MergeSide::Ours;
};

struct MergeClash {
    ClashKind kind = ClashKind::Changed;
    MergePlace place{};
    Json base{}, ours{}, theirs{};  ///< null: it is not there
    MergeSide taken = MergeSide::Ours;
    bool chosen = false;  ///< by a MergeChoice; else by the rule
    /// The two fit each other only as one side has them: the choice of the clash before counts for this one.
    bool follows = false;
    /// Added, where both nodes are kept: how that of theirs is called in the result; else empty.
    NodeId renamed{};
};

/// What happened, in a sentence.
Text clashText(const MergeClash& clash);

/// Takes down the clashes of one merge, and decides each.
class Clashes {
 public:
    /// `choices` outlive it; each counts more than the rule.
    Clashes(MergeRule rule, const std::vector<MergeChoice>& choices) : m_rule(rule), m_choices(choices) {}

    MergeRule rule() const { return m_rule; }
    /// For what is merged by itself, by the same rule and choices.
    Clashes part() const { return {m_rule, m_choices}; }
    /// The side whose value stands in the result.
    MergeSide add(ClashKind kind, const MergePlace& place, const Json* base, const Json* ours,
                  const Json* theirs);
    /// Null: it is not there.
    const Json* decide(ClashKind kind, const MergePlace& place, const Json* base, const Json* ours,
                       const Json* theirs);
    /// As decide(), by what the last clash was decided by.
    const Json* follow(ClashKind kind, const MergePlace& place, const Json* base, const Json* ours,
                       const Json* theirs);
    MergeClash& last() { return m_all.back(); }
    /// Those of a part that was merged by itself.
    void append(Clashes part);
    std::vector<MergeClash> take() { return std::move(m_all); }

 private:
    MergeClash& note(ClashKind kind, const MergePlace& place, const Json* base, const Json* ours,
                     const Json* theirs);

    const MergeRule m_rule;
    const std::vector<MergeChoice>& m_choices;
    std::vector<MergeClash> m_all{};
};

}  // namespace rw
