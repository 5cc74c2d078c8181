// Shared by the chart sinks: columns that are drawn, and a sink that feeds a view.
#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/views/category_view.h"
#include "core/views/chart_column.h"
#include "core/views/chart_span.h"

namespace rw {

/// A bound chart: `Info` describes the picture, `used` are the input columns that it reads.
class BoundChartBase : public BoundNode {
 public:
    std::vector<int> used{};
    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override;
};

template <class ViewInfo>
class BoundChart final : public BoundChartBase {
 public:
    ViewInfo info{};
};

ParamSpec unitParam();
ParamSpec thresholdParam();
/// A rule on these rows, without columns and keys; with a refusal if no alert can judge them.
ThresholdRule thresholdRule(const StreamType& rows);
/// “span” of a chart: by default the whole of a bounded run, and kLiveSpan of one without end.
ParamSpec spanParam(Text help);
/// The span as given, or kSpanOfRun.
Millis givenSpan(const BindContext& context);
/// The one input port of a chart.
std::vector<PortSpec> chartInput();

/// The input column that parameter `param` (element `item` of a list) names; not present when the parameter
/// is empty or wrong (then reported). Adds it to `used`.
ChartColumn chartColumn(BindContext& context, std::string_view param, const std::string& name,
                        std::vector<int>& used, int item = -1);
/// As chartColumn, for a column of numbers.
ChartColumn numberColumn(BindContext& context, std::string_view param, const std::string& name,
                         std::vector<int>& used, int item = -1);
/// As chartColumn, for a column of numbers or a TIMESTAMP.
ChartColumn axisColumn(BindContext& context, std::string_view param, const std::string& name,
                       std::vector<int>& used);
/// As chartColumn, for a column whose values stand on an axis or in a legend: any but BYTES.
ChartColumn labelColumn(BindContext& context, std::string_view param, const std::string& name,
                        std::vector<int>& used);
/// The parameter of such a column.
ParamSpec labelParam(std::string name, Text label, Text help);
/// The same column by its index in the input.
ChartColumn columnAt(const StreamType& input, int index, std::vector<int>& used);

/// A window column of an input of windows; not present for any other input.
ChartColumn windowColumn(const StreamType& input, std::string_view name, std::vector<int>& used);

/// Binds the columns of charts over categories, by their parameters “category” and “value”.
void bindCategories(BindContext& context, CategoryInfo& info, std::vector<int>& used);

/// Feeds batches and watermarks to a view.
template <class View>
class ChartSink final : public Sink {
 public:
    ChartSink(std::shared_ptr<View> view, std::shared_ptr<Clock> clock)
        : m_view(std::move(view)), m_clock(std::move(clock)) {}

    Status onBatch(const Batch& batch) override {
        if constexpr (requires { m_view->add(batch, Instant{}); }) {
            m_view->add(batch, m_clock->now());
        } else {
            m_view->add(batch);
        }
        return {};
    }
    Status onWatermark(Instant watermark) override {
        m_view->setWatermark(watermark);
        return {};
    }
    Status snapshot(StateWriter& out) const override {
        m_view->save(out);
        return {};
    }
    Status restore(const StateReader& state) override { return m_view->restore(state); }
    std::shared_ptr<LiveView> view() const override { return m_view; }

 private:
    std::shared_ptr<View> m_view;
    std::shared_ptr<Clock> m_clock;
};

/// The make function of a chart whose view is made of `Info`.
template <class View, class ViewInfo>
Result<Made> makeChart(const BoundNode& bound, const MakeContext& context) {
    ViewInfo info = static_cast<const BoundChart<ViewInfo>&>(bound).info;
    info.timeZone = context.timeZone;
    if constexpr (requires { info.span; }) info.span = spanInRun(info.span, context.bounded);
    if constexpr (requires { info.live; }) info.live = !context.bounded;
    return Made(std::make_unique<ChartSink<View>>(std::make_shared<View>(std::move(info)), context.clock));
}

}  // namespace rw
