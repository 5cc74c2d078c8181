#include "core/cluster/chart_feed.h"

#include <date/tz.h>

#include <algorithm>
#include <atomic>

#include "core/base/readable.h"
#include "core/data/text.h"
#include "core/data/value.h"
#include "core/pipeline/subflow.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::size_t kFeedRows = 4096;  ///< of a batch, as in a run here
constexpr std::size_t kShownCell = 80;   ///< bytes of a value in a message

Status noChart(const NodeId& node) {
    return Status(ErrorCode::Internal,
                  RW_TEXT("cluster", "No chart can be made of “%1” for rows of a cluster.").with(node),
                  RW_TEXT("run", "Please report this with the pipeline."))
        .at(node);
}

Status unreadableCell(const NodeId& node, const Field& field, const std::string& cell) {
    return Status(ErrorCode::Io,
                  RW_TEXT("cluster", "The cluster sent “%1” in the column “%2”, which can't be read as %3.")
                      .with(shortened(cell, kShownCell), field.name, toString(field.type)),
                  RW_TEXT("run", "Please report this with the pipeline."))
        .at(node);
}

Status otherCells(const NodeId& node) {
    return Status(ErrorCode::Io,
                  RW_TEXT("cluster", "The cluster sent a row with other columns than were asked for."),
                  RW_TEXT("run", "Please report this with the pipeline."))
        .at(node);
}

/// As the contexts of a run have it: the name of a zone that there is.
Result<std::string> zoneName(const std::string& zone) {
    if (zone == "UTC") return zone;
    try {
        return (zone == "local" ? date::current_zone() : date::locate_zone(zone))->name();
    } catch (const std::exception&) {
        return Status(ErrorCode::Invalid, RW_TEXT("run", "There is no time zone “%1”.").with(zone),
                      RW_TEXT("run", "Name one as “Europe/Vienna”, “UTC” or “local”."));
    }
}

}  // namespace

/// One chart node with its sink, and the rows on their way to it.
class FedChart {
 public:
    FedChart(NodeId node, SchemaRef schema, const StreamType& input, BoundNodeRef bound,
             std::unique_ptr<Sink> sink)
        : m_node(std::move(node)),
          m_schema(std::move(schema)),
          m_bound(std::move(bound)),
          m_sink(std::move(sink)),
          m_view(m_sink->view()) {
        for (const Field& field : m_schema->fields) m_builders.emplace_back(field.type);
        const auto end = input.windowed ? m_schema->find("window_end") : std::nullopt;
        if (end && m_schema->fields[static_cast<std::size_t>(*end)].type.is(TypeId::Timestamp))
            m_windowEnd = *end;
    }

    const NodeId& node() const { return m_node; }
    const std::shared_ptr<LiveView>& view() const { return m_view; }
    Status open() { return m_sink->open().at(m_node); }

    Status take(const ChangeRow& row) {
        if (row.cells.size() <= m_builders.size()) return otherCells(m_node);
        for (std::size_t i = 0; i < m_builders.size(); ++i) {
            const TextCell& cell = row.cells[i + 1];
            const Field& field = m_schema->fields[i];
            const std::optional<Value> value =
                cell ? parseValue(*cell, field.type) : std::optional<Value>(std::in_place);
            if (!value) {
                // Columns must not be of different lengths when rows come again.
                for (ColumnBuilder& builder : m_builders) static_cast<void>(builder.finish());
                m_kinds.clear();
                return unreadableCell(m_node, field, *cell);
            }
            appendValue(m_builders[i], *value);
        }
        m_kinds.push_back(row.kind);
        return m_kinds.size() < kFeedRows ? Status() : flush();
    }

    Status flush() {
        if (m_kinds.empty()) return {};
        Batch batch;
        batch.schema = m_schema;
        batch.rows = m_kinds.size();
        for (ColumnBuilder& builder : m_builders) batch.columns.push_back(builder.finish());
        const bool changes =
            std::any_of(m_kinds.begin(), m_kinds.end(), [](RowKind kind) { return kind != RowKind::Insert; });
        if (changes) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(m_kinds));
        m_kinds.clear();
        RW_TRY(m_sink->onBatch(batch).at(m_node));
        return windowsUpTo(batch);
    }

    Status idle() {
        if (m_newestEnd != kMinTimestamp)
            RW_TRY(m_sink->onWatermark(saturatingAdd(m_newestEnd, -1)).at(m_node));
        return m_sink->onIdle().at(m_node);
    }

    Status end() {
        constexpr Epoch kOnce = 1;
        RW_TRY(m_sink->onWatermark(kMaxTimestamp).at(m_node));
        RW_TRY(m_sink->onEnd().at(m_node));
        RW_TRY(m_sink->prepare(kOnce).at(m_node));
        RW_TRY(m_sink->commit(kOnce).at(m_node));
        m_sink->close();
        return {};
    }

 private:
    /// No watermark comes with the rows of a query, and views that show whole windows wait for one: when rows
    /// of a window come, those before it are whole. Made rows are 2 ms ahead of the watermark at least.
    Status windowsUpTo(const Batch& batch) {
        if (m_windowEnd < 0) return {};
        const Column& ends = batch.column(m_windowEnd);
        for (std::size_t row = 0; row < batch.rows; ++row) {
            if (!ends.isNull(row)) m_newestEnd = std::max(m_newestEnd, ends.at<Instant>(row));
        }
        if (m_newestEnd == kMinTimestamp) return {};
        return m_sink->onWatermark(saturatingAdd(m_newestEnd, -3)).at(m_node);
    }

    const NodeId m_node;
    const SchemaRef m_schema;
    const BoundNodeRef m_bound;  // the sink was made of it
    const std::unique_ptr<Sink> m_sink;
    const std::shared_ptr<LiveView> m_view;
    std::vector<ColumnBuilder> m_builders{};
    std::vector<RowKind> m_kinds{};
    int m_windowEnd = -1;  ///< the column; -1: the rows are not those of windows
    Instant m_newestEnd = kMinTimestamp;
};

