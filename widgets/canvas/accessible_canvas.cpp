#include "widgets/canvas/accessible_canvas.h"

#include <QAccessibleObject>
#include <QAccessibleWidget>
#include <algorithm>

#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

namespace {

CanvasView* viewOf(const QGraphicsObject& item) {
    const auto views = item.scene() != nullptr ? item.scene()->views() : QList<QGraphicsView*>();
    return views.isEmpty() ? nullptr : qobject_cast<CanvasView*>(views.first());
}

QRect onScreen(const QGraphicsObject& item, const QRectF& sceneRect) {
    const CanvasView* view = viewOf(item);
    if (view == nullptr) return {};
    const QRect inView = view->mapFromScene(sceneRect).boundingRect();
    return {view->viewport()->mapToGlobal(inView.topLeft()), inView.size()};
}

QAccessible::State selectable(bool selected, bool focused) {
    QAccessible::State state;
    state.focusable = state.selectable = true;
    state.selected = selected;
    state.focused = focused;
    return state;
}

bool hasFocus(const CanvasView* view, const CanvasFocus& focus) {
    return view != nullptr && view->hasFocus() && view->accessibleFocus() == focus;
}

/// A port of a node; lives as long as its node's interface.
class PortAccessible : public QAccessibleInterface {
 public:
    PortAccessible(NodeItem* item, int port) : m_item(item), m_port(port) {}
    bool isValid() const override { return m_item != nullptr && here() != nullptr; }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_item); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}
    QAccessible::Role role() const override { return QAccessible::Button; }
    QRect rect() const override {
        if (!isValid()) return {};
        return onScreen(*m_item, QRectF(m_item->portAt(m_port) - QPointF(12, 12), QSizeF(24, 24)));
    }
    QAccessible::State state() const override {
        const CanvasView* view = isValid() ? viewOf(*m_item) : nullptr;
        const bool focused = view != nullptr && hasFocus(view, {.item = m_item->id(), .port = m_port});
        return selectable(false, focused);
    }
    QString text(QAccessible::Text kind) const override {
        if (kind != QAccessible::Name || !isValid()) return {};
        const QString side = here()->input ? QCoreApplication::translate("accessible_canvas", "input %1")
                                           : QCoreApplication::translate("accessible_canvas", "output %1");
        return side.arg(here()->label) + QStringLiteral(", ") +
               (here()->wired ? QCoreApplication::translate("accessible_canvas", "wired")
                              : QCoreApplication::translate("accessible_canvas", "free"));
    }

 private:
    const CardPort* here() const {
        const auto& ports = m_item->card().ports;
        const auto at = static_cast<std::size_t>(m_port);
        return at < ports.size() ? &ports[at] : nullptr;
    }
    QPointer<NodeItem> m_item;
    int m_port;
};

class NodeAccessible : public QAccessibleObject {
 public:
    explicit NodeAccessible(NodeItem* item) : QAccessibleObject(item) {}
    ~NodeAccessible() override {
        for (const QAccessible::Id port : m_ports) QAccessible::deleteAccessibleInterface(port);
    }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(viewOf(item()));
    }
    int childCount() const override { return static_cast<int>(item().card().ports.size()); }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) return nullptr;
        while (m_ports.size() <= static_cast<std::size_t>(index)) {
            auto* port = new PortAccessible(&item(), static_cast<int>(m_ports.size()));
            m_ports.push_back(QAccessible::registerAccessibleInterface(port));
        }
        return QAccessible::accessibleInterface(m_ports[static_cast<std::size_t>(index)]);
    }
    int indexOfChild(const QAccessibleInterface* other) const override {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == other) return i;
        }
        return -1;
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QRect rect() const override { return onScreen(item(), item().cardRect()); }
    QAccessible::State state() const override {
        return selectable(item().look().selected, hasFocus(viewOf(item()), {.item = item().id()}));
    }
    QString text(QAccessible::Text kind) const override {
        if (kind == QAccessible::Name) return spoken(item().card());
        return kind == QAccessible::Description ? item().card().summary : QString();
    }

 private:
    NodeItem& item() const { return *static_cast<NodeItem*>(object()); }
    mutable std::vector<QAccessible::Id> m_ports;
};

