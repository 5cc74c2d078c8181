#include "widgets/charts/chart_kinds.h"

#include <algorithm>

namespace rw::ui {

const ChartKind* chartKindOf(const LiveView& view) {
    const auto kinds = chartKinds();
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [&](const ChartKind& kind) { return kind.draws(view); });
    return found == kinds.end() ? nullptr : &*found;
}

std::unique_ptr<ChartWidget> makeChart(const LiveView& view) {
    const ChartKind* kind = chartKindOf(view);
    return kind ? kind->make() : nullptr;
}

}  // namespace rw::ui
