#include "widgets/canvas/keyboard_navigator.h"

#include <algorithm>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/graph_walk.h"
#include "widgets/canvas/tools/moved_items.h"
#include "widgets/canvas/tools/snapping.h"

namespace rw::ui {

namespace {

QPoint directionOf(int key) {
    switch (key) {
        case Qt::Key_Left:
            return {-1, 0};
        case Qt::Key_Right:
            return {1, 0};
        case Qt::Key_Up:
            return {0, -1};
        case Qt::Key_Down:
            return {0, 1};
        default:
            return {};
    }
}

}  // namespace

KeyboardNavigator::KeyboardNavigator(CanvasView& view) : m_view(view), m_scene(view.canvas()) {}

bool KeyboardNavigator::handle(const QKeyEvent& event) {
    if (m_finder) return handleConnecting(event);
    const QPoint direction = directionOf(event.key());
    if (m_choosingEnd) {
        m_choosingEnd = false;
        if (direction.x() != 0) {
            chooseWireEnd(direction.x() < 0);
            return true;
        }
    }
    if (!direction.isNull()) return handleArrow(event, direction);
    return handleLetter(event);
}

bool KeyboardNavigator::handleArrow(const QKeyEvent& event, QPoint direction) {
    const Qt::KeyboardModifiers keys = event.modifiers() & ~Qt::KeypadModifier;
    if (keys == Qt::ControlModifier) {
        m_view.panBy(-64 * direction);
    } else if (keys == Qt::AltModifier) {
        moveSelection(direction, kGrid);
    } else if (keys == (Qt::AltModifier | Qt::ShiftModifier)) {
        moveSelection(direction, 2);
    } else if (keys == Qt::ShiftModifier && !m_scene.document().selection().notes().empty()) {
        sizeNotes(direction);
    } else if (keys == Qt::NoModifier) {
        follow(direction);
    } else {
        return false;
    }
    return true;
}

bool KeyboardNavigator::handleLetter(const QKeyEvent& event) {
    const bool shift = event.modifiers() == Qt::ShiftModifier;
    if (event.modifiers() != Qt::NoModifier && !shift) return false;
    switch (event.key()) {
        case Qt::Key_P:
            walkPorts(shift ? -1 : 1);
            return true;
        case Qt::Key_W:
            walkWires(shift ? -1 : 1);
            return true;
        case Qt::Key_N:
            walkNotes(shift ? -1 : 1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            activate();
            return true;
        case Qt::Key_Escape:
            m_scene.document().selection().clear();
            m_scene.setFocusTarget({});
            return true;
        default:
            return false;
    }
}

NodeId KeyboardNavigator::current() const {
    const NodeId focused = m_scene.focusTarget().node();
    const auto& selected = m_scene.document().selection().nodes();
    return !focused.empty() || selected.empty() ? focused : selected.back();
}

void KeyboardNavigator::focus(const NodeId& node) {
    m_scene.document().selection().set({node});
    m_view.reveal(node);
}

void KeyboardNavigator::moveSelection(QPoint direction, double distance) {
    std::vector<std::pair<ItemRef, Point>> targets;
    for (const ItemRef& item : movedWithSelection(m_scene)) {
        const QPointF at = drawnRect(m_scene, item).topLeft() + distance * QPointF(direction);
        targets.emplace_back(item, Point{at.x(), at.y()});
    }
    m_scene.document().move(targets, true);
}

// Their lower right corners move: to the right and down they grow.
void KeyboardNavigator::sizeNotes(QPoint direction) {
    PipelineDocument& document = m_scene.document();
    std::vector<std::pair<NoteId, Point>> sizes;
    for (const NoteId id : document.selection().notes()) {
        const Point size = document.note(id)->size;
        sizes.emplace_back(id, Point{size.x + kGrid * direction.x(), size.y + kGrid * direction.y()});
    }
    document.sizeNotes(sizes, true);
}

void KeyboardNavigator::follow(QPoint direction) {
    const NodeId next = neighbour(m_scene.document().pipeline(), current(), direction);
    if (!next.empty()) focus(next);
}

void KeyboardNavigator::walkPorts(int step) {
    const NodeItem* item = m_scene.node(current());
    if (item == nullptr || item->card().ports.empty()) return;
    const int count = static_cast<int>(item->card().ports.size());
    const CanvasFocus& focus = m_scene.focusTarget();
    // The outputs first: that is where wires are begun.
    int next = focus.port >= 0 ? focus.port + step : -1;
    if (next < 0 && focus.port < 0) {
        next = 0;
        while (next + 1 < count && item->card().ports[static_cast<std::size_t>(next)].input) ++next;
    }
    m_scene.setFocusTarget({.item = item->id(), .port = (next + count) % count});
}

void KeyboardNavigator::walkWires(int step) {
    const std::vector<Wire> wires = wiresAt(m_scene.document().pipeline(), current());
    if (wires.empty()) return;
    const auto at = std::find(wires.begin(), wires.end(), m_scene.focusTarget().item);
    const auto count = static_cast<std::ptrdiff_t>(wires.size());
    std::ptrdiff_t next = step > 0 ? 0 : count - 1;
    if (at != wires.end()) next = (at - wires.begin() + step + count) % count;
    const Wire& wire = wires[static_cast<std::size_t>(next)];
    const NodeId node = current();
    m_scene.document().selection().set({wire});
    m_scene.setFocusTarget({.item = wire, .from = node});
}

// From the top, those at one height from the left.
void KeyboardNavigator::walkNotes(int step) {
    std::vector<const NoteItem*> notes(m_scene.notes().begin(), m_scene.notes().end());
    if (notes.empty()) return;
    std::stable_sort(notes.begin(), notes.end(), [](const NoteItem* a, const NoteItem* b) {
        return a->y() != b->y() ? a->y() < b->y() : a->x() < b->x();
    });
    const auto& selected = m_scene.document().selection().notes();
    const ItemRef here = selected.empty() ? m_scene.focusTarget().item : ItemRef(selected.back());
    const auto at =
        std::find_if(notes.begin(), notes.end(), [&](const NoteItem* note) { return here == note->id(); });
    const auto count = static_cast<std::ptrdiff_t>(notes.size());
    std::ptrdiff_t next = step > 0 ? 0 : count - 1;
    if (at != notes.end()) next = (at - notes.begin() + step + count) % count;
    const NoteId note = notes[static_cast<std::size_t>(next)]->id();
    m_scene.document().selection().set({note});
    m_view.reveal(note);
}

void KeyboardNavigator::toggle() {
    const ItemRef focused = m_scene.focusTarget().item;
    if (const Wire* wire = focused.wire()) {
        Q_EMIT m_view.popoverRequested(*wire, true);
    } else if (!focused.empty()) {
        m_scene.document().selection().toggle(focused);
    }
}

void KeyboardNavigator::activate() {
    const ItemRef& focused = m_scene.focusTarget().item;
    if (focused.wire() != nullptr) {
        m_choosingEnd = true;
        return;
    }
    if (const NoteId* note = focused.note()) return m_view.startNoteEdit(*note);
    const NodeId node = current();
    const NodeKind* kind = m_scene.document().kindOf(node);
    if (kind == nullptr) return;
    if (kind->chart) {
        Q_EMIT m_view.chartActivated(node);
    } else if (m_scene.document().isSubflow(node)) {
        Q_EMIT m_view.subflowActivated(node);
    } else {
        Q_EMIT m_view.nodeActivated(node);
    }
}

void KeyboardNavigator::quickAdd() {
    leaveModes();
    const CanvasFocus& focus = m_scene.focusTarget();
    if (const Wire* wire = focus.item.wire()) {
        m_view.openQuickAdd(m_scene.wire(*wire)->course().middle(), {.wire = *wire});
        return;
    }
    const PortSpot spot{focus.node(), focus.port};
    if (const NodeItem* item = m_scene.node(spot.node); item != nullptr && focus.port >= 0) {
        const bool input = m_scene.isInput(spot);
        const QRectF card = item->cardRect();
        const QPointF at(input ? card.left() - 256 : card.right() + 80, card.top());
        m_view.openQuickAdd(at, {.port = m_scene.portRef(spot), .portIsInput = input});
        return;
    }
    const Point at = m_view.placeForNewNode(NodeGroup::Transform);
    m_view.openQuickAdd({at.x, at.y}, {});
}

void KeyboardNavigator::chooseWireEnd(bool start) {
    const ItemRef focused = m_scene.focusTarget().item;
    const Wire* wire = focused.wire();
    if (wire == nullptr) return;
    const PortRef& fixed = start ? wire->to : wire->from;
    const NodeItem* item = m_scene.node(fixed.node);
    const int port = item != nullptr ? item->portIndex(fixed.port, start) : -1;
    if (port >= 0) begin({{fixed.node, port}, start, *wire});
}

void KeyboardNavigator::startConnecting() {
    leaveModes();
    if (m_scene.focusTarget().port < 0) walkPorts(1);
    const CanvasFocus& focus = m_scene.focusTarget();
    const PortSpot spot{focus.node(), focus.port};
    if (m_scene.node(spot.node) != nullptr && spot.port >= 0) begin({spot, m_scene.isInput(spot)});
}

// In a large pipeline checking takes seconds: near targets can be chosen at once, and the others
// come as they are found.
void KeyboardNavigator::begin(WireDraft draft) {
    constexpr int kAtOnce = 60;  // milliseconds: not felt
    draft.freeOnly = true;
    const QPointF start = m_scene.node(draft.fixed.node)->portAt(draft.fixed.port);
    m_finder = std::make_unique<FitFinder>(m_scene, std::move(draft), start);
    m_candidate = 0;
    // Later: the receiver may end the search that it was found by.
    connect(m_finder.get(), &FitFinder::progressed, this, &KeyboardNavigator::takeCandidates,
            Qt::QueuedConnection);
    m_finder->workFor(kAtOnce);
    takeCandidates();
}

// The chosen one stays, even if others come before it.
void KeyboardNavigator::takeCandidates() {
    if (!m_finder) return;
    if (m_scene.node(m_finder->draft().fixed.node) == nullptr) return leaveModes();
    const std::optional<PortSpot> before = candidate();
    m_candidates = m_finder->fitting();
    if (m_candidates.empty()) {
        if (m_finder->isDone()) refuseConnecting();
        return;
    }
    const auto kept =
        before ? std::find(m_candidates.begin(), m_candidates.end(), *before) : m_candidates.end();
    const bool stays = kept != m_candidates.end();
    m_candidate = stays ? static_cast<std::size_t>(kept - m_candidates.begin()) : 0;
    if (!stays) showCandidate();
}

void KeyboardNavigator::refuseConnecting() {
    const PortSpot fixed = m_finder->draft().fixed;
    const QPoint at = m_view.mapFromScene(m_scene.node(fixed.node)->portAt(fixed.port));
    leaveModes();
    Issue issue;
    issue.message = RW_TEXT("canvas", "No free port on the canvas fits this one.");
    issue.fix = RW_TEXT("canvas", "Press A to add a node that does.");
    m_view.showRefusal(issue, std::nullopt, at);
}

std::optional<PortSpot> KeyboardNavigator::candidate() const {
    return m_candidates.empty() ? std::nullopt : std::optional(m_candidates[m_candidate]);
}

bool KeyboardNavigator::handleConnecting(const QKeyEvent& event) {
    const QPoint direction = directionOf(event.key());
    const std::size_t count = m_candidates.size();
    if (!direction.isNull()) {
        if (count == 0) return true;  // none was found yet
        m_candidate = (m_candidate + (direction.x() + direction.y() > 0 ? 1 : count - 1)) % count;
        showCandidate();
        return true;
    }
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        if (count == 0) return true;
        const Wire wire = m_finder->wireTo(m_candidates[m_candidate]);
        const std::optional<Wire> moved = m_finder->draft().moved;
        leaveModes();
        if (moved) {
            m_scene.document().moveWireEnd(*moved, wire);
        } else {
            m_scene.document().connectPorts(wire.from, wire.to);
        }
    } else if (event.key() == Qt::Key_Escape) {
        leaveModes();
    }
    return true;
}

void KeyboardNavigator::showCandidate() {
    const PortSpot& target = m_candidates[m_candidate];
    m_finder->showWire(m_scene.node(target.node)->portAt(target.port), false, true);
    m_scene.setDropTarget(target.node);
    m_view.ensureVisible(m_scene.node(target.node)->cardRect(), 24, 24);
    m_view.notifyFocus();
}

void KeyboardNavigator::leaveModes() {
    m_choosingEnd = false;
    if (!m_finder) return;
    m_finder.reset();
    m_candidates.clear();
    m_scene.clearDragged();
    m_view.notifyFocus();
}

}  // namespace rw::ui
