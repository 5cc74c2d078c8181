// The items of a pipeline, kept in step with the document, its checks, its selection and its run. The
// document knows no item.
#pragma once
#include <QGraphicsScene>
#include <map>
#include <optional>

#include "widgets/canvas/items/node_item.h"
#include "widgets/canvas/items/note_item.h"
#include "widgets/canvas/items/overlay_item.h"
#include "widgets/canvas/items/wire_item.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/run_session.h"

namespace rw::ui {

/// A port of a node, by its place in CardModel::ports.
struct PortSpot {
    NodeId node;
    int port = -1;
    bool operator==(const PortSpot&) const = default;
};

/// What lies under the pointer.
struct Hit {
    enum class Kind { None, Node, Port, Wire, Note };
    enum class Part { Body, Title, Thumbnail };
    Kind kind = Kind::None;
    NodeId node{};
    Part part = Part::Body;  ///< of a node
    int port = -1;           ///< of a port: place in CardModel::ports
    std::optional<Wire> wire{};
    double along = 0;  ///< on a wire: distance from its start
    std::size_t note = 0;
    bool operator==(const Hit&) const = default;
};

/// Where the keyboard is: a node, one of its ports, or a wire.
struct CanvasFocus {
    NodeId node{};
    int port = -1;
    std::optional<Wire> wire{};
    bool operator==(const CanvasFocus&) const = default;
};

class CanvasScene : public QGraphicsScene {
    Q_OBJECT
 public:
    CanvasScene(PipelineDocument& document, RunSession& session, QObject* parent = nullptr);
    ~CanvasScene() override;

    PipelineDocument& document() const { return m_document; }
    RunSession& session() const { return m_session; }
    const std::map<NodeId, NodeItem*>& nodes() const { return m_nodes; }
    const std::vector<WireItem*>& wires() const { return m_wires; }
    NodeItem* node(const NodeId& id) const;
    WireItem* wire(const Wire& wire) const;
    OverlayItem& overlay() { return *m_overlay; }
    /// The box around all cards and notes.
    QRectF contentRect() const;
    QRectF rectOf(const std::vector<NodeId>& nodes) const;

    Hit hitAt(QPointF point) const;
    PortRef portRef(const PortSpot& spot) const;
    bool isInput(const PortSpot& spot) const;

    /// Shows nodes elsewhere while they are dragged; the document hears of it when the mouse is released.
    void preview(const std::map<NodeId, QPointF>& places);
    void endPreview();
    /// Pixels of the screen for a unit of the scene: the zoom and the size of the text together.
    void setScale(double scale);
    double scale() const { return m_scale; }
    void setVisibleRect(const QRectF& rect) { m_visible = rect; }
    const QRectF& visibleRect() const { return m_visible; }
    void setPanning(bool panning);
    /// While the scale changes with every frame what is kept for repainting would never be used twice.
    void setZooming(bool zooming);

    const Hit& hover() const { return m_hover; }
    void setHover(const Hit& hit);
    const CanvasFocus& focusTarget() const { return m_focus; }
    void setFocusTarget(const CanvasFocus& focus);
    /// Ports that the wire being drawn fits get a ring, the others dim; null: no wire is being drawn.
    using PortLooks = std::map<NodeId, std::vector<PortEmphasis>>;
    void setPortLooks(const PortLooks* looks);
    /// The card or wire that something would be dropped on.
    void setDropTarget(const NodeId& node, const std::optional<Wire>& wire);
    /// Takes away what the overlay shows of something being moved, and the mark of what it would be dropped
    /// on.
    void clearDragged();

    /// The comment that Delete takes away; one of them at most.
    std::optional<std::size_t> selectedNote() const { return m_selectedNote; }
    void selectNote(std::optional<std::size_t> note);

    void refreshCards();  ///< states may have changed: checks, run
    void refreshWires();
    void repaintAll();  ///< colours, fonts or language are others now

 Q_SIGNALS:
    void contentMoved();  ///< cards came, went or moved
    void focusTargetChanged();
    void hoverChanged();
    void selectedNoteChanged();

 private:
    void onDocument(const DocumentChange& change);
    void rebuild();
    void addNode(const Node& node, const WireIndex& wires);
    void addWire(const Wire& wire);
    void rebuildNotes();
    void routeWires();
    void route(WireItem& item);
    void refreshLooks();

    PipelineDocument& m_document;
    RunSession& m_session;
    std::map<NodeId, NodeItem*> m_nodes;
    std::vector<WireItem*> m_wires;
    std::vector<NoteItem*> m_notes;
    std::optional<std::size_t> m_selectedNote;
    OverlayItem* m_overlay;
    double m_scale = 1;
    QRectF m_visible;
    Hit m_hover;
    CanvasFocus m_focus;
    const PortLooks* m_portLooks = nullptr;
    NodeId m_dropNode;
    std::optional<Wire> m_dropWire;
};

}  // namespace rw::ui
