#include "widgets/timeline/watermark_rows.h"

#include <algorithm>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr qsizetype kNameLength = 80;

bool isKnown(Instant watermark) {
    return watermark != kMinTimestamp && watermark != kMaxTimestamp;
}

/// Those that are behind, and why: kept where there are too many to list all.
bool isTold(const WatermarkRow& row) {
    return row.state != PartitionState::Live || !row.holds.isEmpty();
}

void markSlowest(std::vector<WatermarkRow>& rows, std::size_t first) {
    if (rows.size() < first + 2) return;
    const auto slowest =
        std::min_element(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.end(),
                         [](const WatermarkRow& a, const WatermarkRow& b) {
                             const auto place = [](const WatermarkRow& row) {
                                 return std::pair(row.state != PartitionState::Live, row.watermark);
                             };
                             return place(a) < place(b);
                         });
    slowest->slowest = slowest->state == PartitionState::Live;
}

/// The slowest, the idle and those that hold others stay, in their order; the rest becomes one row.
std::vector<WatermarkRow> listed(std::vector<WatermarkRow> all) {
    if (all.size() <= WatermarkRows::kMostListed) return all;
    std::vector<Instant> live;
    for (const WatermarkRow& row : all) {
        if (!isTold(row)) live.push_back(row.watermark);
    }
    if (live.size() <= WatermarkRows::kSlowest + 1) return all;
    std::sort(live.begin(), live.end());
    std::size_t slow = WatermarkRows::kSlowest;
    const Instant slowest = live[slow - 1];
    std::vector<WatermarkRow> some;
    WatermarkRow rest;
    Instant least = kMaxTimestamp, most = kMinTimestamp;
    for (WatermarkRow& row : all) {
        if (isTold(row)) {
            some.push_back(std::move(row));
        } else if (slow > 0 && row.watermark <= slowest) {
            --slow;
            some.push_back(std::move(row));
        } else {
            ++rest.others;
            rest.newest = std::max(rest.newest, row.newest);
            if (!isKnown(row.watermark)) continue;
            least = std::min(least, row.watermark);
            most = std::max(most, row.watermark);
        }
    }
    if (least <= most) {
        rest.within = most - least;
        rest.watermark = most;
    }
    some.push_back(std::move(rest));
    return some;
}

}  // namespace

WatermarkRow WatermarkRows::rowOf(const Node& node, const NodeMetrics& metrics,
                                  const PartitionMetrics* partition) {
    WatermarkRow row;
    row.source = node.id;
    const bool named = partition != nullptr && !partition->name.empty();
    row.name = named ? shownText(QString::fromStdString(partition->name), kNameLength) : titleOf(node);
    row.watermark = named ? partition->watermark : metrics.watermark;
    if (partition != nullptr) {
        row.state = partition->state == PartitionState::Drained ? PartitionState::Live : partition->state;
        row.since = partition->since;
    }
    if (row.watermark == kMaxTimestamp) row.state = PartitionState::Ended;
    Instant& own =
        m_own.try_emplace({node.id, named ? partition->name : std::string()}, kMinTimestamp).first->second;
    if (row.state != PartitionState::Idle && isKnown(row.watermark)) own = row.watermark;
    row.own = own;
    // What a source sends is its newest row, less the delay.
    if (metrics.watermarkDelay && isKnown(own)) row.newest = saturatingAdd(own, *metrics.watermarkDelay);
    return row;
}

std::vector<WatermarkRow> WatermarkRows::rowsOf(const Pipeline& pipeline, const Catalogue& catalogue,
                                                const RunMetrics& metrics,
                                                const std::vector<HeldLane>& held) {
    std::vector<WatermarkRow> rows;
    for (const Node& node : pipeline.nodes) {
        const NodeKind* const kind = catalogue.of(node);
        const auto found = metrics.nodes.find(node.id);
        if (kind == nullptr || kind->group != NodeGroup::Source || found == metrics.nodes.end()) continue;
        const NodeMetrics& source = found->second;
        const std::size_t first = rows.size();
        for (const PartitionMetrics& partition : source.partitions)
            rows.push_back(rowOf(node, source, &partition));
        if (rows.size() == first) rows.push_back(rowOf(node, source, nullptr));
        for (std::size_t i = first; i < rows.size(); ++i) {
            for (const HeldLane& lane : held) {
                const QString partition = QString::fromStdString(lane.hold.partition);
                const bool whole = partition.isEmpty() && rows.size() == first + 1;
                if (lane.hold.source == node.id &&
                    (whole || rows[i].name == shownText(partition, kNameLength)))
                    rows[i].holds = lane.title;
            }
        }
        markSlowest(rows, first);
    }
    // Of sources whose rows have no times there is nothing to draw.
    std::erase_if(rows, [](const WatermarkRow& row) {
        return row.watermark == kMinTimestamp && row.holds.isEmpty() && row.state == PartitionState::Live;
    });
    return listed(std::move(rows));
}

}  // namespace rw::ui
