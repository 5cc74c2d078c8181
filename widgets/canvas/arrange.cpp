#include "widgets/canvas/arrange.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/pipeline/limits.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/tools/snapping.h"

namespace rw::ui {

namespace {

constexpr double kColumnGap = 80, kRowGap = 32;

struct Box {
    NodeId id;
    QRectF rect;
};

NewPlaces placesOf(const std::vector<Box>& boxes) {
    NewPlaces places;
    for (const Box& box : boxes)
        places.emplace_back(box.id, Point{snapped(box.rect.left()), snapped(box.rect.top())});
    return places;
}

/// To an edge or a line that all cards have in common, even where that puts a corner beside the grid.
void align(QRectF& card, const QRectF& all, Arrangement how) {
    switch (how) {
        case Arrangement::AlignLeft:
            return card.moveLeft(snapped(all.left()));
        case Arrangement::AlignCentresAcross:
            return card.moveLeft(std::round(all.center().x() - card.width() / 2));
        case Arrangement::AlignRight:
            return card.moveLeft(std::round(all.right() - card.width()));
        case Arrangement::AlignTop:
            return card.moveTop(snapped(all.top()));
        case Arrangement::AlignCentresDown:
            return card.moveTop(std::round(all.center().y() - card.height() / 2));
        case Arrangement::AlignBottom:
            return card.moveTop(std::round(all.bottom() - card.height()));
        case Arrangement::DistributeAcross:
        case Arrangement::DistributeDown:
            return;
    }
}

// Equal gaps between the first and the last.
void distribute(std::vector<Box>& boxes, bool across) {
    const auto start = [across](const Box& box) { return across ? box.rect.left() : box.rect.top(); };
    const auto size = [across](const Box& box) { return across ? box.rect.width() : box.rect.height(); };
    std::sort(boxes.begin(), boxes.end(), [&](const Box& a, const Box& b) { return start(a) < start(b); });
    double filled = 0;
    for (const Box& box : boxes) filled += size(box);
    const double all = start(boxes.back()) + size(boxes.back()) - start(boxes.front());
    const double gap = (all - filled) / static_cast<double>(boxes.size() - 1);
    double at = start(boxes.front());
    for (Box& box : boxes) {
        across ? box.rect.moveLeft(at) : box.rect.moveTop(at);
        at += size(box) + gap;
    }
}

// The length of the longest way to each node; wires of a loop are left out once their start was not placed in
// time.
std::map<NodeId, int> columnsOf(const Pipeline& pipeline) {
    std::map<NodeId, int> column;
    for (const Node& node : pipeline.nodes) column[node.id] = 0;
    for (std::size_t round = 0; round < pipeline.nodes.size(); ++round) {
        bool changed = false;
        for (const Wire& wire : pipeline.wires) {
            const int wanted = column[wire.from.node] + 1;
            if (column[wire.to.node] >= wanted || wanted > static_cast<int>(pipeline.nodes.size())) continue;
            column[wire.to.node] = wanted;
            changed = true;
        }
        if (!changed) break;
    }
    return column;
}

double meanHeight(const Pipeline& pipeline, const NodeId& node, const std::map<NodeId, double>& middles,
                  double otherwise) {
    double sum = 0;
    int count = 0;
    for (const Wire& wire : pipeline.wires) {
        if (wire.to.node != node) continue;
        const auto found = middles.find(wire.from.node);
        if (found == middles.end()) continue;
        sum += found->second;
        ++count;
    }
    return count > 0 ? sum / count : otherwise;
}

}  // namespace

NewPlaces arranged(const CanvasScene& scene, const std::vector<NodeId>& nodes, Arrangement how) {
    std::vector<Box> boxes;
    for (const NodeId& id : nodes) {
        if (const NodeItem* item = scene.node(id)) boxes.push_back({id, item->cardRect()});
    }
    if (boxes.size() < 2) return {};
    const bool across = how == Arrangement::DistributeAcross;
    if (across || how == Arrangement::DistributeDown) {
        distribute(boxes, across);
        return placesOf(boxes);
    }
    const QRectF all = scene.rectOf(nodes);
    NewPlaces places;
    for (Box& box : boxes) {
        align(box.rect, all, how);
        places.emplace_back(box.id, Point{box.rect.left(), box.rect.top()});
    }
    return places;
}

NewPlaces laidOut(const CanvasScene& scene) {
    const Pipeline& pipeline = scene.document().pipeline();
    std::map<int, std::vector<Box>> columns;
    for (const auto& [id, column] : columnsOf(pipeline)) {
        if (const NodeItem* item = scene.node(id)) columns[column].push_back({id, item->cardRect()});
    }
    std::map<NodeId, double> middles;
    std::vector<Box> placed;
    double x = 0, top = 0, lowest = 0;
    for (auto& [number, boxes] : columns) {
        std::stable_sort(boxes.begin(), boxes.end(), [&](const Box& a, const Box& b) {
            return meanHeight(pipeline, a.id, middles, a.rect.center().y()) <
                   meanHeight(pipeline, b.id, middles, b.rect.center().y());
        });
        double y = top, width = 0;
        for (Box& box : boxes) {
            // At the height of its inputs, unless another card stands there.
            const double wanted =
                number == 0 ? y : meanHeight(pipeline, box.id, middles, y) - box.rect.height() / 2;
            box.rect.moveTopLeft({x, std::max(y, wanted)});
            if (box.rect.bottom() > kFarthest) {  // the column goes on beside itself
                x += width + kColumnGap;
                box.rect.moveTopLeft({x, top});
            }
            if (box.rect.right() > kFarthest) {  // below all that is there
                x = 0;
                top = lowest + kRowGap;
                box.rect.moveTopLeft({x, top});
            }
            y = box.rect.bottom() + kRowGap;
            lowest = std::max(lowest, box.rect.bottom());
            width = std::max(width, box.rect.width());
            middles[box.id] = box.rect.center().y();
            placed.push_back(box);
        }
        x += width + kColumnGap;
    }
    return placesOf(placed);
}

}  // namespace rw::ui
