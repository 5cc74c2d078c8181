// Adds up the rows of a batch by slice and key, before they are sent to the instances of a window
// aggregation.
#pragma once
#include <map>
#include <memory>

#include "core/stream/combiner.h"
#include "core/stream/disorder.h"
#include "core/stream/operator.h"
#include "core/stream/windows/combine_pace.h"
#include "core/stream/windows/combined_windows.h"
#include "core/stream/windows/window_slicing.h"

namespace rw {

/// Its output goes to WindowOperator. Rows are added up that count in all windows of their slice, as their
/// own stamps say; in such a part of a slice no other row of the batch counts. So its keys and values come in
/// the order in which they would have, and an aggregate that merges parts exactly gets one state for all of
/// them (BoundAggregate::folds), any other its values one by one. Batches whose values are large texts go as
/// they are, and so do all while somebody watches how rows are judged, which the operator tells of.
class WindowCombiner final : public Combiner {
 public:
    /// `plan` is one that it serves; `context` that of an instance of the operator.
    WindowCombiner(WindowPlanRef plan, const MakeContext& context);

    /// Not sessions, which rows make; not rows that are taken back, nor results that are shown before a
    /// window is complete or again after it; not aggregates that go by the order in which rows came.
    static bool serves(const WindowPlan& plan);

    bool combine(const Batch& batch, std::span<Batch> combined, std::vector<std::uint32_t>& rest) override;

 private:
    void place(const Batch& batch, std::vector<std::uint32_t>& rest);
    std::size_t add(const Window& slice, std::span<const std::uint32_t> rows, std::span<Batch> combined);
    std::vector<CombinedSlice> deal(const KeyTable& keys, std::size_t instances);
    void dealValues(std::size_t aggregate, std::span<const std::uint32_t> rows,
                    std::vector<CombinedSlice>& shares);

    /// Where a key went: to which instance, and as the how manieth of its keys.
    struct Place {
        std::uint32_t instance, group;
    };

    const WindowPlanRef m_plan;
    const MakeContext m_context;
    const WindowSlicing m_slicing;
    AggregateRows m_input;
    CombinePace m_pace;
    const DisorderMeter m_disorder;
    // Of one batch
    std::map<Window, std::vector<std::uint32_t>> m_slices;  ///< rows
    std::vector<std::shared_ptr<CombinedWindows>> m_made;   ///< per instance; null: nothing yet
    // Of one slice of it
    std::vector<std::uint32_t> m_groups;  ///< of each row
    std::vector<Place> m_places;          ///< of each group
};

}  // namespace rw