class WireAccessible : public QAccessibleObject {
 public:
    explicit WireAccessible(WireItem* item) : QAccessibleObject(item) {}
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(viewOf(item()));
    }
    int childCount() const override { return 0; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QRect rect() const override { return onScreen(item(), item().boundingRect()); }
    QAccessible::State state() const override {
        const CanvasView* view = viewOf(item());
        const bool focused =
            view != nullptr && view->hasFocus() && view->accessibleFocus().item == item().wire();
        return selectable(item().look().selected, focused);
    }
    QString text(QAccessible::Text kind) const override {
        const CanvasView* view = viewOf(item());
        if (kind != QAccessible::Name || view == nullptr) return {};
        const auto title = [view](const NodeId& id) {
            const NodeItem* node = view->canvas().node(id);
            return node != nullptr ? node->card().title : QString::fromStdString(id);
        };
        const Wire& wire = item().wire();
        QString words = QCoreApplication::translate("accessible_canvas", "wire from %1 to %2")
                            .arg(title(wire.from.node), title(wire.to.node));
        if (const QString label = wireLabel(item().look()); !label.isEmpty())
            words += QStringLiteral(", ") + label;
        return words;
    }

 private:
    WireItem& item() const { return *static_cast<WireItem*>(object()); }
};

class NoteAccessible : public QAccessibleObject {
 public:
    explicit NoteAccessible(NoteItem* item) : QAccessibleObject(item) {}
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(viewOf(item()));
    }
    int childCount() const override { return 0; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QRect rect() const override { return onScreen(item(), item().frame()); }
    QAccessible::State state() const override {
        return selectable(item().selected(), hasFocus(viewOf(item()), {.item = item().id()}));
    }
    QString text(QAccessible::Text kind) const override {
        if (kind != QAccessible::Name) return {};
        return QCoreApplication::translate("accessible_canvas", "comment: %1").arg(item().text());
    }

 private:
    NoteItem& item() const { return *static_cast<NoteItem*>(object()); }
};

/// Nodes, then wires, then comments.
class CanvasAccessible : public QAccessibleWidget {
 public:
    explicit CanvasAccessible(CanvasView* view)
        : QAccessibleWidget(view, QAccessible::List, view->accessibleName()) {}
    int childCount() const override {
        return static_cast<int>(scene().nodes().size() + scene().wires().size() + scene().notes().size());
    }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) return nullptr;
        const auto& nodes = scene().nodes();
        const auto& wires = scene().wires();
        auto at = static_cast<std::size_t>(index);
        if (at < nodes.size())
            return QAccessible::queryAccessibleInterface(std::next(nodes.begin(), index)->second);
        at -= nodes.size();
        if (at < wires.size()) return QAccessible::queryAccessibleInterface(wires[at]);
        return QAccessible::queryAccessibleInterface(scene().notes()[at - wires.size()]);
    }
    // By the scene, which knows the places of items: asking all of them would give each an interface.
    QAccessibleInterface* childAt(int x, int y) const override {
        const auto* view = static_cast<CanvasView*>(object());
        const Hit hit = scene().hitAt(view->mapToScene(view->viewport()->mapFromGlobal(QPoint(x, y))));
        return interfaceOf(hit.item);
    }
    int indexOfChild(const QAccessibleInterface* other) const override {
        const auto& nodes = scene().nodes();
        if (const auto* node = qobject_cast<NodeItem*>(other->object())) {
            const auto found = nodes.find(node->id());
            return found != nodes.end() ? static_cast<int>(std::distance(nodes.begin(), found)) : -1;
        }
        const auto& wires = scene().wires();
        const auto wire = std::find(wires.begin(), wires.end(), other->object());
        if (wire != wires.end())
            return static_cast<int>(nodes.size()) + static_cast<int>(wire - wires.begin());
        const auto& notes = scene().notes();
        const auto note = std::find(notes.begin(), notes.end(), other->object());
        return note != notes.end()
                   ? static_cast<int>(nodes.size() + wires.size()) + static_cast<int>(note - notes.begin())
                   : -1;
    }
    QAccessibleInterface* focusChild() const override {
        const CanvasFocus focus = static_cast<CanvasView*>(object())->accessibleFocus();
        QAccessibleInterface* focused = interfaceOf(focus.item);
        return focused != nullptr && focus.port >= 0 ? focused->child(focus.port) : focused;
    }

 private:
    QAccessibleInterface* interfaceOf(const ItemRef& item) const {
        QObject* found = scene().node(nodeOf(item));
        if (item.wire() != nullptr) found = scene().wire(item);
        if (item.note() != nullptr) found = scene().note(*item.note());
        return QAccessible::queryAccessibleInterface(found);
    }
    CanvasScene& scene() const { return static_cast<CanvasView*>(object())->canvas(); }
};

QAccessibleInterface* make(const QString&, QObject* object) {
    if (auto* view = qobject_cast<CanvasView*>(object)) return new CanvasAccessible(view);
    if (auto* node = qobject_cast<NodeItem*>(object)) return new NodeAccessible(node);
    if (auto* wire = qobject_cast<WireItem*>(object)) return new WireAccessible(wire);
    if (auto* note = qobject_cast<NoteItem*>(object)) return new NoteAccessible(note);
    return nullptr;
}

}  // namespace

void installAccessibleCanvas() {
    QAccessible::installFactory(make);
}

}  // namespace rw::ui