struct ChartFeed::Charts {
    std::map<NodeId, std::unique_ptr<FedChart>> all{};
    std::atomic<std::uint64_t> rows{0};
    bool ended = false;
};

ChartFeed::ChartFeed(std::unique_ptr<Charts> charts) : m_charts(std::move(charts)) {}

ChartFeed::~ChartFeed() = default;

Result<std::unique_ptr<ChartFeed>> ChartFeed::make(const Pipeline& pipeline, const Catalogue& catalogue,
                                                   const ValidateOptions& options,
                                                   const std::vector<ClusterChart>& charts) {
    const Validated validated = validate(pipeline, catalogue, options);
    const Pipeline& whole = validated.expanded ? validated.expanded->pipeline : pipeline;
    MakeContext context;
    context.clock = systemClock();
    context.folder = options.folder;
    context.eval.runStart = context.clock->now();
    context.batchRows = kFeedRows;
    RW_TRY_ASSIGN(context.timeZone, zoneName(pipeline.settings.timeZone));
    context.bounded = std::none_of(validated.nodes.begin(), validated.nodes.end(), [](const auto& each) {
        return each.second.bound && each.second.bound->live;
    });
    if (context.timeZone != "UTC") context.eval.zone = date::locate_zone(context.timeZone);
    auto made = std::make_unique<Charts>();
    for (const ClusterChart& chart : charts) {
        const Node* const node = whole.find(chart.node);
        const NodeKind* const kind = node ? catalogue.of(*node) : nullptr;
        const auto typed = validated.nodes.find(chart.node);
        if (!kind || !kind->make || typed == validated.nodes.end() || !typed->second.bound ||
            typed->second.inputs.empty() || typed->second.inputs.front().empty() || !chart.schema)
            return noChart(chart.node);
        InputInfo input;
        input.type = typed->second.inputs.front().front();
        if (*input.type.schema != *chart.schema) return noChart(chart.node);
        context.node = chart.node;
        context.wanted = ColumnSet(chart.schema->size(), true);
        context.nullOnError = node->params.contains("on_error") && node->params["on_error"] == "null";
        context.inputs.assign(1, input);
        Result<Made> part = kind->make(*typed->second.bound, context);
        if (!part.ok()) return part.status().at(chart.node);
        auto* const sink = std::get_if<std::unique_ptr<Sink>>(&*part);
        if (!sink || !*sink) return noChart(chart.node);
        auto fed = std::make_unique<FedChart>(chart.node, chart.schema, input.type, typed->second.bound,
                                              std::move(*sink));
        RW_TRY(fed->open());
        made->all.emplace(chart.node, std::move(fed));
    }
    return std::unique_ptr<ChartFeed>(new ChartFeed(std::move(made)));
}

std::shared_ptr<LiveView> ChartFeed::view(const NodeId& node) const {
    const auto found = m_charts->all.find(node);
    return found == m_charts->all.end() ? nullptr : found->second->view();
}

Status ChartFeed::add(const std::vector<ChangeRow>& rows) {
    for (const ChangeRow& row : rows) {
        const TextCell named = row.cells.empty() ? TextCell() : row.cells.front();
        const auto chart = m_charts->all.find(named.value_or(""));
        if (chart == m_charts->all.end()) return otherCells(named.value_or(""));
        RW_TRY(chart->second->take(row));
    }
    for (const auto& [node, chart] : m_charts->all) RW_TRY(chart->flush());
    m_charts->rows += rows.size();
    return {};
}

Status ChartFeed::idle() {
    if (m_charts->ended) return {};
    for (const auto& [node, chart] : m_charts->all) RW_TRY(chart->idle());
    return {};
}

Status ChartFeed::end() {
    if (std::exchange(m_charts->ended, true)) return {};
    for (const auto& [node, chart] : m_charts->all) RW_TRY(chart->end());
    return {};
}

std::uint64_t ChartFeed::rows() const {
    return m_charts->rows;
}

}  // namespace rw
