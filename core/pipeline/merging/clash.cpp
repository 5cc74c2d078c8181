#include "core/pipeline/merging/clash.h"

#include <algorithm>
#include <iterator>

namespace rw {

namespace {

const Json* valueOfSide(MergeSide side, const Json* base, const Json* ours, const Json* theirs) {
    if (side == MergeSide::Base) return base;
    return side == MergeSide::Theirs ? theirs : ours;
}

}  // namespace

const std::vector<MergeSide>& sidesOf(ClashKind kind) {
    static const std::vector<MergeSide> values{MergeSide::Ours, MergeSide::Theirs, MergeSide::Base},
        nodes{MergeSide::Ours, MergeSide::Theirs, MergeSide::Both}, wires{MergeSide::Ours, MergeSide::Theirs};
    if (kind == ClashKind::Added) return nodes;
    return kind == ClashKind::Order || kind == ClashKind::Input ? wires : values;
}

std::string_view clashName(ClashKind kind) {
    switch (kind) {
        case ClashKind::Changed:
            return "changed";
        case ClashKind::Removed:
            return "removed";
        case ClashKind::Added:
            return "added";
        case ClashKind::Order:
            return "order";
        case ClashKind::Input:
            break;
    }
    return "input";
}

Text clashText(const MergeClash& clash) {
    switch (clash.kind) {
        case ClashKind::Changed:
            return clash.base.is_null() ? RW_TEXT("merge", "Both sides set it, each to another value.")
                                        : RW_TEXT("merge", "Both sides changed it, each to another value.");
        case ClashKind::Removed:
            if (clash.place.of == "node") {
                return clash.ours.is_null()
                           ? RW_TEXT("merge", "Ours removed it, theirs changed or connected it.")
                           : RW_TEXT("merge", "Ours changed or connected it, theirs removed it.");
            }
            return clash.ours.is_null() ? RW_TEXT("merge", "Ours removed it, theirs changed it.")
                                        : RW_TEXT("merge", "Ours changed it, theirs removed it.");
        case ClashKind::Added:
            return clash.renamed.empty()
                       ? RW_TEXT("merge", "Both sides added a node of this name, and not the same one.")
                       : RW_TEXT("merge",
                                 "Both sides added a node of this name, and not the same one. Both are kept: "
                                 "that of theirs is called “%1” now.")
                             .with(clash.renamed);
        case ClashKind::Order:
            return RW_TEXT("merge", "Both sides changed the order, each in another way.");
        case ClashKind::Input:
            break;
    }
    return RW_TEXT("merge", "Both sides connected this input, which takes one wire.");
}

MergeClash& Clashes::note(ClashKind kind, const MergePlace& place, const Json* base, const Json* ours,
                          const Json* theirs) {
    MergeClash& clash = m_all.emplace_back();
    clash.kind = kind;
    clash.place = place;
    if (base != nullptr) clash.base = *base;
    if (ours != nullptr) clash.ours = *ours;
    if (theirs != nullptr) clash.theirs = *theirs;
    return clash;
}

MergeSide Clashes::add(ClashKind kind, const MergePlace& place, const Json* base, const Json* ours,
                       const Json* theirs) {
    MergeClash& clash = note(kind, place, base, ours, theirs);
    const std::vector<MergeSide>& sides = sidesOf(kind);
    const auto choice = std::find_if(m_choices.begin(), m_choices.end(), [&](const MergeChoice& each) {
        return each.kind == kind && each.place == place &&
               std::find(sides.begin(), sides.end(), each.side) != sides.end();
    });
    clash.chosen = choice != m_choices.end();
    clash.taken = clash.chosen                  ? choice->side
                  : m_rule == MergeRule::Theirs ? MergeSide::Theirs
                                                : MergeSide::Ours;
    return clash.taken;
}

const Json* Clashes::decide(ClashKind kind, const MergePlace& place, const Json* base, const Json* ours,
                            const Json* theirs) {
    return valueOfSide(add(kind, place, base, ours, theirs), base, ours, theirs);
}

const Json* Clashes::follow(ClashKind kind, const MergePlace& place, const Json* base, const Json* ours,
                            const Json* theirs) {
    const MergeSide taken = last().taken;
    const bool chosen = last().chosen;
    MergeClash& clash = note(kind, place, base, ours, theirs);
    clash.taken = taken;
    clash.chosen = chosen;
    clash.follows = true;
    return valueOfSide(taken, base, ours, theirs);
}

void Clashes::append(Clashes part) {
    m_all.insert(m_all.end(), std::make_move_iterator(part.m_all.begin()),
                 std::make_move_iterator(part.m_all.end()));
}

}  // namespace rw
