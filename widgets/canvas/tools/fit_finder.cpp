#include "widgets/canvas/tools/fit_finder.h"

#include <QElapsedTimer>
#include <QLineF>
#include <algorithm>

#include "widgets/canvas/wires/wire_painter.h"

namespace rw::ui {

FitFinder::FitFinder(CanvasScene& scene, WireDraft draft, QPointF near)
    : m_scene(scene), m_draft(std::move(draft)) {
    for (const auto& [id, item] : scene.nodes()) {
        auto& looks = m_looks[id];
        for (std::size_t i = 0; i < item->card().ports.size(); ++i) {
            const PortSpot spot{id, static_cast<int>(i)};
            const bool candidate =
                item->card().ports[i].input != m_draft.fixedIsInput && id != m_draft.fixed.node;
            looks.push_back(candidate || spot == m_draft.fixed ? PortEmphasis::None : PortEmphasis::Dimmed);
            if (candidate) m_open.push_back(spot);
        }
    }
    const auto distance = [&](const PortSpot& spot) {
        return QLineF(near, scene.node(spot.node)->portAt(spot.port)).length();
    };
    std::sort(m_open.begin(), m_open.end(),
              [&](const PortSpot& a, const PortSpot& b) { return distance(a) > distance(b); });
    connect(&m_timer, &QTimer::timeout, this, &FitFinder::work);
    m_timer.start(0);
    work();
}

FitFinder::~FitFinder() {
    m_scene.setPortLooks(nullptr);
}

Wire FitFinder::wireTo(const PortSpot& spot) const {
    const PortRef fixed = m_scene.portRef(m_draft.fixed), other = m_scene.portRef(spot);
    return m_draft.fixedIsInput ? Wire{other, fixed} : Wire{fixed, other};
}

std::optional<Issue> FitFinder::refusal(const PortSpot& spot) {
    return m_scene.document().checkWire(wireTo(spot), m_draft.moved ? &*m_draft.moved : nullptr);
}

void FitFinder::check(const PortSpot& spot) {
    if (m_scene.node(spot.node) == nullptr || m_scene.node(m_draft.fixed.node) == nullptr) return;
    const bool fits = (!m_draft.freeOnly || isFree(spot)) && !refusal(spot);
    if (fits) m_fitting.push_back(spot);
    mark(spot, fits ? PortEmphasis::Fits : PortEmphasis::Dimmed);
}

bool FitFinder::isFree(const PortSpot& spot) const {
    const Wire wanted = wireTo(spot);
    const NodeKind* kind = m_scene.document().kindOf(wanted.to.node);
    const int input = kind != nullptr ? kind->inputPort(wanted.to.port) : -1;
    const bool gives = input >= 0 && !kind->inputs[static_cast<std::size_t>(input)].many;
    const auto& wires = m_scene.wiresAt(wanted.to.node);
    return std::none_of(wires.begin(), wires.end(), [&](const WireItem* item) {
        const Wire& there = item->wire();
        if (there == wanted) return true;
        return gives && !m_draft.fixedIsInput && there.to == wanted.to && there != m_draft.moved;
    });
}

void FitFinder::mark(const PortSpot& spot, PortEmphasis emphasis) {
    m_looks[spot.node][static_cast<std::size_t>(spot.port)] = emphasis;
}

void FitFinder::work() {
    constexpr int kSlice = 8;  // milliseconds: half a frame
    workFor(kSlice);
    Q_EMIT progressed();
}

void FitFinder::workFor(int millis) {
    QElapsedTimer clock;
    clock.start();
    while (!m_open.empty() && clock.elapsed() < millis) {
        check(m_open.back());
        m_open.pop_back();
    }
    m_scene.setPortLooks(&m_looks);
    if (m_open.empty()) m_timer.stop();
}

std::optional<PortSpot> FitFinder::bestPort(const NodeId& node) {
    const NodeItem* item = m_scene.node(node);
    if (item == nullptr || node == m_draft.fixed.node) return std::nullopt;
    std::optional<PortSpot> free, fitting, any;
    for (std::size_t i = 0; i < item->card().ports.size(); ++i) {
        const PortSpot spot{node, static_cast<int>(i)};
        if (item->card().ports[i].input == m_draft.fixedIsInput) continue;
        if (wireTo(spot) == m_draft.moved) return spot;  // it stays where it is
        if (!any) any = spot;
        if (refusal(spot)) continue;
        if (!fitting) fitting = spot;
        if (!free && isFree(spot)) free = spot;
    }
    return free ? free : fitting ? fitting : any;
}

void FitFinder::showWire(QPointF end, bool refused, bool snapped) const {
    const QPointF start = m_scene.node(m_draft.fixed.node)->portAt(m_draft.fixed.port);
    const double above = std::min(start.y(), end.y()) - 24;
    const QPainterPath path =
        m_draft.fixedIsInput ? wirePath(end, start, above) : wirePath(start, end, above);
    const QRectF area = path.boundingRect() | QRectF(end - QPointF(14, 14), QSizeF(28, 28));
    m_scene.overlay().show(area.adjusted(-4, -4, 4, 4), [path, end, refused, snapped](QPainter& painter) {
        paintDraggedWire(painter, path, end, refused, snapped);
    });
}

std::vector<PortSpot> FitFinder::fitting() const {
    std::vector<PortSpot> all = m_fitting;
    std::erase_if(all, [this](const PortSpot& spot) { return m_scene.node(spot.node) == nullptr; });
    std::sort(all.begin(), all.end(), [&](const PortSpot& a, const PortSpot& b) {
        const QPointF p = m_scene.node(a.node)->portAt(a.port), q = m_scene.node(b.node)->portAt(b.port);
        return p.x() != q.x() ? p.x() < q.x() : p.y() < q.y();
    });
    return all;
}

}  // namespace rw::ui
